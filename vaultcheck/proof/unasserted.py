"""What a note writes without asserting it: struck-out text, quotations, questions, exercises, suppositions, slips."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from vaultcheck.note.model import BlockKind, Math, Note
from vaultcheck.proof.claim_blocks import TextBlock, is_example
from vaultcheck.proof.model import Unasserted
from vaultcheck.proof.passages import is_local
from vaultcheck.source import Span

_CALLOUTS = re.compile(
    r"(?:question|help|faq|fail(?:ure)?|missing|bug|example|quote|cite|error|danger|todo|exercise|problem|quiz|hypothesis"
    r"|conjecture|doubt|wrong|mistake|frage|aufgabe|beispiel|exercice|exemple|ejercicio|ejemplo|esercizio|esempio)\b",
    re.IGNORECASE,
)
_QUOTING = re.compile(r"(?:quote|cite)\b", re.IGNORECASE)
_STRUCK = re.compile(r"~~(?=\S)(?:(?!~~|\n[ \t>]*\n).)+?~~", re.DOTALL)
_MISTAKEN = (
    r"wrong(?:ly)?|mistak(?:e|es|en|enly)|incorrect(?:ly)?|erroneous(?:ly)?|misconceptions?|fallacy|fallacious"
    r"|false(?:ly)?|untrue|invalid|counter-?examples?|(?:common|frequent|usual|typical) (?:errors?|slips?|confusions?)"
    r"|pitfalls?"
    r"|faux|fausse|erreurs?|erroné\w*|à tort|contre-exemple|falsch\w*|fehler\w*|irrtüm\w*|irrig\w*|gegenbeispiel"
    r"|sbagliat\w*|errat[oaie]|errore comune|errori comuni|controesempio|equivocad[oa]s?|incorrect[oa]s?|erróne[oa]s?"
    r"|error común|errores comunes|contraejemplo|forkert\w*|galt|felaktig\w*|väärin"
)
_SUPPOSED = (
    r"suppos(?:e|es|ed|ing|ition)|assum(?:e|es|ed|ing|ption)|imagin(?:e|ing)|hypothes[ie][sz]\w*|hypothetical(?:ly)?"
    r"|pretend|conjectures?d?|what if|would|were|guess(?:ed)?|perhaps|maybe|might|unclear|doubt(?:ful)?|disputed"
    r"|supposons|supposant|admettons|hypothèses?|imaginons|peut-être|serait|douteux"
    r"|angenommen|annahme\w*|nehmen wir an|hypothese|vermut\w+|vielleicht|wäre|möglicherweise"
    r"|supponiamo|supponendo|supposto|assumiamo|assumendo|ipotesi|immaginiamo|forse|sarebbe"
    r"|supongamos|suponiendo|suponer|asumamos|asumiendo|hipótesis|imaginemos|quizás?|sería"
    r"|antag|antagelse|antar|antaga|anta at|oletetaan"
)
_NEGATED = (
    r"not|cannot|never|neither|nor|no longer|rather than|instead of|\w+n['’]t|unless|unlike"
    r"|ne|n['’]est|n['’]a|jamais|ni|sauf si|au lieu de"
    r"|nicht|keine?[nmrs]?|niemals|weder|anstatt|statt"
    r"|non|invece di"
    r"|no (?:es|son|se|vale|hay|está|puede|debe|siempre)|nunca|jamás|en vez de"
    r"|ikke|inte|aldrig|aldri"
)
_MISTAKE = re.compile(rf"(?<![\w-])(?:{_MISTAKEN})(?![\w-])", re.IGNORECASE)
_DOUBTED = re.compile(rf"(?<![\w-])(?:{_SUPPOSED}|{_NEGATED})(?![\w-])", re.IGNORECASE)
_NOT_ONLY = re.compile(r"not only|not just|non seulement|nicht nur|non solo|no sólo|no solo", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?;…])[*_\"”»)]*\s+(?=\W*\w)|\n[ \t>]*\n|(?<=\ue001)\s*\n[ \t>]*(?=[A-ZÀ-Þ])")
_GOES_ON = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|resp|vs|eq|eqs|fig|ca|approx|z\.B|d\.h|bzw|vgl|p\.ex|c\.-à-d|es|ej)\.|:[ *_]*)$",
    re.IGNORECASE,
)
_QUESTION_SIGN = re.compile(r"(?:stackrel|overset)\s*\{?\s*\\?(?:text\s*\{)?\s*\?|=\s*\?|\?\s*=|\\questeq")
_TEMPLATE = re.compile(r"<%|%>|\{\{[^{}]*\}\}(?![^$]*\$)|\{\{\s*[\w.:-]+\s*\}\}")
_CASES = re.compile(
    r"\b(?:cases?|if|when|conditions?|scenario|cas|si|fall|fälle|wenn|caso|casi|quando|casos|cuando)\b", re.IGNORECASE
)
_QUOTES = re.compile('["“„«‹”»›]')
_BLANK, _DISPLAY = "\ue000", "\ue001"
_NO_WORDS = re.compile(
    r"\[\[[^\]]*\]\]|[\[(]\w+::[^\])]*[\])]|^\s*\w+::.*$|(?<=\ue000)(?:\s+(?:#[^\s#]+|\^[A-Za-z0-9-]+(?=\s|$)))+",
    re.MULTILINE,
)
"""What stands in a sentence and is no word of it; the tags and the id behind a formula say nothing in doubt."""
_OPENING, _CLOSING = "“„«‹", "”“»›"
_HEADING_MISTAKE = re.compile(
    rf"(?<![\w-])(?:{_MISTAKEN}|mistakes|errors|pitfalls|fallacies|quiz|lösungen|corrigé)(?![\w-])",
    re.IGNORECASE,
)


class Unclaimed:
    """Answers for one note why a formula in it is not asserted."""

    def __init__(self, note: Note, text: str) -> None:
        self.note, self.text = note, text
        self.maths = [math.span.start for math in note.maths]
        self.starts = [heading.span.start for heading in note.headings]
        self.struck: list[tuple[int, int]] = []
        if "~~" in text:  # within a formula it is space
            words = self.plain(Span(0, len(text)))
            self.struck = [found.span() for found in _STRUCK.finditer(words, note.text_start)]
        stem = note.path.rsplit("/", 1)[-1].removesuffix(".md")
        self.title = _local_heading(stem)
        self.ends: dict[Span, list[tuple[int, int]]] = {}
        self.reasons: dict[tuple[Span, Span], Unasserted | None] = {}

    def why(self, math: Math, block: TextBlock) -> Unasserted | None:
        """Why the formula in this block is not asserted; `None` where it is."""
        if any(start <= math.span.start < end for start, end in self.struck):
            return Unasserted.STRUCK
        if _QUESTION_SIGN.search(math.latex) is not None:
            return Unasserted.QUESTIONED
        if self._quoted(math.span, block):
            return Unasserted.QUOTED
        sentence = self.sentence(math.span, block)
        key = (block.span, sentence)
        if key not in self.reasons:
            self.reasons[key] = self._around(math, block, sentence)
        return self.reasons[key]

    def _around(self, math: Math, block: TextBlock, sentence: Span) -> Unasserted | None:
        """Why nothing in a sentence of a block is asserted."""
        for found, reason in (
            (self._is_template(block), Unasserted.CODE),
            (block.kind is BlockKind.QUOTE or _QUOTING.match(block.callout.strip()), Unasserted.QUOTED),
            (_CALLOUTS.match(block.callout.strip()) is not None, Unasserted.CALLOUT),
            (is_example(block) or self._in_exercise(math.span.start), Unasserted.EXERCISE),
            (self._questioned(sentence), Unasserted.QUESTIONED),
            (self._is_case(block), Unasserted.CASES),
            (self._mistaken(block), Unasserted.SUPPOSED),
            (_DOUBTED.search(_NOT_ONLY.sub("", self._words(sentence))) is not None, Unasserted.SUPPOSED),
        ):
            if found:
                return reason
        return None

    def sentence(self, span: Span, block: TextBlock) -> Span:
        """The sentence of the block that holds a formula. What stands in formulas ends no sentence."""
        start, end = block.whole
        for stop, next_start in self._ends(block):
            if next_start <= span.start:
                start = next_start
            elif stop >= span.end:
                return Span(start, stop)
        return Span(start, end)

    def _ends(self, block: TextBlock) -> list[tuple[int, int]]:
        """Where the sentences of a block end, and where the next ones begin."""
        whole = block.whole
        if whole not in self.ends:
            plain = self.plain(whole)
            self.ends[whole] = [
                (whole.start + found.start(), whole.start + found.end())
                for found in _SENTENCE.finditer(plain)
                if not _GOES_ON.search(plain[max(found.start() - 8, 0) : found.start()])
            ]
        return self.ends[whole]

    def plain(self, span: Span) -> str:
        """A stretch of the text with formulas and links blanked out, so that only words are left in their places."""
        first, behind = bisect_right(self.maths, span.start) - 1, bisect_left(self.maths, span.end)
        pieces, at = [], span.start
        for math in self.note.maths[max(first, 0) : behind]:
            start, end = max(math.span.start, at), min(math.span.end, span.end)
            if start < end:
                pieces += [self.text[at:start], (_DISPLAY if math.display else _BLANK) * (end - start)]
                at = end
        return "".join((*pieces, self.text[at : span.end]))

    def _words(self, sentence: Span) -> str:
        """The words of a sentence, without the text of inline fields, links, tags and block ids."""
        words = self.plain(sentence)
        return _NO_WORDS.sub(" ", words)

    def _is_template(self, block: TextBlock) -> bool:
        words = self.text[block.span.start : block.span.end]
        return "<%" in words or ("{{" in words and _TEMPLATE.search(self.plain(block.span)) is not None)

    def _in_exercise(self, place: int) -> bool:
        if self.title:
            return True
        index = bisect_right(self.starts, place)
        around = [heading for heading in self.note.headings[:index] if heading.section.end > place]
        return any(_local_heading(heading.text) for heading in around)

    def _questioned(self, sentence: Span) -> bool:
        return self.plain(sentence).rstrip(' \t\r\n*_"”»)').endswith("?")

    def _quoted(self, formula: Span, block: TextBlock) -> bool:
        if _QUOTES.search(self.text, block.span.start, block.span.end) is None:
            return False
        before = self.plain(Span(block.span.start, formula.start))
        if any(before.count(a) > before.count(b) for a, b in zip(_OPENING, _CLOSING, strict=True) if a != b):
            return True
        return before.count('"') % 2 == 1 and '"' in self.plain(Span(formula.end, block.span.end))

    def _is_case(self, block: TextBlock) -> bool:
        if block.header is None:
            return False
        header = self.text[block.header.start : block.header.end]
        return _CASES.search(header) is not None or is_local(header)

    def _mistaken(self, block: TextBlock) -> bool:
        words = self.plain(block.whole)
        return _MISTAKE.search(re.sub(r"#[^\s#]+|\[\[[^\]]*\]\]", " ", words)) is not None


@lru_cache(maxsize=4096)
def _local_heading(words: str) -> bool:
    return is_local(words) or _HEADING_MISTAKE.search(words) is not None
