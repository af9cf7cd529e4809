"""Makes a vault to measure on: `python -m bench.generate DIR --notes 10000 --seed 1`.

The vault is made of everything that costs a checker time: nested folders, notes that share a name, headings, block
ids, tags, properties, wikilinks, Markdown links, embeds, attachments, callouts, tables, code, math and comments, with
a few links that are meant to fail. Nothing depends on the clock, the platform or the order of a set.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

from bench.links import write_link
from bench.model import Outline, Page, Planted, Shape

VOCABULARY = """
axon barrier calcium channel conductance current decay dendrite diffusion drift field filter gradient impedance ion
kinetics leak ligand membrane noise patch potassium potential pump rate receptor resistance sodium soma spike synapse
tension threshold transport vesicle voltage
"""
PLAIN = VOCABULARY.split()
ACCENTED = [*PLAIN, "énergie", "équilibre", "réseau", "λ", "μ", "Ω"]
SHARED_NAMES = ("Breakdown", "Index", "Questions", "Summary")
"""Names that many folders have a note of; a link reaches them by path."""
NOTES_PER_FOLDER = 40
TAGS = ("physiology", "physics/units", "to-read", "methods", "course/2024", "figure")
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080600000" + "01f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)
"""A PNG of one pixel."""


def vocabulary(number: int, one_in: int) -> list[str]:
    """The words for a note. About a quarter of the notes hold a letter beyond ASCII, as in vaults that were counted."""
    return ACCENTED if number % one_in == 0 else PLAIN


def outlines(shape: Shape) -> tuple[Outline, ...]:
    """Every note's path, headings and block ids, before any text is written."""
    random = Random(shape.seed)
    folders = _folders(random, shape.notes // NOTES_PER_FOLDER + 1)
    return tuple(_outline(random, number, folders) for number in range(shape.notes))


def attachments(shape: Shape) -> tuple[str, ...]:
    """Paths of the images: names with spaces, accents and an apostrophe among them."""
    kinds = ("figure {}.png", "trace_{}.png", "plot {} (copy).png")
    rare = ("Capture d'écran {}.png", "schéma {} (copie).png")
    count = max(12, shape.notes // 20)
    return tuple(f"attachments/{(kinds[n % 3] if n % 8 else rare[n // 8 % 2]).format(n)}" for n in range(count))


def pages(shape: Shape) -> Iterator[Page]:
    """The notes, one after another, in the order of their numbers."""
    plan = outlines(shape)
    images = attachments(shape)
    for number, outline in enumerate(plan):
        yield _page(Random(f"{shape.seed}/{number}"), number, outline, plan, images, shape)


def write(root: Path, shape: Shape) -> tuple[Counter[str], tuple[Planted, ...]]:
    """Write the vault into `root`, which must be empty or not exist. Gives counts and the planted faults."""
    if root.is_dir() and any(root.iterdir()):
        raise FileExistsError(f"{root}: not empty; a generated vault wants a folder of its own")
    counts: Counter[str] = Counter()
    planted: list[Planted] = []
    _write(root / ".obsidian" / "app.json", b"{}\n")
    for path in attachments(shape):
        _write(root / path, PIXEL)
        counts["attachments"] += 1
    for page in pages(shape):
        _write(root / page.path, page.text.encode())
        counts["notes"] += 1
        counts["links"] += page.links
        counts["bytes"] += len(page.text.encode())
        planted.extend(page.planted)
    counts["planted"] = len(planted)
    return counts, tuple(planted)


def _folders(random: Random, count: int) -> tuple[str, ...]:
    folders = [""]
    for number in range(count):
        parent = folders[random.randrange(len(folders))] if number % 3 else ""
        if parent.count("/") >= 3:
            parent = ""
        name = f"{number:03d} {random.choice(vocabulary(number, 20)).capitalize()}"
        folders.append(f"{parent}/{name}" if parent else name)
    return tuple(folders)


def _outline(random: Random, number: int, folders: tuple[str, ...]) -> Outline:
    folder = folders[number % len(folders)]
    prefix = f"{folder}/" if folder else ""
    repeated = number // len(folders) < len(SHARED_NAMES) and number % 4 == 0
    # A vault of one folder still gets notes of distinct names: one of each shared name in a folder.
    words = vocabulary(number, 100)
    name = SHARED_NAMES[number // len(folders)] if repeated else f"{_some(random, words, 2)} {number}".capitalize()
    sections = tuple(
        f"{_some(random, words, random.randint(1, 3)).capitalize()} {n}" for n in range(random.randint(2, 6))
    )
    blocks = tuple(f"b{number}-{n}" for n in range(random.randint(0, 3)))
    return Outline(f"{prefix}{name}.md", sections, blocks, unique=not repeated)


def _some(random: Random, words: list[str], count: int) -> str:
    return " ".join(random.choice(words) for _ in range(count))


def _page(
    random: Random, number: int, outline: Outline, plan: tuple[Outline, ...], images: tuple[str, ...], shape: Shape
) -> Page:
    written: list[str] = []
    planted: list[Planted] = []
    properties = _properties(random, number, random.choice(plan)) if number % 10 < 7 and shape.links_per_note else []
    for _ in range(shape.links_per_note - bool(properties)):
        fails = random.randrange(1000) < shape.faults_per_thousand
        text, rule = write_link(random, outline, random.choice(plan), random.choice(images), fails)
        written.append(text)
        if rule:
            planted.append(Planted(rule, outline.path, text))
    lines = [*properties, *_body(random, vocabulary(number, 10), outline, written)]
    newline = "\r\n" if number % 97 == 96 else "\n"
    return Page(outline.path, newline.join(lines) + newline, shape.links_per_note, tuple(planted))


def _properties(random: Random, number: int, related: Outline) -> list[str]:
    """Properties with aliases, tags, a date and one link."""
    return [
        "---",
        f"aliases: [Alias {number}, {random.choice(PLAIN)} {number} bis]",
        "tags:",
        f"  - {random.choice(TAGS)}",
        f"created: 2024-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}",
        f'related: "[[{related.linkpath}]]"',
        "---",
    ]


def _body(random: Random, words: list[str], outline: Outline, links: list[str]) -> list[str]:
    """Sections with paragraphs that share the links out among them, then the block ids, then a special block."""
    lines = [f"{_some(random, words, 8).capitalize()}. #{random.choice(TAGS)}", ""]
    share = -(-len(links) // len(outline.headings))
    for number, heading in enumerate(outline.headings):
        lines += [f"{'#' * (1 + number % 3)} {heading}", ""]
        for link in links[number * share : (number + 1) * share]:
            lines.append(
                f"{_some(random, words, random.randint(4, 14)).capitalize()} {link} {_some(random, words, 5)}."
            )
        lines.append("")
        if number < len(outline.blocks):
            lines += [f"{_some(random, words, 9).capitalize()}. ^{outline.blocks[number]}", ""]
        lines += _special(random, words)
    for block in outline.blocks[len(outline.headings) :]:
        lines += [f"- {_some(random, words, 6)} ^{block}", ""]
    return lines


def _special(random: Random, words: list[str]) -> list[str]:
    """One block of a kind that a checker has to look into, or through."""
    a, b, mark = _some(random, words, 4), _some(random, words, 3), random.randrange(10**9)
    kinds: tuple[list[str], ...] = (
        ["> [!note] " + a.capitalize(), f"> {b} and $V = I R$ in a callout.", ""],
        [f"| {random.choice(words)} | value |", "| --- | --- |", f"| {b} | {random.randint(1, 99)} mV |", ""],
        ["```python", f"note = '[[{a}]]'  # code, not a link", "```", ""],
        ["$$", rf"I_{{\text{{{random.choice(PLAIN[:10])}}}}} = g \cdot (V_m - E_{{rev}})", "$$", ""],
        [f"%% {a}: [[{b}]] stays a thought %%", ""],
        [f"- [ ] {a}", f"- [x] {b} `[[code]]`", "  1. " + a, ""],
        [f"{a.capitalize()}.[^{mark}]", "", f"[^{mark}]: {b}.", ""],
        [],
        [],
    )
    return random.choice(kinds)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def main() -> None:
    """Write a vault and say what is in it."""
    usual = Shape()
    parser = argparse.ArgumentParser(prog="python -m bench.generate", description=main.__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--notes", type=int, default=usual.notes)
    parser.add_argument("--seed", type=int, default=usual.seed)
    parser.add_argument("--links-per-note", type=int, default=usual.links_per_note)
    parser.add_argument("--faults-per-thousand", type=int, default=usual.faults_per_thousand)
    given = parser.parse_args()
    shape = Shape(given.notes, given.seed, given.links_per_note, given.faults_per_thousand)
    counts, planted = write(given.folder, shape)
    print(", ".join(f"{count:,} {name}" for name, count in counts.items()))
    for rule, count in sorted(Counter(fault.rule for fault in planted).items()):
        print(f"  {rule}: {count}")


if __name__ == "__main__":
    main()
