"""Formulas on the map: mathematics and nothing else, whatever is written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultcheck.reports.concept_map.formulas import DEEPEST, LONGEST, cleaned, depth, mathml


def test_a_formula_becomes_mathml() -> None:
    assert mathml(r"\frac{a}{b}", False) == "<math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>"
    assert (mathml("x", True) or "").startswith('<math display="block">')


def test_styles_become_classes_and_colours_since_the_page_forbids_styles() -> None:
    made = mathml(r"\begin{aligned}a&=\color{red}b\\c&=d\end{aligned}", True) or ""
    assert " style=" not in made
    assert 'class="mr pr"' in made
    assert 'mathcolor="#FF0000"' in made


@pytest.mark.parametrize(
    "latex",
    [r"\text{<script>alert(1)</script>}", r"\text{<img src=x onerror=alert(1)>}", r"\text{</math><script>}", "a<b"],
)
def test_text_in_a_formula_stays_text(latex: str) -> None:
    made = mathml(latex, False)
    assert made is not None
    assert set(re.findall(r"<(\w+)", made)) <= {"math", "mtext", "mi", "mo"}


@pytest.mark.parametrize(
    "latex",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\unknowncommand",
        r"\frac{a",
        "x" * (LONGEST + 1),
        "{" * 9000 + "}" * 9000,
        "{" * 9000,
        r"\left(" * (DEEPEST + 1),
        r"\begin{matrix}" * (DEEPEST + 1),
    ],
)
def test_what_cannot_be_shown_is_left_to_the_caller(latex: str) -> None:
    assert mathml(latex, False) is None


def test_sizes_and_equation_numbers_do_not_stand_in_the_way() -> None:
    assert mathml(r"\large v = a t \tag{3}", False) == mathml("v = a t", False)


def test_depth_counts_all_that_opens() -> None:
    assert depth(r"\{a\}") == 0
    assert depth("a_{b_{c}}") == 2
    assert depth("x^2") == 1
    assert depth(r"\left(\begin{array}{c}{x}\end{array}\right)") == 3


@pytest.mark.parametrize(
    "markup",
    [
        "<math><script>alert(1)</script></math>",
        "<math><a href=x>y</a></math>",
        "<math><annotation-xml encoding=text/html><b>x</b></annotation-xml></math>",
        "<math><mi>x</math>",
        "<math><mi>x</mi>",
        "<p>x</p>",
        "<math><mi>a < b</mi></math>",
        "<math><!-- x --></math>",
    ],
)
def test_markup_that_is_not_mathematics_is_refused(markup: str) -> None:
    assert cleaned(markup) is None


def test_attributes_that_are_not_known_are_dropped() -> None:
    assert cleaned('<math onclick="x()" id=a><mi href="javascript:x" mathvariant="normal">y</mi></math>') == (
        '<math><mi mathvariant="normal">y</mi></math>'
    )


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="abx\\{}[]^_&<>\"' =/fractextbgin$#%~", max_size=60), st.booleans())
def test_no_formula_makes_anything_but_known_elements(latex: str, display: bool) -> None:
    made = mathml(latex, display)
    if made is not None:
        assert cleaned(made) == made
        assert not re.search(r"<(?!/?(?:m[a-z]+|none|b|i)\b)", made)
        assert not re.search(r"\s(?:on\w+|href|style|src)=", made)
