"""The facts of a vault that need its formulas read: claims, formulas, symbols."""

from __future__ import annotations

from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.cli.fact import Fact, placed, source_of
from vaultcheck.formula.dimension_names import symbols_of
from vaultcheck.formula.latex import read
from vaultcheck.formula.model import Quantity, Reading
from vaultcheck.formula.write import to_text
from vaultcheck.formula.write_names import text_name
from vaultcheck.graph.model import Resolution
from vaultcheck.proof.claims import collect
from vaultcheck.proof.scoping import SymbolBook
from vaultcheck.proof.symbols import declared_in
from vaultcheck.source import NotePath


def claims(analysis: Analysis) -> Iterator[Fact]:
    """Everything that the notes state, judged or not, with what it is and how its premises are found."""
    for claim in collect(analysis):
        source = source_of(analysis, claim.path)
        said = _understood(claim.reading) or " ".join(source.slice(claim.block).split())
        words = [claim.role.value]
        words += [f"tagged {claim.status.value}"] if claim.status is not None else []
        words += [claim.unasserted.value] if claim.unasserted is not None else []
        yield placed(
            source,
            claim.location.span,
            f"{claim.id} ({', '.join(words)}): {said}",
            id=claim.id,
            role=claim.role.value,
            tagged=claim.status.value if claim.status is not None else None,
            unasserted=claim.unasserted.value if claim.unasserted is not None else None,
            judged=claim.judged,
            way=claim.way.value,
            premises=[premise.claim for premise in claim.premises if premise.claim],
            understood=said,
        )


def formulas(analysis: Analysis) -> Iterator[Fact]:
    """Every formula as it was understood with the names known where it stands, or where reading stopped."""
    paths = tuple(NotePath(path) for path in analysis.config.symbol_notes)
    resolutions: dict[NotePath, tuple[Resolution, ...]] = dict(analysis.resolutions)
    book = SymbolBook(analysis.notes, resolutions, analysis.vault.read, paths)
    for path, note in analysis.notes.items():
        source = source_of(analysis, path)
        for math in note.maths:
            if not math.latex.strip():
                continue
            reading = read(math.latex, book.at(path, math.span).vocabulary)
            said = _understood(reading) or reading.formula_class.value
            problem = reading.problem
            if problem is not None:
                said = f"not understood at {problem.span[0] + 1}: {problem.expected} was expected"
            yield placed(
                source,
                math.span,
                said,
                latex=math.latex,
                display=math.display,
                kind=reading.formula_class.value,
                understood=None if problem is not None else said,
                problem=None if problem is None else {"at": problem.span[0], "expected": problem.expected},
                guesses=[guess.text for guess in reading.guesses],
            )


def symbols(analysis: Analysis) -> Iterator[Fact]:
    """What the notes declare of their symbols, each declaration at its place."""
    for path, note in analysis.notes.items():
        source = source_of(analysis, path)
        for one in declared_in(note, source):
            quantity = one.quantity
            unit = _unit(quantity)
            value = _float(quantity)
            worth = "" if value is None else f"{value:g}"
            words = [f"{text_name(quantity.name)}:", quantity.meaning, f"[{unit}]" if unit else ""]
            words += [f"= {worth} in SI units" if worth else ""]
            yield placed(
                source,
                one.location.span,
                " ".join(word for word in words if word),
                name=quantity.name,
                meaning=quantity.meaning,
                unit=unit or None,
                value=value,
                how=one.how.value,
            )


def _understood(reading: Reading) -> str:
    if reading.relations:
        return "; ".join(map(to_text, reading.relations))
    return to_text(reading.expression) if reading.expression is not None else ""


def _unit(quantity: Quantity) -> str:
    if quantity.unit is not None and quantity.unit.text:
        return quantity.unit.text
    return symbols_of(quantity.dimension) if quantity.dimension is not None and not quantity.assumed else ""


def _float(quantity: Quantity) -> float | None:
    """What a symbol is worth in SI units, where that fits into a number that programs read."""
    try:
        return None if quantity.value is None else float(quantity.value)
    except OverflowError:
        return None
