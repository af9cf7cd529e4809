"""The page of the map: whole, escaped, the same for the same rows, and stable from one version to the next."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from html.parser import HTMLParser

import pytest

from tests.map_rows import CLAIMS, FILES, rows_of
from vaultcheck.findings import Severity
from vaultcheck.proof.model import Standing
from vaultcheck.reports.concept_map import page as pages
from vaultcheck.reports.concept_map.colours import SEVERITIES, STANDINGS
from vaultcheck.reports.concept_map.encode import encoded
from vaultcheck.reports.concept_map.page import render
from vaultcheck.reports.concept_map.previous import is_ours, read

HOSTILE = '"><script>alert(1)</script>'
PAGE = render(rows_of(claims=CLAIMS))["index.html"]


def part(page: str, name: str) -> object:
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def scene(page: str) -> dict[str, object]:
    loaded = part(page, "map")
    assert isinstance(loaded, dict)
    return loaded


class Elements(HTMLParser):
    """The elements of a page, with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_same_rows_give_the_same_bytes() -> None:
    assert render(rows_of(claims=CLAIMS)) == render(rows_of(claims=CLAIMS))


def test_the_page_says_no_day_unless_it_is_given_one() -> None:
    assert "2001-02-03" in render(rows_of(), "2001-02-03")["index.html"]
    assert not re.search(r"<p class=\"said\">\s*\d{4}", PAGE)


def test_the_policy_allows_the_one_script_and_the_one_style_and_nothing_else() -> None:
    policy = dict(Elements(PAGE).found[3][1])["content"] or ""
    found = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', PAGE)
    assert found
    policy = html.unescape(found[1])
    assert policy.startswith("default-src 'none'; ")
    for kind, text in (("script", re.findall(r"<script>(.*?)</script>", PAGE, re.DOTALL)),
                       ("style", re.findall(r"<style>(.*?)</style>", PAGE, re.DOTALL))):  # fmt: skip
        [only] = text
        digest = base64.b64encode(hashlib.sha256(only.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_page_asks_the_network_for_nothing_and_tells_nothing_of_the_machine() -> None:
    for tag, attributes in Elements(PAGE).found:
        assert not {"src", "srcset", "action", "style"} & set(attributes), tag
        assert (attributes.get("href") or "#").startswith(("#", "data:,"))
        assert not [name for name in attributes if name.startswith("on")]
    assert "@import" not in PAGE
    assert "url(" not in re.sub(r"<script>.*?</script>", "", PAGE, flags=re.DOTALL)


def test_every_note_and_finding_is_in_the_list_without_scripts() -> None:
    listed = PAGE[PAGE.index('<section id="list"') : PAGE.index('<script type="application/json"')]
    for path in FILES:
        if path.endswith(".md"):
            title = path.rpartition("/")[2].removesuffix(".md")
            assert re.search(rf"<li>{title}\b", listed)
    assert "there is no" in html.unescape(listed)
    for claim in CLAIMS:
        assert f"<code>{html.escape(claim.latex)}</code>" in listed


def test_claims_are_counted_by_standing_where_the_eye_falls_first() -> None:
    head = PAGE[PAGE.index("<header") : PAGE.index("</header>")]
    assert re.search(r"<b>2</b> refuted", head)
    assert re.search(r"<b>1</b> settled", head)
    assert "circular" not in head


def test_a_vault_without_claims_shows_no_count_of_claims() -> None:
    page = render(rows_of())["index.html"]
    assert 'data-family="standing"' not in page


def test_each_state_has_its_colours_mark_and_meaning() -> None:
    assert list(STANDINGS) == list(Standing)
    assert list(SEVERITIES) == list(Severity)
    for table in (list(STANDINGS.values()), list(SEVERITIES.values())):
        for column in ("light", "dark", "mark", "meaning"):
            values = [getattr(swatch, column) for swatch in table]
            assert all(values)
            assert len(set(values)) == len(values)


@pytest.mark.parametrize("state", [*Standing, *Severity])
def test_the_style_sheet_takes_its_colours_from_the_tables(state: Standing | Severity) -> None:
    swatch = STANDINGS[state] if isinstance(state, Standing) else SEVERITIES[state]
    style = PAGE[PAGE.index("<style>") : PAGE.index("</style>")]
    assert f"--{state.value}:{swatch.light};" in style
    assert style.count(f"--{state.value}:{swatch.dark};") == 2
    assert f".{state.value}{{--state:var(--{state.value})}}" in style


def contrast(one: str, other: str) -> float:
    """The contrast of two colours. Source: WCAG 2.2, "contrast ratio"."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_marks_can_be_seen_on_both_grounds() -> None:
    for swatch in (*STANDINGS.values(), *SEVERITIES.values()):
        assert contrast(swatch.light, "#ffffff") >= 3
        assert contrast(swatch.dark, "#15171b") >= 4.5


def test_claims_carry_premises_places_steps_and_their_note() -> None:
    claims = scene(PAGE)["claims"]
    assert isinstance(claims, list)
    assert [claim["premises"] for claim in claims] == [[], [0], [1], [2], [3], []]
    assert claims[4]["elsewhere"] == ["Else#^where"]
    assert [claim["place"][0] for claim in claims[:5]] == [0, 1, 2, 3, 4]
    assert claims[1]["steps"][1] == ["by Ohm's law", None]
    assert claims[1]["steps"][0][1].startswith("<math")
    assert [claim["row"] for claim in claims] == [3, 1, 2, 4, 5, 0]


def test_hostile_names_and_texts_stay_text() -> None:
    files = {
        f"{HOSTILE.replace('/', '')}.md": f"[[{HOSTILE}]] #tag\n## {HOSTILE}\n[x](javascript:alert(1))",
        "B.md": f"---\nkey: '{HOSTILE}'\naliases: ['</script>']\n---\n$\\text{{{HOSTILE}}}$ \u2028 [[C</script>]]",
    }
    page = render(rows_of(files))["index.html"]
    assert page.count("<script") == PAGE.count("<script")
    assert page.count("</script>") == PAGE.count("</script>")
    assert not [tag for tag, attributes in Elements(page).found if any(name.startswith("on") for name in attributes)]
    assert "\u2028" not in page
    assert page.count('href="javascript') == 0


def test_json_cannot_end_its_element_or_a_line() -> None:
    text = "</script><!--\u2028\u2029&"
    assert not set(encoded([text])) & set("<>&\u2028\u2029")
    assert json.loads(encoded([text])) == [text]


def test_a_large_map_keeps_cards_in_files_beside_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MANY", 3)
    monkeypatch.setattr(pages, "A_FILE", 4)
    made = render(rows_of())
    assert sorted(made) == [
        "index.html",
        "map-data/cards-0.js",
        "map-data/cards-1.js",
        "map-data/cards-2.js",
        "map-data/words.js",
    ]
    assert 'id="cards"' not in made["index.html"]
    assert "'strict-dynamic'" in html.unescape(made["index.html"][:1500])
    loaded = [re.fullmatch(r'vaultcheckPart\("([\w-]+)",(.*)\);\n', made[path], re.DOTALL) for path in sorted(made)[1:]]
    assert [found[1] for found in loaded if found] == ["cards-0", "cards-1", "cards-2", "words"]
    assert sum(len(json.loads(found[2])) for found in loaded[:3] if found) == len(rows_of().rows)


def test_the_page_is_read_back_and_nothing_moves() -> None:
    first = rows_of()
    page = render(first)["index.html"]
    earlier = read(page)
    assert is_ours(page)
    assert earlier is not None
    assert render(rows_of(earlier=earlier))["index.html"] == page


def test_a_large_map_with_many_attachments_is_read_back_and_nothing_moves() -> None:
    links = {f"F{i % 9}/{i}.md": f"[[{(i * 7) % 400}]] ![[{i}.png]] ![[{i} b.png]] [[No {i % 50}]]" for i in range(400)}
    files = {**links, **{f"pictures/{i}{b}.png": "" for i in range(400) for b in ("", " b")}}
    first = rows_of(files)
    assert not first.layout.natural
    page = render(first)
    assert render(rows_of(files, earlier=read(page["index.html"]))) == page


def test_one_more_note_leaves_the_others_where_they_were() -> None:
    files = {f"F/{i}.md": f"[[{(i * 7) % 40}]] [[{i // 2}]]" for i in range(40)}
    before = rows_of(files)
    earlier = read(render(before)["index.html"])
    after = rows_of({**files, "F/new.md": "[[3]]"}, earlier=earlier)
    places = {row.path: place for row, place in zip(after.rows, after.layout.places, strict=True)}
    assert [places[row.path] for row in before.rows] == list(before.layout.places)
    assert set(before.names) == set(after.names)


def test_a_damaged_earlier_page_is_not_used() -> None:
    page = render(rows_of())["index.html"]
    for damaged in (page.replace('"x":[', '"x":[1,'), page.replace('"version":1', '"version":0'), page[:4000],
                    page.replace('"regions":[[', '"regions":[[[')):  # fmt: skip
        assert read(damaged) is None
