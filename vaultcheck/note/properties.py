"""The properties block: YAML to values. The door to python-frontmatter, and to PyYAML for where things stand.

Obsidian reads YAML 1.2's core schema (`yes` is a string, a date is a string), PyYAML 1.1, so the loader here knows
only the core schema's types. Blocks on which there is nothing to parse do not come to it: see `plain_properties`.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, Any

from vaultcheck.note import core_schema
from vaultcheck.note.entries import Entries, make_entry
from vaultcheck.note.model import Property
from vaultcheck.note.plain_properties import read_plain
from vaultcheck.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def read(block: str, start: int) -> Entries:
    """What a properties block says, given the text between its two `---` lines and where in the note it begins.

    Never raises: YAML that cannot be read, or that is no mapping, gives a problem in words.
    """
    plain = read_plain(block, start)
    return read_yaml(block, start) if plain is None else plain


def read_yaml(block: str, start: int) -> Entries:
    """What `read` says, by a parser of the whole of YAML."""
    import yaml

    if block.startswith("\ufeff"):  # the C library drops it and does not count it
        block, start = block[1:], start + 1
    if not block.strip():
        return Entries()
    try:
        if _may_be_deep(block):
            _refuse_deep(block)
        loaded, keys = _load()(_plain(block))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return _problem(str(error.problem or error.context or "not valid YAML"), start + _offset(block, mark))
    except yaml.reader.ReaderError as error:
        at = start + min(error.position, len(block))
        return _problem(f"the character {chr(error.character)!r} is not allowed", at)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        return _problem(str(error).splitlines()[0] if str(error) else "nested too deeply", start)
    if loaded is None:
        return Entries()
    if not isinstance(loaded, dict):
        return _problem(f"properties must be a list of `key: value` lines, this is {_kind(loaded)}", start)
    return _entries(loaded, [_key_span(block, key, start, *place) for key, place in keys.items()])


def _entries(values: dict[str, Any], places: list[Span]) -> Entries:
    entries = [make_entry(key, value) for key, value in values.items()]
    stated = [Property(entry.key, entry.written, place) for entry, place in zip(entries, places, strict=True)]
    telling = [(said, entry.value) for said, entry in zip(stated, entries, strict=True) if entry.telling]
    return Entries(tuple(stated), telling)


def _problem(words: str, at: int) -> Entries:
    return Entries(problem=words, at=at)


def _key_span(block: str, key: str, offset: int, start: int, end: int) -> Span:
    """The place of a key: without its quotes, but whole where it is written otherwise than it reads."""
    at = block.find(key, start, end)
    return Span(offset + at, offset + at + len(key)) if at >= 0 else Span(offset + start, offset + end)


def _may_be_deep(block: str) -> bool:
    """Whether a block could nest deeper than is read. Every level wants a bracket of its own, or a further column
    before the first text of a line."""
    return block.count("[") + block.count("{") > _DEEPEST or _INDENTED.search(block) is not None


def _refuse_deep(block: str) -> None:
    """Raise `RecursionError` for a block that nests too deeply. The C library composes values by recursion without a
    limit, which ends the process; its events come one by one."""
    import yaml

    events: Any = (_c_parser() if yaml.__with_libyaml__ else _pure_parser(yaml))(block)
    depth = 0
    while (event := events.get_event()) is not None:
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            raise RecursionError("nested too deeply")


def _plain(block: str) -> str:
    """The block, as long as it was, without what only YAML 1.1 or its C library stumbles over: separators that are no
    line ends in YAML 1.2, control characters, and tabs in a line of nothing else."""
    if "\t" in block:
        block = _BLANK.sub(lambda match: " " * len(match[0]), block)
    return _STUMBLING.sub(" ", block)


_STUMBLING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_BLANK = re.compile(r"^[ \t]*\t[ \t]*(?=\r?$)", re.MULTILINE)


def _offset(block: str, mark: Any) -> int:
    if mark is None:
        return 0
    starts = [0, *(m.end() for m in re.finditer(r"\r\n|\r|\n", block))]
    line = min(mark.line, len(starts) - 1)
    return int(min(starts[line] + mark.column, len(block)))


def _kind(value: object) -> str:
    return "a list" if isinstance(value, list) else "a single value"


@cache
def _load() -> Callable[[str], Any]:
    """python-frontmatter's YAML handler with a loader of the core schema."""
    import yaml
    from frontmatter.default_handlers import YAMLHandler

    base: Any = _c_parser() if yaml.__with_libyaml__ else _pure_parser(yaml)

    class CoreLoader(base):  # type: ignore[misc]  # the C parser has no stub
        """YAML 1.2 core over PyYAML's parser; its own resolver and constructor would cost three times the parsing."""

        def __init__(self, block: str) -> None:
            super().__init__(block)
            # Aliases of aliases make a short block say an endless list.
            self.budget = iter(range(_MOST_BY_ALIAS)) if "*" in block else repeat(0)

        def descend_resolver(self, parent: Any, index: Any) -> None: ...

        def ascend_resolver(self) -> None: ...

        def resolve(self, kind: type, _text: str, implicit: Any) -> str:
            return "plain" if kind is yaml.ScalarNode and implicit[0] else "quoted"

        def get_single_data(self) -> tuple[Any, dict[str, tuple[int, int]]]:
            """The value of the block, and if it is a mapping, for each key where it begins and ends at first."""
            node = self.get_single_node()
            keys: dict[str, tuple[int, int]] = {}
            for key, _ in node.value if node is not None and node.id == "mapping" else ():
                keys.setdefault(_text(key, self.budget, 0), (key.start_mark.index, key.end_mark.index))
            return None if node is None else _value(node, self.budget), keys

        def dispose(self) -> None: ...

    handler = YAMLHandler()
    return lambda block: handler.load(block, Loader=CoreLoader)


def _c_parser() -> Any:
    from yaml import cyaml

    return vars(cyaml)["CParser"]  # re-exported by PyYAML's own C loaders, but not by its stubs


def _pure_parser(yaml: Any) -> Any:
    """PyYAML without its C library: the same parser in Python."""

    class Parser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser, yaml.composer.Composer):  # type: ignore[misc]  # from a module passed in
        def __init__(self, stream: str) -> None:
            yaml.reader.Reader.__init__(self, stream)
            yaml.scanner.Scanner.__init__(self)
            yaml.parser.Parser.__init__(self)
            yaml.composer.Composer.__init__(self)

    return Parser


def _value(node: Any, budget: Iterator[int], depth: int = 0) -> Any:
    """The value of a YAML node. A mapping's keys become text, as in JavaScript: `{{date}}` in a template is a
    mapping whose key is a mapping. `budget` has one item for each value that may still be made."""
    if depth > _DEEPEST:
        raise RecursionError("nested too deeply")
    if next(budget, None) is None:
        raise ValueError("aliases repeat values without end")
    content = node.value
    if content.__class__ is str:
        return core_schema.value(content) if node.tag == "plain" else content
    if node.id == "mapping":
        return {_text(key, budget, depth): _value(value, budget, depth + 1) for key, value in content}
    return [_value(item, budget, depth + 1) for item in content]


_DEEPEST = 60
_MOST_BY_ALIAS = 100_000
_INDENTED = re.compile(rf"^[ \t?:-]{{{_DEEPEST}}}", re.MULTILINE)


def _text(key: Any, budget: Iterator[int], depth: int) -> str:
    return key.value if key.value.__class__ is str else str(_value(key, budget, depth + 1))
