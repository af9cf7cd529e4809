"""Texts that nobody wrote: notes of the kept corpus, cut, joined and sown with marks that mean something."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

ROOT = Path(__file__).parent.parent.parent
MARKS = (
    "[[", "]]", "![[", "|", "#", "^", "#^", "%%", "\n%%\n", "$", "$$", "\n$$\n", "`", "```\n", "\n~~~\n", "---\n", "> ",
    "> [!note] ", "- ", "1. ", "\t", "    ", "\n\n", "\r\n", "\r", "\\", "\\|", "](", "[", "](x.md)", "<!--", "-->",
    "<%", "%>", "{{", "}}", "::", "[^1]", "[^1]: ", "^[", "==", "**", "_", "<div>\n", "\0", "\ufeff", "\u00a0",
    "\u202f", "é", "e\u0301", "😀", "\u2028", "%20", "%", "&amp;", "*a", "&a ", "a: [", "{", "🏴\U000e0067",
    "%% vaultcheck: ignore[broken-link] %%", " ^id\n", "# ", "\n===\n", "| a | b |\n|---|---|\n",
)  # fmt: skip


def corpus() -> list[str]:
    """The texts that mutants are made of: the sample vault, and the notes in cases and rule pages."""
    files = sorted(
        path
        for folder in ("sample_vault", "tests/cases", "docs/rules")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".md", ".canvas", ".base"}
    )
    return [path.read_bytes().decode("utf-8", "replace") for path in files]


def mutants(seed: int) -> Iterator[str]:
    """An endless run of mutants, the same for the same seed."""
    random = Random(seed)
    texts = corpus()
    while True:
        text = _stretch(random, random.choice(texts), 3000)
        for _ in range(random.randint(1, 8)):
            text = _mutated(random, text, texts)
        yield text


def _mutated(random: Random, text: str, texts: list[str]) -> str:
    start, end = sorted((random.randint(0, len(text)), random.randint(0, len(text))))
    match random.randrange(6):
        case 0:
            return text[:start] + text[min(end, start + 40) :]
        case 1:
            return text[:start] + random.choice(MARKS) * random.choice((1, 1, 1, 2, 30)) + text[start:]
        case 2:
            return text[:start] + _stretch(random, random.choice(texts), 200) + text[start:]
        case 3:
            return text[:end] + text[start:end][:200] + text[end:]
        case 4:
            return text.replace("\n", random.choice(("\r\n", "\r", "\n\n", "\n> ", "\n- ", "\n  ")))
        case _:
            marks = [random.choice(MARKS) for _ in range(random.randint(2, 12))]
            return text[:start] + "".join(marks) + text[end:]


def _stretch(random: Random, text: str, most: int) -> str:
    start = random.randint(0, max(0, len(text) - most)) if random.random() < 0.5 else 0
    return text[start : start + random.randint(0, most)]
