"""What a formula is once it is read: terms, relations, dimensions. Frozen data, no work.

A term keeps what was written: nothing is evaluated, reordered or simplified while reading, so that a tree
prints back to the formula it came from. Every node carries the `span` of the LaTeX it was read from, in code
points from the beginning of the formula; spans take no part in equality.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

NOWHERE = (0, 0)
"""The span of a node that was made, not read."""

Place = tuple[int, int]


class ConstantName(StrEnum):
    """Names that are numbers unless the note declares them."""

    PI = "pi"
    E = "e"
    INFINITY = "oo"


class RelationKind(StrEnum):
    """How two sides are joined."""

    EQUAL = "="
    DEFINED = ":="
    IDENTICAL = "≡"
    APPROXIMATE = "≈"
    PROPORTIONAL = "∝"
    LESS = "<"
    LESS_EQUAL = "≤"
    GREATER = ">"
    GREATER_EQUAL = "≥"
    MUCH_LESS = "≪"
    MUCH_GREATER = "≫"
    UNEQUAL = "≠"


@dataclass(frozen=True, slots=True)
class Number:
    """A written number, exact. `step` is one unit of its last written digit (0.01 for 0.33, 1 for 12).

    `exact` is true where no rounding is meant: small integers in a formula (the 2 of `m v^2 / 2`).
    `error` is the half-width written after a plus-minus sign, if any.
    """

    value: Fraction
    step: Fraction = Fraction(0)
    exact: bool = True
    error: Fraction | None = None
    span: Place = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Constant:
    """One of the `ConstantName`s, as a term."""

    name: ConstantName
    span: Place = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A name, in its normal form (`V_df` for `V_{df}`, `V_df`, `V_{\\text{df}}`)."""

    name: str
    span: Place = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Sum:
    """`a + b - c`: the subtracted ones are `Negative`."""

    terms: tuple[Term, ...]
    span: Place = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Negative:
    """`-a`."""

    term: Term
    span: Place = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Product:
    """`a b c`, written with or without a sign."""

    factors: tuple[Term, ...]
    span: Place = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Quotient:
    r"""`\frac{a}{b}` or `a / b`."""

    numerator: Term
    denominator: Term
    span: Place = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Power:
    """`a^b`."""

    base: Term
    exponent: Term
    span: Place = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Root:
    r"""`\sqrt[n]{a}`; the index is 2 where none is written."""

    radicand: Term
    index: Term
    span: Place = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Absolute:
    """`|a|`."""

    term: Term
    span: Place = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Factorial:
    """`a!`."""

    term: Term
    span: Place = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Binomial:
    r"""`\binom{n}{k}`."""

    upper: Term
    lower: Term
    span: Place = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class PlusMinus:
    r"""`a \pm b` between terms (an error bar after a number belongs to the `Number`)."""

    left: Term | None
    right: Term
    sign: int = 1
    span: Place = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Apply:
    r"""A function of arguments: `sin`, `ln`, `exp`, `log` (base in `base`, `None` where none is written), or a
    declared or inferred function name; `primes` counts `f'(x)`. `indexed` marks `x_i` whose index is bound by a
    sum or product around it: `x` at `i`, written as a subscript."""

    function: str
    arguments: tuple[Term, ...]
    base: Term | None = None
    primes: int = 0
    indexed: bool = False
    span: Place = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Derivative:
    r"""`\frac{d^n a}{dx^n}`, `\dot a` (with the variable `t`), `\partial`."""

    term: Term
    variable: Symbol
    order: int = 1
    partial: bool = False
    span: Place = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Integral:
    r"""`\int_a^b f \, dx`; both bounds or none."""

    body: Term
    variable: Symbol
    lower: Term | None = None
    upper: Term | None = None
    span: Place = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Series:
    r"""`\sum_{i=a}^{b} f` (`product` false) or `\prod` (`product` true)."""

    body: Term
    index: Symbol
    lower: Term | None
    upper: Term | None
    product: bool = False
    span: Place = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Limit:
    r"""`\lim_{x \to p} f`; `direction` is `+`, `-` or empty."""

    body: Term
    variable: Symbol
    point: Term
    direction: str = ""
    span: Place = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Piecewise:
    r"""A `cases` environment that defines one value: pairs of value and condition (`None` is "otherwise")."""

    pieces: tuple[tuple[Term, Relation | None], ...]
    span: Place = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it was written and what it is worth: `value_SI = value * scale + offset` (offset for °C)."""

    text: str
    dimension: Dimension
    scale: Fraction = Fraction(1)
    offset: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Measured:
    """A number with a unit: `-70\\,\\mathrm{mV}`. The number may be a term (`3 \\times 10^8` is a Product)."""

    number: Term
    unit: Unit
    span: Place = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


Term = (
    Number
    | Constant
    | Symbol
    | Sum
    | Negative
    | Product
    | Quotient
    | Power
    | Root
    | Absolute
    | Factorial
    | Binomial
    | PlusMinus
    | Apply
    | Derivative
    | Integral
    | Series
    | Limit
    | Piecewise
    | Measured
)


@dataclass(frozen=True, slots=True)
class Relation:
    """Two sides and how they are joined."""

    kind: RelationKind
    left: Term
    right: Term
    span: Place = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Dimension:
    """Exponents of length, mass, time, current, temperature, amount and luminous intensity, exact."""

    exponents: tuple[Fraction, ...] = (Fraction(0),) * 7

    def __mul__(self, other: Dimension) -> Dimension:
        return Dimension(tuple(a + b for a, b in zip(self.exponents, other.exponents, strict=True)))

    def __truediv__(self, other: Dimension) -> Dimension:
        return Dimension(tuple(a - b for a, b in zip(self.exponents, other.exponents, strict=True)))

    def __pow__(self, power: Fraction | int) -> Dimension:
        return Dimension(tuple(a * power for a in self.exponents))


class Sign(StrEnum):
    """What is known of a quantity's sign."""

    POSITIVE = "positive"
    NONNEGATIVE = "nonnegative"
    SIGNED = "signed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A declared name: what the note says it means, measures and is worth.

    `name` is in normal form; `dimension` is `None` where nobody said; `assumed` is true where it was taken from
    the meaning ("membrane potential") and not from a unit; `value` is in SI, `value_step` one unit of the last
    digit the author wrote, also in SI.
    """

    name: str
    meaning: str = ""
    dimension: Dimension | None = None
    unit: Unit | None = None
    assumed: bool = False
    value: Fraction | None = None
    value_step: Fraction = Fraction(0)
    sign: Sign = Sign.UNKNOWN
    function_of: tuple[str, ...] = ()


Vocabulary = tuple[Quantity, ...]


class FormulaClass(StrEnum):
    """What a formula is, as a whole. Only relations can be judged; the rest is named and left in peace."""

    RELATION = "relation"
    CHAIN = "chain"
    SYSTEM = "system"
    LIST = "list"
    EXPRESSION = "expression"
    SYMBOL = "symbol"
    NUMBER = "number"
    SET = "set"
    LOGIC = "logic"
    CHEMISTRY = "chemistry"
    MATRIX = "matrix"
    VECTOR = "vector"
    TEXT = "text"
    EMPTY = "empty"
    UNREADABLE = "unreadable"


class Join(StrEnum):
    r"""How a relation is tied to the one before it: it begins with the side that one ended with (`a = b = c`), is said
    to follow (`\Rightarrow`), is the next row of a display, the next of a list, or one of several possibilities
    (`x = 2 \lor x = -2`)."""

    FIRST = "first"
    CHAIN = "chain"
    STEP = "step"
    ROW = "row"
    LIST = "list"
    OR = "or"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Where reading stopped and what would have been understood there."""

    span: Place
    expected: str


@dataclass(frozen=True, slots=True)
class Guess:
    """Something the reader had to assume, in words for the author: "read g ( … ) as a product"."""

    span: Place
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a formula.

    `relations` are the assertions in order (a chain `a = b = c` gives a=b and b=c; an aligned display gives one
    per step); `expression` is set where the formula has no relation; `conditions` are side conditions written
    after it ("for n > 0", `\\text{...}`); `guesses` are what was assumed; `problem` says where and why it stopped.
    `joins` runs along `relations`. `alternatives` are the other ways to read the same formula, where only the
    dimensions can tell; each says in its guesses what it assumed.
    """

    latex: str
    formula_class: FormulaClass
    relations: tuple[Relation, ...] = ()
    joins: tuple[Join, ...] = ()
    expression: Term | None = None
    conditions: tuple[str, ...] = ()
    guesses: tuple[Guess, ...] = ()
    problem: Unreadable | None = None
    alternatives: tuple[Reading, ...] = ()
