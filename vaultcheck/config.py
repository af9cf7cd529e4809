"""What the user chose. Every key has a default; an unknown key is an error that names the nearest known one."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

from vaultcheck.errors import ConfigError

Level = Literal["error", "warning", "note", "off"]
FailOn = Literal["error", "warning", "note", "never"]

Claims = Literal["marked", "all"]

LEVELS: tuple[Level, ...] = ("error", "warning", "note", "off")
FAIL_ON: tuple[FailOn, ...] = ("error", "warning", "note", "never")
CLAIMS: tuple[Claims, ...] = ("marked", "all")

Choice = TypeVar("Choice", bound=str)

FILE_NAME = "vaultcheck.toml"
"""The configuration of a vault, in the vault's root; it wins over `[tool.vaultcheck]` in a `pyproject.toml`."""


class TagFamilies(NamedTuple):
    """Which tags say that a claim is open, settled or disputed; compared without case, parents of nested tags too.

    A list in the configuration is added to the words that are known already; a word that it gives to another family
    leaves the one it was in.
    """

    open: tuple[str, ...] = (
        "to_verify",
        "to-verify",
        "unverified",
        "verify",
        "a_vérifier",
        "à_vérifier",
        "zu_prüfen",
        "zu_pruefen",
        "da_verificare",
        "por_verificar",
    )
    settled: tuple[str, ...] = ("verified", "checked", "vérifié", "geprüft", "geprueft", "verificato", "verificado")
    disputed: tuple[str, ...] = ("disputed", "refuted", "wrong", "réfuté", "widerlegt", "confutato", "refutado")


class Config(NamedTuple):
    """The configuration of a run. A field `fail_on` is the key `fail-on` in a file.

    `rules` holds only the rules whose level the user set; `claims` says of which claims `check` wants a verdict;
    `jobs` is the number of processes, 0 for one a core.
    """

    rules: Mapping[str, Level] = {}
    exclude: tuple[str, ...] = ()
    fail_on: FailOn = "error"
    check_comments: bool = False
    check_templates: bool = False
    split_tag_strings: bool = False
    tags: TagFamilies = TagFamilies()
    symbol_notes: tuple[str, ...] = ()
    claims: Claims = "marked"
    jobs: int = 0
    cache: bool = True

    def excludes(self, path: str) -> bool:
        """Whether the findings of a file (a path in the vault, `/` between its parts) are left out of the report."""
        pattern = _excluding(self.exclude)
        return pattern is not None and pattern.match(path) is not None


@lru_cache(maxsize=8)
def _excluding(globs: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(map(_glob, globs))) if globs else None


def _glob(glob: str) -> str:
    """A regular expression for one glob, read as git reads a line of `.gitignore` without `!`.

    `*` and `?` stay inside a name, `**` crosses folders; without a `/` the glob names a file or folder anywhere, with
    one it starts at the vault's root; whatever lies in a matched folder is matched.
    """
    body = glob.strip("/")
    anchored = "/" in glob.rstrip("/")
    pattern = ""
    for piece in re.findall(r"\*\*/|\*+|\?|\[!?[^\]]+\]|[^*?\[]+|\[", body):
        match piece:
            case "**/":
                pattern += "(?:.*/)?"
            case "**":
                pattern += ".*"
            case "?":
                pattern += "[^/]"
            case _ if piece.startswith("*"):
                pattern += "[^/]*"
            case _ if piece.startswith("[") and len(piece) > 1:
                pattern += _characters(piece[1:-1])
            case _:
                pattern += re.escape(piece)
    return f"(?s:{'' if anchored else '(?:.*/)?'}{pattern}(?:/.*)?\\Z)"


def _characters(inner: str) -> str:
    """`[…]` of a glob as one of a regular expression; a range that runs backwards stands for itself."""
    negated = inner.startswith("!")
    escaped = re.sub(r"[\\\[\]^&~|]", r"\\\g<0>", inner.removeprefix("!"))
    found = f"[{'^/' if negated else ''}{escaped}]"
    try:
        re.compile(found)
    except re.error:
        return re.escape(f"[{inner}]")
    return found


def load(root: Path, known_rules: Callable[[], Collection[str]]) -> Config:
    """The configuration of the vault at `root`; the defaults when there is none.

    It stands in `vaultcheck.toml` in the vault, else in the nearest `pyproject.toml` that has `[tool.vaultcheck]`, in
    the vault's root or above it up to the root of the git checkout. `known_rules` gives the names of the rules and is
    asked only when the file sets one. Raises `ConfigError` for what cannot be used.
    """
    for file, table in _candidates(root):
        text = _text(file)
        if text is None:
            continue
        data: object = _parse(str(file), text)
        for key in table:
            data = data.get(key) if isinstance(data, dict) else None
        if data is not None:
            reader = _Reader(str(file), text, table, known_rules)
            config = reader.config(reader.mapping((), data))
            reader.exist(root, config.symbol_notes)
            return config
    return Config()


def _candidates(root: Path) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """The files that may hold the configuration, best first, each with the table that holds it."""
    yield root / FILE_NAME, ()
    for folder in _up_to_git(root.absolute()):
        yield folder / "pyproject.toml", ("tool", "vaultcheck")


def _up_to_git(folder: Path) -> tuple[Path, ...]:
    """The folder and those above it up to the root of its git checkout; only itself when it is in no checkout."""
    above = (folder, *folder.parents)
    for number, place in enumerate(above, start=1):
        if (place / ".git").exists():
            return above[:number]
    return (folder,)


def _text(file: Path) -> str | None:
    try:
        return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except UnicodeDecodeError as error:
        raise ConfigError(str(file), f"byte {error.start + 1}", "not UTF-8, which TOML has to be") from None
    except OSError as error:
        raise ConfigError(str(file), "", error.strerror or str(error)) from None


def _parse(file: str, text: str) -> dict[str, object]:
    import tomllib  # noqa: PLC0415  (most vaults have no configuration, and this costs as much as a small vault)

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.fullmatch(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", str(error), re.DOTALL)
        reason, line = (found[1], found[2] or str(text.count("\n") + 1)) if found else (str(error), "")
        raise ConfigError(file, f"line {line}" if line else "", f"not valid TOML: {reason}") from None


class _Reader:
    """Reads the values of one file; every complaint names the key and its line."""

    def __init__(
        self, file: str, text: str, table: tuple[str, ...], known_rules: Callable[[], Collection[str]]
    ) -> None:
        self.file, self.text, self.table, self.known_rules = file, text, table, known_rules

    def config(self, data: Mapping[str, object]) -> Config:
        default = Config()
        self.known((), data, [_key(name) for name in Config._fields], "key")
        return Config(
            rules=self.rules(data.get("rules", {})),
            exclude=self.strings(("exclude",), data.get("exclude", [])),
            fail_on=self.choice(("fail-on",), data.get("fail-on", default.fail_on), FAIL_ON),
            check_comments=self.switch("check-comments", data, default.check_comments),
            check_templates=self.switch("check-templates", data, default.check_templates),
            split_tag_strings=self.switch("split-tag-strings", data, default.split_tag_strings),
            tags=self.families(data.get("tags", {})),
            symbol_notes=self.strings(("symbol-notes",), data.get("symbol-notes", [])),
            claims=self.choice(("claims",), data.get("claims", default.claims), CLAIMS),
            jobs=self.count("jobs", data, default.jobs),
            cache=self.switch("cache", data, default.cache),
        )

    def exist(self, root: Path, symbol_notes: Iterable[str]) -> None:
        """Raises where a note of symbols is not in the vault: without it claims would be judged, and otherwise."""
        for path in symbol_notes:
            if not (root / path).is_file():
                meant = f'; did you mean "{path}.md"?' if (root / f"{path}.md").is_file() else ""
                raise self.error(("symbol-notes",), f'there is no note "{path}" in the vault{meant}')

    def error(self, key: tuple[str, ...], reason: str) -> ConfigError:
        line = _line_of(self.text, (*self.table, *key))
        name = ".".join(key) or ".".join(self.table)
        return ConfigError(self.file, f"line {line}, {name}" if line else name, reason)

    def wanted(self, key: tuple[str, ...], what: str, value: object) -> ConfigError:
        return self.error(key, f"must be {what}, not {_toml(value)}")

    def known(self, key: tuple[str, ...], given: Iterable[str], names: Collection[str], kind: str) -> None:
        for name in given:
            if name not in names:
                raise self.error((*key, name), f"unknown {kind}{_nearest(name, names)}")

    def mapping(self, key: tuple[str, ...], value: object) -> Mapping[str, object]:
        if not isinstance(value, dict):
            raise self.wanted(key, "a table", value)
        return value

    def rules(self, value: object) -> Mapping[str, Level]:
        table = self.mapping(("rules",), value)
        if table:
            self.known(("rules",), table, self.known_rules(), "rule")
        return {name: self.choice(("rules", name), table[name], LEVELS) for name in sorted(table)}

    def families(self, value: object) -> TagFamilies:
        table = self.mapping(("tags",), value)
        known = TagFamilies()
        self.known(("tags",), table, TagFamilies._fields, "family of tags")
        added = {name: self.strings(("tags", name), words) for name, words in table.items()}
        families: dict[str, str] = {}
        for name, words in added.items():
            for word in map(_tag, words):
                other = families.setdefault(word.casefold(), name)
                if other != name:
                    raise self.error(("tags", name), f'"{word}" is in the family {other} already')
        moved = {_tag(word) for words in added.values() for word in words}

        def family(name: str, words: tuple[str, ...]) -> tuple[str, ...]:
            kept = [word for word in words if word not in moved]
            return tuple(dict.fromkeys((*kept, *map(_tag, added.get(name, ())))))

        return TagFamilies(
            family("open", known.open), family("settled", known.settled), family("disputed", known.disputed)
        )

    def strings(self, key: tuple[str, ...], value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise self.wanted(key, "a list of strings", value)
        return tuple(value)

    def choice(self, key: tuple[str, ...], value: object, choices: tuple[Choice, ...]) -> Choice:
        for choice in choices:
            if value == choice:
                return choice
        named = ", ".join(f'"{choice}"' for choice in choices[:-1])
        raise self.wanted(key, f'{named} or "{choices[-1]}"', value)

    def switch(self, key: str, data: Mapping[str, object], default: bool) -> bool:
        value = data.get(key, default)
        if not isinstance(value, bool):
            raise self.wanted((key,), "true or false", value)
        return value

    def count(self, key: str, data: Mapping[str, object], default: int) -> int:
        value = data.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.wanted((key,), "a whole number, 0 or more", value)
        return value


def _key(name: str) -> str:
    """How a field is spelled in a file."""
    return name.replace("_", "-")


def _tag(word: str) -> str:
    return word.removeprefix("#")


def _nearest(name: str, names: Iterable[str]) -> str:
    """`; did you mean "…"?` with the most similar name, or the list of them when none is similar."""
    import difflib  # noqa: PLC0415  (only for a message that ends the run)

    ordered = sorted(names)
    near = difflib.get_close_matches(name.replace("_", "-").lower(), ordered, n=1, cutoff=0.6)
    if near:
        return f'; did you mean "{near[0]}"?'
    return f"; known are {', '.join(ordered)}"


def _toml(value: object) -> str:
    """A value in words a person who wrote TOML recognises."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{value}"'
        case list():
            return "a list of something else" if value else "an empty list"
        case dict():
            return "a table"
        case _:
            return str(value)


def _line_of(text: str, key: tuple[str, ...]) -> int:
    """The line (from 1) that writes a key; that of the innermost table around it where none does; 0 without either.

    tomllib gives no places, so the text is searched for what looks like the key. A look-alike inside a multi-line
    string could win; the message still names the key.
    """
    name = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
    header_pattern = r"\s*\[\[?\s*([^\[\]]+?)\s*\]"
    key_pattern = rf"\s*({name}(?:\s*\.\s*{name})*)\s*="
    best, deepest = 0, 0
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), start=1):
        if header := re.match(header_pattern, line):
            table = written = _parts(header[1])
        elif entry := re.match(key_pattern, line):
            written = (*table, *_parts(entry[1]))
        else:
            continue
        if len(written) > deepest and key[: len(written)] == written:
            best, deepest = number, len(written)
    return best


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(r"""[\w-]+|"[^"]*"|\'[^\']*\'""", dotted))
