"""Polynomials with exact fractions, over names and over opaque atoms such as `ln(x)`.

Pure Python, no third-party package: what the kernel decides with. Exponents are integers, or fractions where
the atom is positive (`x^(1/2)`), and may be negative (`1/x`); a monomial is a sorted tuple of (atom, exponent).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import gcd, lcm

MAX_TERMS = 4000
"""A product with more terms is refused: the caller gives up, it does not hang."""

Exponent = int | Fraction


class TooLargeError(ArithmeticError):
    """An exact computation outgrew its cap."""


class Atom:
    """A name, or something opaque that behaves like one: `kind` and the parts it is made of.

    Two atoms are the same when their keys are; `parts` hold the arguments (polynomials or strings).
    """

    __slots__ = ("_hash", "key", "kind", "parts")

    def __init__(self, kind: str, *parts: Poly | str) -> None:
        self.kind = kind
        self.parts = parts
        self.key = f"{kind}({', '.join(str(part) for part in parts)})"
        self._hash = hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Atom) and self.key == other.key

    def __hash__(self) -> int:
        return self._hash

    def __lt__(self, other: Atom) -> bool:
        return self.key < other.key

    def __repr__(self) -> str:
        return self.key

    def atoms(self) -> Iterator[Atom]:
        """This atom and every atom inside it."""
        yield self
        for part in self.parts:
            if isinstance(part, Poly):
                for atom in part.atoms():
                    yield from atom.atoms()


def named(name: str) -> Atom:
    """The atom of a plain name."""
    return Atom("name", name)


Monomial = tuple[tuple[Atom, Exponent], ...]


def _slim(value: Exponent) -> Exponent:
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value


def times(left: Monomial, right: Monomial) -> Monomial:
    """The product of two monomials."""
    if not left:
        return right
    if not right:
        return left
    powers = dict(left)
    for atom, exponent in right:
        total = _slim(powers.get(atom, 0) + exponent)
        if total:
            powers[atom] = total
        else:
            del powers[atom]
    return tuple(sorted(powers.items(), key=lambda pair: pair[0].key))


def raised(monomial: Monomial, exponent: Exponent) -> Monomial:
    """A monomial to a power."""
    return tuple((atom, _slim(power * exponent)) for atom, power in monomial) if exponent else ()


class Poly:
    """A sum of monomials with fractions before them. Immutable by convention; equal when its terms are."""

    __slots__ = ("_text", "terms")

    def __init__(self, terms: Mapping[Monomial, Fraction]) -> None:
        self.terms = {monomial: value for monomial, value in terms.items() if value}
        self._text = ""

    @staticmethod
    def number(value: Fraction | int) -> Poly:
        """A constant."""
        return Poly({(): Fraction(value)})

    @staticmethod
    def atom(atom: Atom, exponent: Exponent = 1) -> Poly:
        """One atom to a power."""
        return Poly({((atom, exponent),): Fraction(1)})

    def __add__(self, other: Poly) -> Poly:
        terms = dict(self.terms)
        for monomial, value in other.terms.items():
            terms[monomial] = terms.get(monomial, Fraction(0)) + value
        return Poly(terms)

    def __neg__(self) -> Poly:
        return Poly({monomial: -value for monomial, value in self.terms.items()})

    def __sub__(self, other: Poly) -> Poly:
        return self + -other

    def __mul__(self, other: Poly) -> Poly:
        if len(self.terms) * len(other.terms) > MAX_TERMS * 25:
            raise TooLargeError("a product of polynomials has too many terms")
        terms: dict[Monomial, Fraction] = {}
        for left, a in self.terms.items():
            for right, b in other.terms.items():
                monomial = times(left, right)
                terms[monomial] = terms.get(monomial, Fraction(0)) + a * b
        if len(terms) > MAX_TERMS:
            raise TooLargeError("a polynomial has too many terms")
        return Poly(terms)

    def __pow__(self, power: int) -> Poly:
        if power > 64:
            raise TooLargeError("a power is too large to expand")
        result = Poly.number(1)
        for _ in range(power):
            result = result * self
        return result

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Poly) and self.terms == other.terms

    def __hash__(self) -> int:
        return hash(frozenset(self.terms.items()))

    def __bool__(self) -> bool:
        return bool(self.terms)

    def __str__(self) -> str:
        if not self._text:
            rows = sorted((str(monomial), str(value)) for monomial, value in self.terms.items())
            self._text = " + ".join(f"{value}*{monomial}" for monomial, value in rows) or "0"
        return self._text

    __repr__ = __str__

    def atoms(self) -> set[Atom]:
        """The atoms its monomials are made of (not those inside them)."""
        return {atom for monomial in self.terms for atom, _ in monomial}

    def mentions(self, atom: Atom) -> bool:
        """Whether the atom occurs anywhere, also inside other atoms."""
        return any(inner == atom for outer in self.atoms() for inner in outer.atoms())

    def constant(self) -> Fraction | None:
        """Its value if it is a number."""
        if not self.terms:
            return Fraction(0)
        return self.terms.get(()) if len(self.terms) == 1 else None

    def single(self) -> tuple[Fraction, Monomial] | None:
        """Its one coefficient and monomial, if it has exactly one."""
        if len(self.terms) != 1:
            return None
        ((monomial, value),) = self.terms.items()
        return value, monomial

    def by_power(self, atom: Atom) -> dict[Exponent, Poly]:
        """The coefficients of the powers of an atom."""
        parts: dict[Exponent, dict[Monomial, Fraction]] = {}
        for monomial, value in self.terms.items():
            exponent = dict(monomial).get(atom, 0)
            rest = tuple(pair for pair in monomial if pair[0] != atom)
            parts.setdefault(exponent, {})[rest] = value
        return {exponent: Poly(terms) for exponent, terms in parts.items()}

    def content(self) -> tuple[Fraction, Monomial]:
        """What divides every term: the rational content (with the sign of the first term) and the monomial."""
        if not self.terms:
            return Fraction(1), ()
        top = gcd(*(value.numerator for value in self.terms.values()))
        bottom = lcm(*(value.denominator for value in self.terms.values()))
        common: dict[Atom, Exponent] = {}
        for atom in self.atoms():
            lowest = min((dict(monomial).get(atom, 0) for monomial in self.terms), default=0)
            if lowest:
                common[atom] = lowest
        leading = self.terms[max(self.terms, key=str)]
        return Fraction(top if leading > 0 else -top, bottom), tuple(sorted(common.items(), key=lambda p: p[0].key))

    def over(self, value: Fraction, monomial: Monomial) -> Poly:
        """Divided by one term."""
        inverse = raised(monomial, -1)
        return Poly({times(own, inverse): coefficient / value for own, coefficient in self.terms.items()})


ZERO = Poly({})
ONE = Poly.number(1)


def total(polys: Iterable[Poly]) -> Poly:
    """The sum of polynomials."""
    terms: dict[Monomial, Fraction] = {}
    for poly in polys:
        for monomial, value in poly.terms.items():
            terms[monomial] = terms.get(monomial, Fraction(0)) + value
    return Poly(terms)
