"""Reads lines that declare: `- $g$: conductance [nS]`, `**PSC** = current (pA)`, `**membrane potential (Vm)**, in mV`,
`- mass $m$ [kg]`, `$E_{Na} = +60\\,\\mathrm{mV}$`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultcheck.proof.declared import How
from vaultcheck.proof.declaring_words import FINITE_VERB, SUPPOSED
from vaultcheck.proof.meanings import Meaning, plain_words, read_meaning, suggests, with_value
from vaultcheck.proof.passages import FORMULA, LINK_OPEN, Passage
from vaultcheck.proof.symbol_names import Used, assigned_in, name_in, plain_name
from vaultcheck.proof.values import written_value
from vaultcheck.proof.where_clauses import Found, clauses, line_items, sentences

_BEGINS = re.compile(rf"\s*(?=[*_]*{FORMULA})")
_BOLD_NAME = re.compile(
    r"\s*(?:\*\*|__)(?P<name>[^*\s:=]{1,20})(?P<inner>\s*[:=])?(?:\*\*|__)(?P<sep>\s*(?:[:=](?!:)|\s[-–—]\s))?\s*(?P<body>.*)",
    re.DOTALL,
)
_PLAIN_NAME = re.compile(r"\s*(?P<name>[^\s*:=\[\](){}$]{1,12})(?:\s*:(?!:)|\s*=|\s[-–—])\s+(?P<body>.*)", re.DOTALL)
_SHORT_NAME = re.compile(
    rf"(?:\*\*|__)(?P<words>[^*()\n]{{3,60}}?)\s*\((?P<name>[^()\s*]{{1,20}}|{FORMULA})\)(?:\*\*|__)"
    rf"|(?:\*\*|__)(?P<words2>[^*()\n]{{3,60}}?)(?:\*\*|__)\s*\((?P<name2>[^()\s*]{{1,20}}|{FORMULA})\)"
)
_REVERSE = re.compile(
    rf"\s*[*_]*(?P<words>[^{FORMULA[1:-1]}\n:=(]{{2,60}}?)(?P<sep>[*_]*\s*[:=][*_]*|[*_]*\s+\(?|\s[-–—])\s*(?P<name>{FORMULA})\)?[*_]*(?P<body>.*)",
    re.DOTALL,
)
_BRACKET_BEHIND = re.compile(rf"(?P<name>{FORMULA})[*_]*\s*(?P<group>\([^()\n]{{1,30}}\)|\[[^\[\]\n]{{1,30}}\])(?!\()")
_WORDS_BEFORE = re.compile(r"((?:[^\W\d_][\w'’-]*\s+){1,4})[*_]*$")
_TAG = re.compile(r"(?<!\S)#[^\s#]+")
_PREMISE = re.compile(r"(?:^|[\s\[(])(?:from|with|given)::")
_TAIL = re.compile(r"\s*,?\s*(?=(?:in|en|i)\s|\(|\[)|\s*,\s*|\s+(?:is|are|ist|est|è|es|er|är)\s")
_ELEMENT = re.compile(r"[A-Z][a-z]?\d?")
_MAX_WORDS = 8
_MAX_LEAD = 4
_MAX_SENTENCE = 4000
_MAX_FORMULAS = 80
_PREPOSITION = re.compile(
    r"(?<!\w)(?:of|over|in|for|on|at|by|with|to|from|per|between|through|across|de|du|pour|sur|von|für|über|auf|di|del|av|af"
    r"|på|til|till)(?!\w)",
    re.IGNORECASE,
)
_UNEQUAL = re.compile(r"[<>≤≥≠]|\\n?eq|\\[lg]eq?(?![a-z])|\\ne(?![a-z])")
_CASE = re.compile(
    r"(?<!\w)(?:at|for|then|than|by|from|after|before|until|case|für|bei|nach|pour|après|per|para|når|for|ved|efter|få[rs]?"
    r"|solution|answer|result|da|since|som|because)(?!\w)|\([a-z]\)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(rf"[*_]*\s*(?:then|gilt|gives|so\b|and so|→|⇒|[<>≤≥+*/^-]\s*{FORMULA})")
_UNIT_WORD = re.compile(
    r"(?!As\b|at\b|as\b|in\b|is\b|a\b)(?:[pnuµμmkMGT]?(?:V|A|S|Ω|Pa|Hz|F|N|J|W|M|m|s|g|K|C|T|H|L|mol|bar|eV|Wb|rad)|°C?|%|min"
    r"|seconds|volts|metres|meters|degrees|radians|[kK]elvin|[vV]olt|[oO]hm)(?:[/·²³⁻¹^].*)?"
)


def declarations(passage: Passage, used: Used) -> Iterator[Found]:
    """What a paragraph or a list item declares, form by form; a stretch that one form has read is left alone."""
    text = passage.text
    claimed = _is_claim(passage)
    for number, (start, end) in enumerate(sentences(text)):
        if re.search(r"\?\s*[*_]*$|~~", text[start:end]) or _is_too_long(text, start, end):
            continue
        found = list(_sentence(passage, start, end, used, line=number == 0 or text[start : start + 1] == "\n"))
        if claimed:
            found = [one for one in found if one.meaning.value is None]
        if not claimed:
            taken = {(one.named.name, one.start) for one in found}
            found += [one for one in _equations(passage, start, end, used) if (one.named.name, one.start) not in taken]
        yield from found


def _is_too_long(text: str, start: int, end: int) -> bool:
    """Whether a sentence is too long to be one that declares."""
    return end - start > _MAX_SENTENCE or len(re.findall(FORMULA, text[start:end])) > _MAX_FORMULAS


def _sentence(passage: Passage, start: int, end: int, used: Used, *, line: bool) -> Iterator[Found]:
    text = passage.text
    begins = _BEGINS.match(text, start, end)
    if begins is not None:
        found = [one for one in line_items(passage, begins.end(), end, used) if line or not _by_mark(text, one)]
        if found:
            yield from found
            yield from (one for one in clauses(passage, found[-1].end, end, used) if one.start > found[-1].start)
            return
    elif line:
        found = list(_named_in_text(passage, start, end, used))
        if found:
            yield from found
            return
    found = [*clauses(passage, start, end, used)]
    found += list(_short_names(passage, start, end, used))
    places = {one.start for one in found}
    if line and not found:
        found += list(_reverse(passage, start, end, used))
    found += [
        one for one in _bracketed(passage, start, end, used) if one.start not in places | {one.start for one in found}
    ]
    yield from found


def _by_mark(text: str, found: Found) -> bool:
    """Whether the name is followed by a mark and not by a verb."""
    return re.match(r"[*_]*\s*(?::|=|[-–—→]\s)", text[found.end :]) is not None


def _is_claim(passage: Passage) -> bool:
    """Whether the passage states something to be checked, whose numbers declare nothing."""
    return _TAG.search(passage.text) is not None or _PREMISE.search(passage.text) is not None


def _equations(passage: Passage, start: int, end: int, used: Used) -> Iterator[Found]:
    """`$E_K = -90\\,\\mathrm{mV}$`, `$E_K = -90$ mV`, `$E_K$ = –90 mV`, where nothing is derived."""
    text = passage.text
    if LINK_OPEN in text[start:end]:
        return
    for formula in re.finditer(FORMULA, text[start:end]):
        at = start + formula.start()
        math = passage.math(text[at])
        before = text[start:at]
        if not _leads(passage, before) or _GOES_ON.match(text[at + 1 : end]) or _UNEQUAL.search(math.latex):
            continue
        assigned = assigned_in(math.latex)
        if assigned is None or assigned.named.function_of or assigned.sign in (r"\equiv", "≡"):
            continue
        sign = r"\approx " if assigned.sign in (r"\approx", r"\simeq", "≈") else ""
        value = written_value(sign + assigned.right, used.letters)
        behind = re.match(r"[ \u00a0\u202f]?((?:[^\s,;.()\w]|\w)+(?:/\w+|·\w+)*)(?=[\s,;.)]|$)", text[at + 1 : end])
        if (
            value is None
            and behind is not None
            and re.fullmatch(r"[-+−–]?[\d.,{}]+", assigned.right)
            and _UNIT_WORD.fullmatch(behind[1])
        ):
            value = written_value(f"{sign}{assigned.right} \\text{{{behind[1]}}}", used.letters)
        if value is not None:
            yield Found(assigned.named, with_value(Meaning(), value), at, at + 1, How.EQUATION)


def _leads(passage: Passage, before: str) -> bool:
    """Whether the text before an equation lets it fix a number: other equations and few words, none of which makes it
    a case, a condition or a result."""
    words = re.sub(FORMULA, " ", before)
    if _CASE.search(words) or SUPPOSED.search(words) or FINITE_VERB.search(words):
        return False
    others = [passage.math(found[0]).latex for found in re.finditer(FORMULA, before)]
    return len(words.split()) <= _MAX_LEAD and all(assigned_in(latex) for latex in others)


def _named_in_text(passage: Passage, start: int, end: int, used: Used) -> Iterator[Found]:
    """`**PSC** = post-synaptic current (pA)`; without bold only with a unit and a name that some formula uses."""
    text = passage.text
    bold = _BOLD_NAME.match(text, start, end)
    match = bold if bold is not None and (bold["sep"] or bold["inner"]) else None
    sure_only = match is None
    if match is None:
        match = _PLAIN_NAME.match(text, start, end) if passage.item or "\n" not in text else None
    named = plain_name(match["name"]) if match is not None else None
    if match is None or named is None:
        return
    body = match["body"]
    meaning = read_meaning(passage, body, used)
    sure = meaning.unit is not None or meaning.value is not None
    if not meaning.text or len(meaning.text.split()) > _MAX_WORDS * 2 or meaning.text.startswith("$"):
        return
    known = _is_used(match["name"], used)
    if sure_only and not (sure and known and not FINITE_VERB.search(meaning.text)):
        return
    if sure or (known and _is_phrase(meaning.text)) or (suggests(meaning.text) and _is_phrase(meaning.text)):
        yield Found(named, meaning, match.start("name"), match.end("name"), How.LINE)


def _is_used(written: str, used: Used) -> bool:
    """Whether a formula of the note uses the name."""
    base = re.split(r"_", written)[0]
    return base in used.letters if len(base) == 1 else base.casefold() in used.runs


def _is_phrase(words: str) -> bool:
    return 0 < len(words.split()) <= _MAX_WORDS and FINITE_VERB.search(words) is None


def _short_names(passage: Passage, start: int, end: int, used: Used) -> Iterator[Found]:
    """`**membrane potential (Vm)**` and the unit that the rest of the sentence gives."""
    text = passage.text
    for match in _SHORT_NAME.finditer(text, start, end):
        words, name = (
            (match["words"], match["name"]) if match["words"] is not None else (match["words2"], match["name2"])
        )
        formula = re.fullmatch(FORMULA, name)
        named = name_in(passage.math(name).latex) if formula else plain_name(name)
        meaning_words = plain_words(passage, words)
        if named is None or not meaning_words or meaning_words == name or _WORD_END.search(words):
            continue
        if (not formula and not _SHORT.fullmatch(name)) or FINITE_VERB.search(meaning_words):
            continue
        following = _SHORT_NAME.search(text, match.end(), end)
        rest = text[match.end() : following.start() if following else end]
        meaning = read_meaning(passage, rest, used) if _TAIL.match(rest) or not rest.strip(" .,") else Meaning()
        meaning = meaning._replace(text=meaning_words)
        trusted = bool(formula) or _is_used(name, used)
        if not trusted and meaning.unit is None and not suggests(meaning_words):
            continue
        if meaning.unit is None and _ELEMENT.fullmatch(name) and not trusted and not suggests(meaning_words):
            continue
        at = match.start("name") if match["words"] is not None else match.start("name2")
        yield Found(named, meaning, at, at + len(name), How.SHORT_NAME)


_SHORT = re.compile(r"[A-Z0-9]{1,8}|\w{1,5}|\w{1,3}_\{?\w{1,8}\}?")
_WORD_END = re.compile(r"(?:\b(?:of|the|and|in|to)\s*)$", re.IGNORECASE)


def _reverse(passage: Passage, start: int, end: int, used: Used) -> Iterator[Found]:
    """`- mass $m$ [kg]`, `- **Force**: $F$ (N)`, `- Speed of sound: $a = 340\\,\\mathrm{m/s}$`: the words first."""
    match = _REVERSE.match(passage.text, start, end)
    if match is None:
        return
    words = plain_words(passage, match["words"])
    body = match["body"]
    if not words or len(words.split()) > _MAX_WORDS or FINITE_VERB.search(words) or SUPPOSED.search(words):
        return
    latex = passage.math(match["name"]).latex
    assigned = assigned_in(latex)
    named = assigned.named if assigned else name_in(latex)
    if named is None:
        return
    marked = ":" in match["sep"] or "=" in match["sep"]
    if not (passage.item or marked) and len(words.split()) > _MAX_LEAD:
        return
    rest = body.strip(" .,*_")
    meaning = read_meaning(passage, f"{words} {body}", used) if rest else Meaning(words)
    more = meaning.text.removeprefix(words).strip()
    if more and not (marked or re.match(r"\s*[\[(]", body)):
        return
    if re.match(rf"\s*[*_]*(?:[-+·=<>/^]|{FORMULA})", body) or (more and meaning.unit is None):
        return
    value = written_value(assigned.right, used.letters) if assigned else None
    if assigned is not None and (value is None or LINK_OPEN in match["words"] or re.search(r"\d|,", words)):
        return
    said = with_value(meaning._replace(text=words), value)
    if (said.unit is not None and (passage.item or marked or not more)) or (
        suggests(words) and not rest and (marked or (passage.item and not _PREPOSITION.search(words)))
    ):
        yield Found(named, said, match.start("name"), match.start("name") + 1, How.LINE)


def _bracketed(passage: Passage, start: int, end: int, used: Used) -> Iterator[Found]:
    """A unit in brackets right behind a name in running text: "the velocity $v$ [m/s]", "$v$ (in m/s)"."""
    text = passage.text
    for match in _BRACKET_BEHIND.finditer(text, start, end):
        named = name_in(passage.math(match["name"]).latex)
        if named is None or re.match(r"\s*[=<>+/·*^-]", text[match.end() :]):
            continue
        before = _WORDS_BEFORE.search(text[start : match.start()])
        words = plain_words(passage, before[1]) if before else ""
        meaning = read_meaning(passage, f"{words} {match['group']}", used)
        if meaning.unit is not None and meaning.value is None and meaning.unit.text != "1":
            yield Found(named, meaning._replace(text=_noun_tail(words)), match.start(), match.start() + 1, How.LINE)


def _noun_tail(words: str) -> str:
    """The words before a name, from the last article or verb on, where the lexicon knows them."""
    parts = re.split(
        r"(?<!\w)(?:the|a|an|with|for|of|and|is|at|in|la|le|der|die|das|den|mit|et|und|og|av|af)\s+",
        words,
        flags=re.IGNORECASE,
    )
    return parts[-1].strip() if suggests(parts[-1]) else ""
