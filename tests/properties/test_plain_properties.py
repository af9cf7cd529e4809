"""The law of the quick way through properties: it says what the parser of YAML says, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vaultcheck.note.plain_properties import read_plain
from vaultcheck.note.properties import read_yaml

WORDS = [
    *(
        "amber",
        "two words",
        "tin/ore",
        "x-1",
        "naïve",
        "鉄",
        "🧲",
        "a\u00a0b",
        "a\u200db",
        "\ufeff",
        "\u2028",
        "\x85",
        "\ud800",
    ),
    *("true", "False", "TRUE", "yes", "null", "Null", "~", "7", "-7", "+7", "007", "1_000", "0x1F", "1e3", ".5", "-.5"),
    *("1.", "9" * 25, "2031-05-06", "2031-05-06T07:08:09", "12:30", ".inf", "=", "<<", "https://tin.example/a#b?c=d,e"),
    *("[[Tin]]", "[tin]", "[]", "[ ]", "[tin, 3, true]", "[tin,]", "['a', \"b\"]", "[a: b]", "[tin", "{a: b}", "{{x}}"),
    *(
        "#tin",
        "tin#",
        "a #b",
        "a: b",
        "a:",
        ":a",
        "a::b",
        "- a",
        "-",
        "--",
        "---",
        "...",
        "? a",
        "?",
        "!t a",
        "&t a",
        "*t",
    ),
    *(
        "| ",
        ">",
        "%t",
        "@t",
        "`t",
        ",",
        "'",
        '"',
        "''",
        '""',
        "'a'",
        '"a"',
        "'it''s'",
        "it's",
        '"a\\n"',
        '"a" b',
        "'a: #b'",
    ),
    *('"[[Tin]]"', '"#tin"', "(a)", "$a", "/", "a\\b", "^", "a|b", "a - b", "\t", "a\tb", "\x07", "\x7f", "k" * 99),
]
KEYS = [
    "tags",
    "aliases",
    "up",
    "two words",
    "true",
    "null",
    "3",
    "-k",
    "k-",
    "ключ",
    "a.b",
    "<<",
    "k" * 100,
    "k" * 1100,
]
SCALARS = st.sampled_from(WORDS) | st.text(max_size=4)
BLANKS = st.sampled_from(["", "", "", " ", "  ", "\t"])
ENDS = st.sampled_from(["\n"] * 15 + ["\n\n", "\r\n", "\r", "", "\u2028"])
DASHES = st.sampled_from(["- ", "- ", "- ", "-", "-  ", "-\t"])
NAMES = st.sampled_from(KEYS)
INDENTS = st.sampled_from(["", "", "  ", "    ", "\t"])


@st.composite
def entries(draw: st.DrawFn) -> str:
    """A key with a value behind it or items below it, most of them well made."""
    name = draw(NAMES) + draw(st.sampled_from([":", ":", ":", ":", " :", "", "::"]))
    if draw(st.booleans()):
        return name + draw(st.sampled_from([" ", " ", " ", "  ", ""])) + draw(SCALARS) + draw(BLANKS) + draw(ENDS)
    indent = draw(INDENTS)
    indents = st.sampled_from([indent] * 20 + ["", " ", "   "])
    items = st.tuples(indents, DASHES, SCALARS | st.just(""), BLANKS, ENDS)
    return name + draw(BLANKS) + draw(ENDS) + "".join(map("".join, draw(st.lists(items, max_size=3))))


BLOCKS = st.lists(entries() | st.builds(str.__add__, SCALARS, ENDS), max_size=4).map("".join)


@given(BLOCKS | st.text(alphabet="ab:- \n'\"[],#3", max_size=30))
@settings(max_examples=300)
@example('tags:\n- amber\n- 3\n-\nup: "[[Tin]]"\n')
@example("key: one\n two\n")
@example("key:\n- one\n two\n")
@example("key:\n- one\n  - two\n")
@example("key: one\n- two\n")
@example("key: one\nkey: two\n")
@example("key: one\n---\nother: two\n")
def test_the_quick_way_says_what_the_parser_says_or_nothing(block: str) -> None:
    plain = read_plain(block, 4)
    # Their representations tell 1 from True and from 1.0.
    assert plain is None or repr(plain) == repr(read_yaml(block, 4))


PLAIN = {
    "words": ("tone: warm\n", {"tone": '"warm"'}),
    "several": ("tone: warm\nhue: deep red\n", {"tone": '"warm"', "hue": '"deep red"'}),
    "nothing": ("tone:\nhue: \n", {"tone": "null", "hue": "null"}),
    "items": ("hues:\n- red\n- \n- 7\n", {"hues": '["red", null, 7]'}),
    "indented items": ("hues:\n    - red\n    - 'a: b'\n\nx: 1.5\n", {"hues": '["red", "a: b"]', "x": "1.5"}),
    "core words": (
        "a: true\nb: yes\nc: ~\nd: 2031-05-06\n",
        {"a": "true", "b": '"yes"', "c": "null", "d": '"2031-05-06"'},
    ),
    "an address": ("at: https://tin.example:80/a#b\n", {"at": '"https://tin.example:80/a#b"'}),
    "a list in brackets": (
        "hues: [red, 'dark blue', 3]\nnone: []\n",
        {"hues": '["red", "dark blue", 3]', "none": "[]"},
    ),
    "a link": ('up: "[[Tin]]"\n', {"up": '"[[Tin]]"'}),
    "blanks at the end": ("tone: warm  \nhues: \n- red \n", {"tone": '"warm"', "hues": '["red"]'}),
    "beyond ASCII": ("тон: тёплый – 🧲\n", {"тон": '"тёплый – 🧲"'}),
}


@pytest.mark.parametrize("name", PLAIN)
def test_what_people_write_most_goes_the_quick_way(name: str) -> None:
    block, values = PLAIN[name]
    plain = read_plain(block, 10)
    assert plain is not None
    assert {item.key: item.value for item in plain.properties} == values
    assert [block[item.span.start - 10 : item.span.end - 10] for item in plain.properties] == list(values)
    assert repr(plain) == repr(read_yaml(block, 10))


NOT_PLAIN = [
    *(
        "tone: one\n two\n",
        "hues:\n- red\n  - blue\n",
        "hues:\n- red\n - blue\n",
        "hues: red\n- blue\n",
        "hues: - red\n",
    ),
    *(
        "hues: [red\n",
        "hues: [red, blue\n]\n",
        "hues: {red: 1}\n",
        "hues:\n- red: 1\n",
        "hues:\n  red: 1\n",
        "hues:\n- - red\n",
    ),
    *(
        "tone: a: b\n",
        "tone: a # b\n",
        "tone: #b\n",
        "# b\n",
        "tone: 'it''s'\n",
        'tone: "a\\n"\n',
        'tone: "a" b\n',
        'tone: "a\nb"\n',
    ),
    *(
        "tone: &a b\n",
        "tone: *a\n",
        "tone: !a b\n",
        "tone: |\n  a\n",
        "tone: >\n  a\n",
        "? tone\n",
        "%tone: a\n",
        "tone: @a\n",
    ),
    *(
        "tone: a\ntone: b\n",
        "tone: a",
        "tone: a\r\n",
        "tone:\ta\n",
        "tone: a\x07\n",
        "tone: a\x85b\n",
        "tone: a\u2028b\n",
    ),
    *(
        "\ufefftone: a\n",
        "tone: \ud800\n",
        " tone: a\n",
        "tone : a\n",
        "tone\n",
        "tone:a\n",
        "...\n",
        "{{tone}}: a\n",
    ),
]


@pytest.mark.parametrize("block", NOT_PLAIN)
def test_what_wants_a_parser_is_left_to_it(block: str) -> None:
    assert read_plain(block, 4) is None
    assert read_plain("hue: red\n" + block, 4) is None
    assert read_plain(block + "hue: red\n", 4) is None or not block.endswith("\n")
