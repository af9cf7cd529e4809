r"""What a relation is in its note: a claim, a definition, a value, a step, part of a system, a root, a condition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from vaultcheck.formula.literals import rational
from vaultcheck.formula.model import (
    Apply,
    Constant,
    ConstantName,
    Derivative,
    FormulaClass,
    Join,
    Number,
    Power,
    Reading,
    Relation,
    RelationKind,
    Symbol,
    Term,
)
from vaultcheck.formula.walk import names, walk
from vaultcheck.formula.words import FUNCTIONS
from vaultcheck.proof.model import Role

ORDERED = frozenset(
    {
        RelationKind.LESS,
        RelationKind.LESS_EQUAL,
        RelationKind.GREATER,
        RelationKind.GREATER_EQUAL,
        RelationKind.MUCH_LESS,
        RelationKind.MUCH_GREATER,
        RelationKind.UNEQUAL,
    }
)
_INTRODUCED = re.compile(
    r"(?:^|[\s(,;:])(?:where(?:in|by|as)?|with|let|if|when(?:ever)?|while|for|given|provided|since|because|using|from|at"
    r"|setting|putting|substituting|once|whose|suppose|assume|assuming|supposing"
    r"|où|avec|soit|soient|si|quand|lorsque?|pour|car|puisque|à|dove|con|sia|siano|se|quando|per|poiché"
    r"|wobei|mit|sei|seien|wenn|falls|für|bei|da|weil|donde|sea|sean|cuando|para|porque|hvor|med|når|hvis|där|om|när)"
    r"(?:\s+[^\W\d]+){0,3}?[\s:(*_]*$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"[\s,;*_]*(?:and|or|&|et|ou|und|oder|e|o|y|og|och|also)?[\s,;*_]*(?:\w+\s+)?$", re.IGNORECASE)
_CONCLUDES = re.compile(
    r"\b(?:then|so|hence|thus|therefore|gives?|yields?|get|have|implies|follows?|becomes|alors|donc|dann|also|folgt|ergibt"
    r"|allora|quindi|entonces|luego)\b",
    re.IGNORECASE,
)
_VERB_SECOND = re.compile(r"\b(?:ist|sind|wird|werden|beträgt|gilt)\b", re.IGNORECASE)
"""*Mit $U = 2$ ist $P = 4$*: in German the verb that follows what is supposed begins what is said."""


@dataclass(frozen=True, slots=True)
class Met:
    """What the note has said before: `names` of earlier relations, `lefts` what they have on their left, alone."""

    names: frozenset[str] = frozenset()
    lefts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Setting:
    """What decides the role of a relation, beside its form: what was met before, the names that have a value, whether
    it is introduced by words such as *where* and *if*, and whether it is one of several equations of a list."""

    met: Met
    valued: frozenset[str] = frozenset()
    introduced: bool = False
    listed: bool = False


def introduced(before: str, follows_introduced: bool) -> bool:
    """Whether the words between the last formula of a sentence (or its beginning) and this one only introduce it:
    *where*, *if*, *with*; or go on with a list of what was introduced."""
    concludes = _CONCLUDES.search(before) or _VERB_SECOND.search(before)
    if follows_introduced and _GOES_ON.match(before) and concludes is None:
        return True
    found = _INTRODUCED.search(before)
    return found is not None and _CONCLUDES.search(found[0]) is None


def roles(reading: Reading, setting: Setting) -> tuple[Role, ...]:
    """The role of each relation of a formula, in order, before tags and links are looked at."""
    if _are_roots(reading):
        return (Role.ROOTS,) * len(reading.relations)
    joins = reading.joins or (Join.FIRST,) * len(reading.relations)
    rows = Join.ROW in joins
    found: list[Role] = []
    for at, (relation, join) in enumerate(zip(reading.relations, joins, strict=True)):
        after = joins[at + 1] if at + 1 < len(joins) else None
        if join is Join.STEP:
            found.append(_step(relation, reading.relations[at - 1]))
        elif join is Join.CHAIN:
            known = setting.met.names.union(*(free_names(other) for other in reading.relations[:at]))
            found.append(_chained(relation, setting, found[-1], known))
        elif (rows and join in {Join.FIRST, Join.ROW}) or setting.listed:
            found.append(Role.VALUE if _is_value(relation) else Role.SYSTEM)
        else:
            role = role_of(relation, setting)
            supposed = after is Join.STEP and role is Role.CLAIM and bool(free_names(relation))
            found.append(Role.CONDITION if supposed else role)
    return tuple(found)


def role_of(relation: Relation, setting: Setting) -> Role:
    """The role of a relation that stands by itself."""
    free = free_names(relation)
    if relation.kind is RelationKind.DEFINED:
        return Role.DEFINITION
    if relation.kind is RelationKind.UNEQUAL:
        return Role.CONDITION
    if not free:
        return Role.CLAIM if is_arithmetic(relation) else Role.CONDITION
    if _is_value(relation):
        return Role.VALUE
    if relation.kind in ORDERED or _is_closed(relation.left) or _is_closed(relation.right):
        return Role.CLAIM if free <= setting.valued and not setting.introduced else Role.CONDITION
    left = left_name(relation.left)
    if left is not None:
        return Role.DEFINITION if setting.introduced or _is_new(left, relation, setting.met) else Role.CLAIM
    if setting.introduced:
        return Role.CONDITION
    # A law such as `C dV/dt = I - V/R`: what brings new names follows from nothing before it. An identity may.
    return Role.DEFINITION if free - setting.met.names and _free(relation.left) != _free(relation.right) else Role.CLAIM


def left_name(term: Term) -> str | None:
    """What a side names when it is one name: a symbol or its power, a function of symbols, a derivative."""
    match term:
        case Symbol(name):
            return name
        case Apply(function, arguments) if all(isinstance(argument, Symbol) for argument in arguments):
            return f"{function}()"
        case Power(Symbol(name), Number()):
            return name
        case Derivative(Symbol(name) | Apply(name), _, order):
            return f"d{order} {name}"
    return None


def is_equation_to_solve(relation: Relation, valued: frozenset[str]) -> bool:
    """Whether it is an equation in one unknown, such as `x^2 = 4`, and no identity."""
    free = free_names(relation)
    alone = isinstance(relation.left, Symbol) or isinstance(relation.right, Symbol)
    one_sided = _is_closed(relation.left) or _is_closed(relation.right)
    return len(free) == 1 and not alone and one_sided and not free <= valued


def free_names(relation: Relation) -> set[str]:
    """The names of both sides, those of functions that are not everybody's among them."""
    return _free(relation.left) | _free(relation.right)


def _free(term: Term) -> set[str]:
    called = {part.function for part in walk(term) if isinstance(part, Apply) and part.function not in _FUNCTIONS}
    return names(term) | called


def is_arithmetic(relation: Relation) -> bool:
    """Whether there is nothing but numbers in it. `π ≤ 1` and `e = 0.3` speak of another π and another e."""
    return not free_names(relation) and not any(
        _is_other_constant(side, other, relation.kind)
        for side, other in ((relation.left, relation.right), (relation.right, relation.left))
    )


def _is_other_constant(side: Term, other: Term, kind: RelationKind) -> bool:
    worth = _WORTH.get(side.name) if isinstance(side, Constant) else None
    if worth is None:
        return False
    number = rational(other)
    return kind in ORDERED or (number is not None and abs(number - worth) > worth / 10)


_WORTH = {ConstantName.PI: Fraction("3.1416"), ConstantName.E: Fraction("2.7183")}
_FUNCTIONS = frozenset(FUNCTIONS.values())


def _is_new(left: str, relation: Relation, met: Met) -> bool:
    """Whether a name is defined here: never met, or never alone on a left side and joined to names never met."""
    if left.endswith("()"):
        return True
    bare = left.rsplit(" ", 1)[-1]
    if bare not in met.names and left not in met.lefts:
        return True
    return left not in met.lefts and bool(_free(relation.right) - met.names)


def _is_closed(term: Term) -> bool:
    """Whether a side is a number, perhaps computed, perhaps with a unit."""
    return not _free(term)


def _is_value(relation: Relation) -> bool:
    """`E_K = -90` mV, `5 = x`: a name, or a function at a point, and a number."""
    return any(
        _is_closed(other)
        and (
            isinstance(side, Symbol)
            or (isinstance(side, Apply) and side.function not in _FUNCTIONS and not names(side))
        )
        for side, other in ((relation.left, relation.right), (relation.right, relation.left))
    ) and relation.kind not in {*ORDERED, RelationKind.PROPORTIONAL}


def _are_roots(reading: Reading) -> bool:
    """Whether its relations are alternatives: joined by *or*, or a list that gives one name two values."""
    if Join.OR in reading.joins:
        return True
    lefts = [relation.left for relation in reading.relations]
    return reading.formula_class is FormulaClass.LIST and len(set(lefts)) < len(lefts)


def _step(relation: Relation, before: Relation) -> Role:
    """A line that is said to follow. From an equation in one unknown follow its roots."""
    free = free_names(before)
    if len(free) == 1 and free_names(relation) == free and _is_value(relation):
        return Role.ROOTS
    return Role.STEP


def _chained(relation: Relation, setting: Setting, before: Role, known: frozenset[str]) -> Role:
    """`= c` behind `a = b`: a step; but not the number that an expression comes to where its names have no value, the
    other half of `a < X < b`, and not what brings names that were never met or stand alone for the first time."""
    free = free_names(relation)
    if not free and not is_arithmetic(relation):
        return Role.CONDITION
    if relation.kind in ORDERED and before is Role.CONDITION:
        return Role.CONDITION
    if free and (_is_closed(relation.left) or _is_closed(relation.right)) and not free <= setting.valued:
        return Role.CONDITION
    left = left_name(relation.left)
    is_new = left is not None and left.removesuffix("()").rsplit(" ", 1)[-1] not in setting.met.names
    return Role.DEFINITION if free - known or is_new else Role.STEP
