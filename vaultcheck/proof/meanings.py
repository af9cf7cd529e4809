"""What a declaration says behind the name: the meaning in words, the unit, a value. Wrong is worse than nothing here:
what may be read in two ways is not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from typing import NamedTuple

from vaultcheck.formula.lexicon import assumed_dimension
from vaultcheck.formula.model import Dimension, Quantity, Unit
from vaultcheck.formula.units import PURE_NUMBER, is_sure, read_quantity, read_unit
from vaultcheck.proof.passages import CODE, DISPLAY, FORMULA, LINK_CLOSE, LINK_OPEN, Passage
from vaultcheck.proof.symbol_names import Named, Used
from vaultcheck.proof.values import is_torn

MAX_MEANING = 160
_IN = (
    r"(?:(?:is |are |er |ist |sind |est |sont |sono |è |es |son )?(?:usually |typically |normally )?"
    r"(?:measured|expressed|given|gemessen|angegeben|ausgedrückt|mesurée?s?|exprimée?s?|donnée?s?|misurat[aoie]"
    r"|espress[aoie]|medid[ao]s?|expresad[ao]s?|dad[ao]s?|målt|måles|målet|mäts|mätt|angivet|angives|opgivet"
    r"|oppgitt|uttryckt|in its)\s+)?"
)
_UNIT_WORDS = r"(?:(?:the |SI )?units?(?: of)?|der Einheit|unités?|unità|unidad(?:es)?|enheden|enheten)"
_IN_UNIT = re.compile(
    rf"(?<!\w)(?:{_IN}(?:in|en|i)\s+(?:{_UNIT_WORDS}\s+)?"
    r"|(?:and |which )?(?:has|have|with) (?:the )?(?:SI )?units?(?: of|:)?\s+)(?=\S)"
)
_UNIT_LABEL = re.compile(
    r"^(?:measured in|expressed in|given in|(?:SI[- ])?units?(?: of| is|:)?|in|en|i|Einheit:?|unité\s?:?|unità:?"
    r"|unidad:?|enhed:?|enhet:?|gemessen in|yksikkö:?)\s+",
    re.IGNORECASE,
)
_GROUP = re.compile(r"(?<!\w)[\[(](?P<inner>[^\[\]()]*(?:\([^()]*\)[^\[\]()]*)*)[\])]|(?P<formula>" + FORMULA + ")")
_STOP = re.compile(r"[,;:)\]]|[.!](?:\s|$)|\s(?:and|et|und|e|y|og|och|at|where|for|with|\(|–|—|-)\s|\s[(\[]|\n")
_FORMULA_BEHIND = re.compile(rf"(?<=\w)\s+{FORMULA}")
_PURE = re.compile(
    r"(?<!\w)(?:(?:a |is )?pure numbers?|dimensionless|unitless|has no units?|no units?|without units?|sans dimension"
    r"|sans unité|nombres? purs?|dimensionslos|einheitenlos|ohne Einheit|adimensional[ei]?|adimensionnel(?:le)?s?"
    r"|senza unità|sin unidad(?:es)?|dimensionsløs|enhedsløs|enhetsløs|dimensionslös|dimensioton)(?!\w)",
    re.IGNORECASE,
)
_VALUE = re.compile(r"(?:=|≈|~|,|\bis about\b)\s*(?P<text>(?:[^=≈~,]|(?<=\d),(?=\d))+)$")
_AMBIGUOUS = frozenset({"min", "bar", "rev", "pt", "mas", "in", "Da", "gal", "psi", "au", "As", "mi"})
"""Units that are words or short names as well: they count only where the meaning asks for them."""
_LONE_UNITS = frozenset({"m", "s", "A", "K", "V", "N", "J", "W", "C", "L", "F", "H", "S"})
"""Units of one letter that are believed without the help of the meaning, when no formula uses the letter."""
_COUNT = re.compile(r"number|count|constant|coefficient|nombre|anzahl|zahl|numero|número|antal|konstant", re.IGNORECASE)
_MARKS_OF_NONE = ("1", "-", "–", "—", "/")
_MAX_UNIT = 60
_MAX_TEXT = 600
_MAX_PLACES = 12
"""Bounds on how much of a text is searched for a unit, and in how many places."""
_NUMERIC = re.compile(
    r"[$\\\s~≈(]*(?:approx|sim)?(?:about|around|approx\.?|ca\.?|circa|environ|etwa)?\s*[-+−–]?\s*\d", re.IGNORECASE
)
_MARKUP = re.compile(r"\*\*|__|(?<![A-Za-z0-9])[*_](?=\S)|(?<=\S)[*_](?![A-Za-z0-9])|==|\[([^\[\]]*)\]\([^()]*\)")
_LEADING_ARTICLE = re.compile(
    r"^(?:the|an?|its|their|our|la|le|les|des|son|sa|ses|leurs?|die|der|das|il|lo|gli|el|los|las|sus?|une?|ein|eine|den"
    r"|det)\s+|^l['’]",
    re.IGNORECASE,
)
_BARE_UNIT = re.compile(r"[pnuµμmkMGT]?(?:V|A|S|Ω|Pa|Hz|F|N|J|W|M|m|s|g|K|C|T|H|L|mol|bar|eV|Wb|cd|lm|lx|rad)(?![a-z])")


class Meaning(NamedTuple):
    """What stands behind a name: words, unit (`None` where none is written), value and one unit of its last digit
    in SI."""

    text: str = ""
    unit: Unit | None = None
    value: Fraction | None = None
    step: Fraction = Fraction(0)

    def quantity(self, named: Named) -> Quantity:
        """The quantity of that name with this meaning."""
        return Quantity(
            named.name,
            self.text,
            dimension=self.unit.dimension if self.unit is not None else None,
            unit=self.unit,
            value=self.value,
            value_step=self.step,
            function_of=named.function_of,
        )


def read_meaning(passage: Passage, text: str, used: Used) -> Meaning:
    """The meaning, the unit and the value that a piece of a passage's text gives to the name before it."""
    text = text[:_MAX_TEXT]
    whole = _value(passage.written(_cut(text)))
    if whole is not None:
        return with_value(Meaning(), whole)
    words_end, unit, value = len(text), None, None
    for at, candidate in _unit_places(passage, text):
        words = plain_words(passage, text[:at])
        found_value = _value(candidate.text) if candidate.bracket else None
        if found_value is not None:
            words_end, value = min(words_end, at), value or found_value
            continue
        found = _fitting(candidate, words, used)
        if found is not None:
            words_end, unit = min(words_end, at), found
            break
    tail = _VALUE.search(text[:words_end] if value is None else "")
    if tail is not None:
        value = _value(passage.written(_cut(tail["text"])))
        words_end = tail.start() if value is not None else words_end
    meaning = Meaning(plain_words(passage, text[:words_end]), unit)
    return with_value(meaning, value)


def with_value(meaning: Meaning, value: tuple[Fraction, Fraction, Unit] | None) -> Meaning:
    """The meaning with a written value, whose unit counts where no other is declared; one that contradicts the
    declared unit is left out."""
    if value is None:
        return meaning
    number, step, unit = value
    if unit == PURE_NUMBER:
        pure = meaning.unit is not None and meaning.unit.dimension == Dimension() and meaning.unit.scale == 1
        return meaning._replace(value=number, step=step) if pure else meaning
    if meaning.unit is not None and meaning.unit.dimension != unit.dimension:
        return meaning
    return meaning._replace(unit=meaning.unit or unit, value=number, step=step)


class _Candidate(NamedTuple):
    """A piece of text that may be a unit; `square` in square brackets, `bracket` in any, `said` behind words that
    announce one."""

    text: str
    square: bool = False
    bracket: bool = False
    said: bool = False


def _unit_places(passage: Passage, text: str) -> Iterator[tuple[int, _Candidate]]:
    """Where a unit may stand, the surest places first, with what is written there."""
    groups = list(islice(_GROUP.finditer(text), _MAX_PLACES))
    for group in groups:
        yield from _in_group(passage, text, group)
    for said in islice(_IN_UNIT.finditer(text), _MAX_PLACES):
        if not any(group.start() < said.start() < group.end() for group in groups):
            labelled = len(said[0].split()) > 1 or said[0].strip() in ("en", "i")
            yield from ((said.start(), one) for one in _said_units(passage, text[said.end() :], labelled))
    comma = max(text.rfind(","), text.rfind(";"))
    if comma >= 0:
        yield comma, _Candidate(passage.written(text[comma + 1 :]).strip(" .;*_"), said=True)
    pure = _PURE.search(text)
    if pure is not None:
        yield pure.start(), _Candidate("1", square=True, bracket=True, said=True)


def _in_group(passage: Passage, text: str, group: re.Match[str]) -> Iterator[tuple[int, _Candidate]]:
    if group["formula"] is not None:
        latex = passage.math(group["formula"]).latex.strip()
        bare = re.sub(r"^\\(?:quad|qquad|,|;|:|!| )\s*", "", latex)
        if re.match(r"(?:\\(?:left|text|mathrm|textrm|,)\s*\{?\s*)*\[", bare) and bare.rstrip("} ").endswith("]"):
            yield group.start(), _Candidate(bare, square=True, bracket=True)
        elif bare.startswith(r"\text{(") or (bare.startswith("(") and bare.endswith(")")):
            yield group.start(), _Candidate(bare, bracket=True)
        return
    if text[: group.start()].endswith("/"):  # `J/(mol K)`: a part of the unit before it
        return
    square = group[0].startswith("[")
    behind = text[group.end() :].lstrip(" *_")
    if (
        not square
        and behind
        and behind[0] not in ",.;:([–—-\n"
        and not behind.startswith(("and ", "et ", "og ", "und "))
    ):
        return
    inner = passage.written(group["inner"]).strip()
    labelled = _UNIT_LABEL.match(inner)
    body = inner[labelled.end() :] if labelled else inner
    yield group.start(), _Candidate(body, square, True, labelled is not None)
    if "," in body:
        yield group.start(), _Candidate(body.partition(",")[0], square, True, labelled is not None)


def _said_units(passage: Passage, rest: str, labelled: bool) -> Iterator[_Candidate]:
    """The units that may be meant by "in …": all up to the next stop, then fewer words."""
    stop = _STOP.search(rest)
    stop = _FORMULA_BEHIND.search(rest, 0, stop.start() if stop else len(rest)) or stop
    end = stop.start() if stop else len(rest)
    if rest[:end].count("(") > rest[:end].count(")") and rest[end : end + 1] == ")":
        end += 1
    phrase = passage.written(rest[:end]).strip(" .*_")
    if re.match(r"(?:a|an|the|one|each|every|this|that|der|die|das|une?|la|le|en|et|un|una)\s", phrase):
        return
    yield _Candidate(phrase, bracket=False, said=labelled)
    words = phrase.split()
    for count in range(min(len(words) - 1, 3), 0, -1):
        part = " ".join(words[:count])
        if len(part) > 1 and _BARE_UNIT.match(part.strip("$")):
            yield _Candidate(part, said=labelled)


def _fitting(candidate: _Candidate, words: str, used: Used) -> Unit | None:
    """The unit, unless it may as well be a letter, a word or a short name."""
    text = candidate.text.strip().strip("*_")
    if not text or len(text) > _MAX_UNIT:
        return None
    unit = _unit(text)
    if unit is None:
        return None
    suggested = assumed_dimension(words)
    if text in _MARKS_OF_NONE:
        return unit if candidate.square and suggested in (None, Dimension()) else None
    if unit.dimension == Dimension() and "/" in text:
        return _one_of_two(text, suggested, unit)
    bare = re.sub(r"\\[A-Za-z]+|[^A-Za-zµμΩ°%/^0-9²³⁻¹·]", "", text)
    plain = len(re.sub(r"\d", "", bare)) <= 1 and bare not in ("Ω", "°", "%")
    if not plain and bare not in _AMBIGUOUS and not is_torn(text):
        return unit
    if suggested is not None:
        return unit if suggested == unit.dimension else None
    if is_torn(text) or bare in _AMBIGUOUS:
        return None
    if candidate.square and bare not in ("L", "M", "T"):
        return unit
    if bare in used.letters or bare not in _LONE_UNITS or _COUNT.search(words):
        return None
    if not candidate.bracket:
        return unit if candidate.said or not words else None
    return unit if candidate.said or bare.casefold() not in {word[0].casefold() for word in words.split()} else None


def _unit(text: str) -> Unit | None:
    unit = read_unit(text)
    if unit is None and "$" in text:
        unit = read_unit(re.sub(r"\$([^$]*)\$", r"\1", text))
    return unit


def _one_of_two(text: str, suggested: Dimension | None, ratio: Unit) -> Unit | None:
    """`kPa / bar`: the first of two units where the words say what is measured; `mV/V` is a ratio."""
    left, _, right = text.strip("$ ").partition("/")
    first, second = _unit(left), _unit(right)
    if first is None or second is None or first.dimension != second.dimension:
        return ratio
    if first.dimension == suggested:
        return first
    return ratio if first.text[-1] == second.text[-1] else None


def _value(text: str) -> tuple[Fraction, Fraction, Unit] | None:
    """A number with a unit."""
    text = text.strip(" .;,*_")
    if not _NUMERIC.match(text):
        return None
    found = read_quantity(text) or read_quantity(text.replace("$", ""))
    return found if found is not None and found[2] != PURE_NUMBER and is_sure(found[2]) else None


def _cut(text: str) -> str:
    stop = re.search(r";|,\s|(?<!\bca)(?<!approx)[.](?:\s|$)|\s[(\[]", text)
    return text[: stop.start()] if stop else text


def plain_words(passage: Passage, text: str) -> str:
    """The words of a meaning: without markup, formulas written out, without punctuation at its ends."""
    text = re.split(r"[;\n]|[.!?](?:\s|$)", text, maxsplit=1)[0] if len(text) > MAX_MEANING else text
    text = _MARKUP.sub(lambda found: found[1] or "", text)
    text = " ".join(passage.written(text).split())
    text = re.sub(r"\s*(?:#\S+)+$", "", text)
    text = _LEADING_ARTICLE.sub("", text)
    text = text.strip(" ,;:.–—-=([*_|")
    text = re.sub(r"\s*,?\s*(?:and|og|und|et)\s+\$[^$]*=[^$]*\$$", "", text)
    for opening, closing in ("()", "[]"):
        text = text.rstrip(closing) if text.count(closing) > text.count(opening) else text
    opened = text.rfind("(")
    text = text[:opened].rstrip(" ,") if opened > text.rfind(")") else text
    return text[:MAX_MEANING].strip()


def suggests(words: str) -> bool:
    """Whether the lexicon knows what the words measure."""
    return assumed_dimension(words) is not None


def named_by_link(text: str) -> str:
    """The words of the link that the text is, up to its end, to `of …` or to a bracket; empty when it is none."""
    found = re.match(
        rf"\s*[*_]*{LINK_OPEN}([^{LINK_CLOSE}]*){LINK_CLOSE}[*_]*\s*(?:$|[.,;(\[{CODE}]|of\s|{FORMULA}\s*[.,;]?$)", text
    )
    return found[1] if found else ""


def is_empty(text: str) -> bool:
    """Whether nothing but punctuation and stand-ins is left of the text."""
    return not re.sub(rf"[\s\W_{DISPLAY}{CODE}]", "", text)
