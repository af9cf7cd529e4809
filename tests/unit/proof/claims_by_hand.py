"""Claims made by hand, for tests of what becomes of them."""

from __future__ import annotations

from typing import Any

from vaultcheck.formula.latex import read
from vaultcheck.formula.verdict import Obligation, Status, Verdict, Why, undecided
from vaultcheck.note.model import Link
from vaultcheck.proof.model import Claim, Premise, Role, Way
from vaultcheck.source import Location, NotePath, Span

NOTE = NotePath("Note.md")


def claim(name: str, latex: str = "a = b", *on: Claim | Premise, **more: Any) -> Claim:
    """A claim of `Note.md` that rests on other claims, which its author named unless `way` says otherwise."""
    premises = tuple(one if isinstance(one, Premise) else premise(one) for one in on)
    place = Location(more.get("path", NOTE), more.pop("span", Span(0, 5)))
    plain: dict[str, Any] = {"path": NOTE, "role": Role.CLAIM, "way": Way.FROM if premises else Way.NONE}
    return Claim(
        id=name,
        location=place,
        block=place.span,
        math=None,
        reading=read(latex),
        premises=premises,
        **{**plain, **more},
    )


def definition(name: str, latex: str = "a = b", **more: Any) -> Claim:
    """A relation that is assumed."""
    return claim(name, latex, role=Role.DEFINITION, **more)


def text(name: str, *links: Link, **more: Any) -> Claim:
    """A claim in words."""
    return claim(name, "", role=Role.TEXT, evidence=tuple(links), **more)


def premise(of: Claim, link: Link | None = None) -> Premise:
    """What another claim states, as a premise."""
    return Premise(of.location, of.reading, of.id, link)


def stated(latex: str) -> Premise:
    """An equation of `with::` or `given::`."""
    return Premise(Location(NOTE, Span(0, 1)), read(latex), "", stated=True)


def proved(*used: int) -> Verdict:
    """A proof that uses these premises."""
    return Verdict(Status.PROVED, used=used)


class Oracle:
    """A prover that knows the answers by the LaTeX of the goal, and counts what it was asked."""

    def __init__(self, answers: dict[str, Verdict]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def __call__(self, obligation: Obligation) -> Verdict:
        self.asked.append(obligation.goal.latex)
        return self.answers.get(obligation.goal.latex, undecided(Why.OPEN, "not in this test"))
