"""Reads tables with a column of symbols and a column of meanings, units or values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from vaultcheck.formula.model import Unit
from vaultcheck.formula.units import PURE_NUMBER, is_sure, read_quantity, read_unit
from vaultcheck.proof.declared import How
from vaultcheck.proof.declaring_words import MEANING_HEADER, SYMBOL_HEADER, UNIT_HEADER, VALUE_HEADER, VARIABLE_HEADER
from vaultcheck.proof.meanings import Meaning, plain_words, read_meaning, with_value
from vaultcheck.proof.passages import FORMULA, Passage
from vaultcheck.proof.symbol_names import Named, Used, names_in, plain_name
from vaultcheck.proof.values import Value, is_torn, written_value
from vaultcheck.proof.where_clauses import Found


class _Column(Enum):
    SYMBOL = auto()
    MEANING = auto()
    UNIT = auto()
    VALUE = auto()


_HEADERS = (
    (_Column.UNIT, UNIT_HEADER),
    (_Column.SYMBOL, SYMBOL_HEADER),
    (_Column.VALUE, VALUE_HEADER),
    (_Column.MEANING, MEANING_HEADER),
)
_MOST = 0.7


def table_symbols(passage: Passage, used: Used) -> Iterator[tuple[Found, Passage]]:
    """The declarations of a table, each with the passage of the cell that holds its name."""
    header, *rows = passage.rows
    columns = _columns(header, rows)
    symbol = columns.get(_Column.SYMBOL)
    if symbol is None or len(columns) < 2 or not _trusted(columns, header, rows):
        return
    unit_for_all = _unit_of_header(header, columns)
    for row in rows:
        if symbol >= len(row):
            continue
        meaning = _meaning(row, columns, unit_for_all, used)
        if meaning is None:
            continue
        for named, at, end in _names(row[symbol], columns, used):
            yield Found(named, meaning, at, end, How.TABLE), row[symbol]


def _columns(header: Sequence[Passage], rows: Sequence[Sequence[Passage]]) -> dict[_Column, int]:
    """Which column is what: by its header, and where no header says symbol, by what stands in it."""
    columns: dict[_Column, int] = {}
    for index, cell in enumerate(header):
        title = re.sub(r"\s*[(\[].*$", "", plain_words(cell, cell.text)).strip()
        for column, pattern in _HEADERS:
            if pattern.fullmatch(title):
                columns.setdefault(column, index)
                break
    if _Column.SYMBOL in columns:
        return columns if _share_of_names(columns[_Column.SYMBOL], rows) >= 0.5 else {}
    named = [index for index in range(len(header)) if _share_of_names(index, rows) >= _MOST]
    if len(named) != 1 or len(rows) < 2:
        return {}
    index = named[0]
    columns = {column: at for column, at in columns.items() if at != index}
    columns[_Column.SYMBOL] = index
    if _Column.MEANING not in columns:
        texts = [at for at in range(len(header)) if at != index and at not in columns.values() and _is_text(at, rows)]
        if texts:
            columns[_Column.MEANING] = texts[0]
    return columns


def _trusted(columns: dict[_Column, int], header: Sequence[Passage], rows: Sequence[Sequence[Passage]]) -> bool:
    """Whether the table is one of symbols: its header says so, or a column holds nothing but units or values."""
    title = plain_words(header[columns[_Column.SYMBOL]], header[columns[_Column.SYMBOL]].text)
    if SYMBOL_HEADER.match(title) or VARIABLE_HEADER.fullmatch(title):
        return True
    for column in (_Column.UNIT, _Column.VALUE):
        if column in columns:
            cells = [row[columns[column]] for row in rows if columns[column] < len(row)]
            good = [cell for cell in cells if _cell_unit(cell) or _cell_value(cell)]
            if cells and len(good) / len(cells) >= _MOST:
                return True
    return False


def _share_of_names(index: int, rows: Sequence[Sequence[Passage]]) -> float:
    cells = [row[index] for row in rows if index < len(row) and row[index].text.strip()]
    good = [
        cell for cell in cells if re.fullmatch(rf"[\s*_]*{FORMULA}.*", cell.text, re.DOTALL) and _formula_names(cell)
    ]
    good += [cell for cell in cells if plain_name(cell.text.strip("*_` ")) is not None]
    return len(good) / len(cells) if cells else 0.0


def _formula_names(cell: Passage) -> list[tuple[Named, int]]:
    """The names in a cell: formulas with nothing but commas, `or` and words of the meaning behind them."""
    found: list[tuple[Named, int]] = []
    for formula in re.finditer(FORMULA, cell.text):
        between = cell.text[found[-1][1] + 1 : formula.start()] if found else cell.text[: formula.start()]
        if not re.fullmatch(r"[\s*_]*(?:(?:,|/|or|and|ou|et|oder|und|o|eller|og)\s*[*_]*)?", between):
            return []
        names = names_in(cell.math(formula[0]).latex)
        if not names:
            return []
        found += [(named, formula.start()) for named in names]
    return found


def _names(cell: Passage, columns: dict[_Column, int], used: Used) -> list[tuple[Named, int, int]]:
    text = cell.text
    formulas = _formula_names(cell)
    if formulas:
        tail = text[formulas[-1][1] + 1 :].strip(" *_")
        return [] if tail else [(named, at, at + 1) for named, at in formulas]
    bare = text.strip("*_` ")
    named = plain_name(bare)
    if named is None or not (_Column.UNIT in columns or _Column.VALUE in columns):
        return []
    base = re.split("_", bare)[0]
    if not (base in used.letters if len(base) == 1 else base.casefold() in used.runs):
        return []
    at = text.find(bare)
    return [(named, at, at + len(bare))]


def _is_text(index: int, rows: Sequence[Sequence[Passage]]) -> bool:
    cells = [row[index].text for row in rows if index < len(row)]
    good = [text for text in cells if re.search(r"[^\W\d_]{3}", text) and not re.match(rf"\s*{FORMULA}", text)]
    return bool(cells) and len(good) / len(cells) >= _MOST


def _meaning(
    row: Sequence[Passage], columns: dict[_Column, int], unit_for_all: Unit | None, used: Used
) -> Meaning | None:
    """What the other cells of a row say; `None` where they say nothing."""
    meaning = Meaning()
    at = columns.get(_Column.MEANING)
    if at is not None and at < len(row):
        meaning = read_meaning(row[at], row[at].text.replace("\n", " "), used)
    unit = columns.get(_Column.UNIT)
    if unit is not None and unit < len(row):
        meaning = meaning._replace(unit=_cell_unit(row[unit]))
    value = columns.get(_Column.VALUE)
    if value is not None and value < len(row):
        meaning = with_value(meaning, _cell_value(row[value], meaning.unit or unit_for_all))
    if meaning.unit is None and unit is None and unit_for_all is not None:
        meaning = meaning._replace(unit=unit_for_all)
    return meaning if meaning.text or meaning.unit is not None else None


def _unit_of_header(header: Sequence[Passage], columns: dict[_Column, int]) -> Unit | None:
    """`Value (mV)` in the header: the unit of the whole column."""
    at = columns.get(_Column.VALUE)
    if at is None:
        return None
    found = re.search(r"[(\[]\s*(?:in\s+)?([^()\[\]]+)[)\]]", header[at].written(header[at].text))
    unit = read_unit(found[1]) if found else None
    return unit if unit is not None and is_sure(unit) else None


def _cell_unit(cell: Passage) -> Unit | None:
    text = cell.written(cell.text).strip(" *_`")
    unit = read_unit(text) if text else None
    if unit is None and text.count("$") == 2 and text.startswith("$"):
        unit = read_unit(text.strip("$"))
    return unit


def _cell_value(cell: Passage, unit: Unit | None = None) -> Value | None:
    """The quantity in a cell; a bare number is measured in the unit of its row or column."""
    text = cell.written(cell.text).strip(" *_`")
    if not re.match(r"[$\\\s~≈]*(?:\\approx|\\sim)?\s*[-+−–]?\s*\d", text):
        return None
    found = written_value(text) or read_quantity(text)
    if found is None or is_torn(text.lstrip("$-0123456789., ~")) or not is_sure(found[2]):
        return None
    if found[2] == PURE_NUMBER and unit is not None and not unit.offset:
        return found[0] * unit.scale, found[1] * unit.scale, unit
    return found if found[2] != PURE_NUMBER else None
