"""What a note claims: blocks, roles, tags, ids, and what each claim may be derived from."""

from __future__ import annotations

import pytest

from tests.unit.proof.claimed import claims_in, claims_of, the_claim
from vaultcheck.config import Config
from vaultcheck.formula.write import to_text
from vaultcheck.proof.model import Claim, Role, Unasserted, Way
from vaultcheck.proof.status import Status

LAWS = "# Laws\n\n$$V = R\\,I$$\n^ohm\n\n$g = 1/R$ ^g\n\n## Power\n\n$P = V I$ and $E = P t$\n"


def said(claim: Claim) -> list[str]:
    """The premises of a claim, written out."""
    return [to_text(premise.reading.relations[0]) for premise in claim.premises]


# Roles


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("$V = R I$", Role.DEFINITION),
        ("$f(x) = x^2 + 1$", Role.DEFINITION),
        ("$q := 2 p$", Role.DEFINITION),
        ("$a = b$, $b = c$, then $a = c$", Role.CLAIM),
        ("$E_K = -90\\,\\mathrm{mV}$", Role.VALUE),
        ("$V(0) = 0$", Role.VALUE),
        ("$a = b \\Rightarrow b = a$", Role.STEP),
        ("$x^2 = 4$", Role.CONDITION),
        ("$x > 0$", Role.CONDITION),
        ("$x = 2,\\ x = -2$", Role.ROOTS),
        ("$x^2 = 4 \\Rightarrow x = 2$", Role.ROOTS),
        ("$$\\begin{cases} x + y = 3 \\\\ x - y = 1 \\end{cases}$$", Role.SYSTEM),
        ("- $V = R_1 I_1$\n- $V = R_2 I_2$", Role.SYSTEM),
        ("$C \\frac{dV}{dt} = I - \\frac{V}{R}$", Role.DEFINITION),
        ("$h = \\sigma(a) = \\frac{1}{1 + e^{-a}}$", Role.DEFINITION),
        ("$2 + 2 = 4$", Role.CLAIM),
        ("$(a + b)^2 = a^2 + 2 a b + b^2$", Role.CLAIM),
        ("$V = R I$ #to_verify", Role.CLAIM),
        ("The seal is good. #to_verify", Role.TEXT),
    ],
)
def test_role(text: str, role: Role) -> None:
    assert the_claim(text).role is role


def test_each_line_of_a_derivation_is_a_step_of_its_own() -> None:
    first, second, third = claims_in(
        "$$\\begin{aligned} (a+b)^2 &= a^2 + 2 a b + b^2 \\\\ &= a b + a^2 + a b + b^2 \\\\ &= a^2 \\end{aligned}$$"
    )
    assert [first.role, second.role, third.role] == [Role.CLAIM, Role.STEP, Role.STEP]
    assert to_text(third.reading.relations[0]).endswith("= a^2")
    assert first.location.span < second.location.span < third.location.span
    assert not third.premises


def test_what_stands_before_the_arrow_is_a_premise_of_what_follows() -> None:
    supposed, step = claims_in("$a = 2 b \\Rightarrow a - b = b$")
    assert not supposed.judged
    assert said(step) == ["a = 2 · b"]
    assert step.premises[0].stated
    assert step.premises[0].claim == supposed.id


def test_the_title_of_a_callout_states_something_where_it_is_tagged() -> None:
    title, body = claims_in("> [!satz]- $a + a = 2 a$ #to_verify\n> By $b + b = 2 b$.")
    assert title.status is Status.OPEN
    assert to_text(title.reading.relations[0]) == "a + a = 2 · a"
    assert body.status is None
    assert len(claims_in("> [!satz] $a + a = 2 a$\n> By $b + b = 2 b$.")) == 1


def test_the_german_verb_begins_what_is_said_of_what_was_supposed() -> None:
    claims = claims_in("Mit $a = 1$ und $b = 2$ ist $c = a + b$. #zu_prüfen")
    (claim,) = [claim for claim in claims if claim.judged]
    assert to_text(claim.reading.relations[0]) == "c = a + b"
    assert said(claim) == ["a = 1", "b = 2"]


def test_what_one_sentence_supposes_does_not_count_for_the_next() -> None:
    claims = claims_in("If $a = 1$, then $b = 2 c$. If $a = 3$, then $b = 4 c$. #to_verify")
    assert [said(claim) for claim in claims if claim.judged] == [["a = 1"], ["a = 3"]]
    arrows = "$$0 < a < b \\Rightarrow \\frac{1}{a} > \\frac{1}{b}$$\nand\n$$a < b < 0 \\Rightarrow b > a$$"
    assert [said(claim) for claim in claims_in(arrows) if claim.judged] == [["0 < a", "a < b"], ["a < b", "b < 0"]]


def test_a_definition_is_judged_once_its_author_links_or_marks_or_tags_it() -> None:
    assert not the_claim("$I = g V$").judged
    assert the_claim("$I = g V$ #verified").judged
    assert the_claim("$I = g V$ by [[Laws#^ohm]]", Laws=LAWS).judged
    assert the_claim("$I = g V$\nwith:: g = 1/R").judged
    assert not the_claim("$I = g V$, see [[Laws]]", Laws=LAWS).judged


# Names


def test_claims_are_named_by_block_or_line() -> None:
    text = "One $a = b$ and $c = d$.\n\nTwo\n$$e = f$$\n^two\n\n- $g = h$\n- $i = j$\n\n^list\n"
    assert [claim.id for claim in claims_in(text)] == ["A:1", "A:1.2", "A#^two", "A#^list", "A#^list.2"]


def test_names_hold_the_folder() -> None:
    files = {"X/N.md": "$a = b$ ^q\n", "Y/N.md": "$a = b$ ^q\n"}
    assert [claim.id for claim in claims_of(files)] == ["X/N#^q", "Y/N#^q"]


# Tags


@pytest.mark.parametrize(
    ("tags", "status", "misspelt"),
    [
        ("#to_verify", Status.OPEN, False),
        ("#to_verfy", Status.OPEN, True),
        ("#verifed", Status.SETTLED, True),
        ("#to_verify #verifed", Status.OPEN, False),
        ("#verified #wrong", Status.DISPUTED, False),
        ("#verified/by-hand", Status.SETTLED, False),
        ("#a_vérifier", Status.OPEN, False),
        ("#physics", None, False),
    ],
)
def test_tags(tags: str, status: Status | None, misspelt: bool) -> None:
    claim = the_claim(f"$a = b$ {tags}")
    assert (claim.status, claim.misspelt) == (status, misspelt)


def test_a_tag_speaks_of_the_conclusion() -> None:
    hypothesis, conclusion = claims_in("If $I = 0$, then $V = 0$ by [[Laws#^ohm]]. #to_verify", Laws=LAWS)
    assert (hypothesis.status, conclusion.status) == (None, Status.OPEN)
    assert said(conclusion) == ["V = R · I", "I = 0"]


def test_tags_alone_behind_a_display_belong_to_it() -> None:
    assert the_claim("$$a = b$$\n\n#to_verify").status is Status.OPEN


def test_a_line_with_tags_of_every_family_explains_them() -> None:
    assert the_claim("$a = b$ #to_verify #verified #disputed").status is None


# Blocks


def test_a_display_belongs_to_the_text_that_touches_it_and_to_what_leads_into_it() -> None:
    for text in ("By [[Laws#^ohm]]\n$$V = I R$$", "By [[Laws#^ohm]]:\n\n$$V = I R$$", "$$V = I R$$\nby [[Laws#^ohm]]"):
        assert the_claim(text, Laws=LAWS).way is Way.BLOCKS
    assert not the_claim("By [[Laws#^ohm]].\n\n$$V = I R$$", Laws=LAWS).judged


@pytest.mark.parametrize(
    "text",
    [
        "> [!note] Mind\n> $a = b$ #to_verify",
        "| x | y |\n|---|---|\n| 1 | $a = b$ #to_verify |",
        "1. $a = b$ #to_verify",
    ],
)
def test_claims_stand_in_every_kind_of_block(text: str) -> None:
    assert the_claim(text).judged


def test_code_and_comments_state_nothing() -> None:
    assert not claims_in("```\n$a = b$ #to_verify\n```\n\n`$a = b$`\n\n%% $a = b$ %%\n")


def test_percent_signs_in_code_hide_nothing() -> None:
    text = "```mermaid\n%% a remark\n```\n\n$a = b$ %% $c = d$ %%\n\n%%\n$e = f$\n%%\n"
    assert [to_text(claim.reading.relations[0]) for claim in claims_in(text)] == ["a = b"]


# Premises


def test_from_goes_before_other_links() -> None:
    for mark in (
        "from:: [[Laws#^ohm]]",
        "(from:: [[Laws#^ohm]])",
        "[from:: [[Laws#^ohm]]]",
        "%% from:: [[Laws#^ohm]] %%",
    ):
        claim = the_claim(f"$V = I R$, and [[Laws#^g]]\n{mark}", Laws=LAWS)
        assert (claim.way, said(claim)) == (Way.FROM, ["V = R · I"]), mark
        assert claim.explicit.from_


def test_block_and_heading_links() -> None:
    claim = the_claim("$E = V I t$ by [[Laws#^ohm]] and [[Laws#Power]]", Laws=LAWS)
    assert claim.way is Way.BLOCKS
    assert said(claim) == ["V = R · I", "P = V · I", "E = P · t"]
    assert [premise.claim for premise in claim.premises] == ["Laws#^ohm", "Laws:10", "Laws:10.2"]
    assert claim.premises[0].link is not None


def test_a_linked_note_gives_at_most_twelve_those_that_share_a_name_first() -> None:
    many = "\n\n".join(f"$x_{{{n}}} = y_{{{n}}}$" for n in range(20)) + "\n\n$V = q w$\n"
    claim = the_claim("$V = 2$ as in [[Many]] #to_verify", Many=many)
    assert claim.way is Way.NOTES
    assert len(claim.premises) == 12
    assert said(claim)[0] == "V = q · w"


def test_what_stands_earlier_in_the_section_then_in_the_note() -> None:
    text = "$a = b$\n\n# One\n\n$b = c$\n\n{}$a = c$ #to_verify"
    assert the_claim(text.format("")).way is Way.SECTION
    assert said(the_claim(text.format(""))) == ["b = c"]
    later = the_claim(text.format("## Deeper\n\n"))
    assert (later.way, said(later)) == (Way.NOTE, ["a = b", "b = c"])


def test_what_is_itself_in_question_is_no_premise_unless_it_is_named() -> None:
    text = "$a = b$ #to_verify ^q\n\n$a = 2 b$ {} #to_verify"
    assert not the_claim(text.format("")).premises
    assert said(the_claim(text.format("[[#^q]]"))) == ["a = b"]


@pytest.mark.parametrize(
    "words",
    [
        "Unlike {}",
        "In contrast to {}",
        "See also {}",
        "Cf. {}",
        "See also {}, {} and {}",
        "Contrairement à la {}",
        "Im Gegensatz zu {}",
        "A differenza di {}",
        "A diferencia de {}",
    ],
)
def test_a_contrast_is_no_premise(words: str) -> None:
    text = words.replace("{}", "[[Laws#^ohm]]") + " $V = I R$. #to_verify"
    assert the_claim(text, Laws=LAWS).way is Way.NONE


def test_the_link_behind_a_contrast_counts() -> None:
    text = "Unlike [[Laws#^g]], and as [[Laws#^ohm]] says, $V = I R$. #to_verify"
    assert said(the_claim(text, Laws=LAWS)) == ["V = R · I"]


def test_a_claim_is_never_its_own_premise() -> None:
    assert not the_claim("$a = b$ by [[#^me]] #to_verify ^me").premises


def test_equations_of_the_author() -> None:
    for mark in (
        "with:: R = 1/g, I = PSC",
        "[with:: R = 1/g; $I = PSC$]",
        "%% with:: R = 1/g, I = PSC %%",
        "(with:: R = 1/g, I = PSC)",
    ):
        claim = the_claim(f"**PSC** = current (pA)\n\n$PSC = g V$ by [[Laws#^ohm]] {mark} #to_verify", Laws=LAWS)
        if mark.startswith("with"):
            claim = the_claim(f"**PSC** = current (pA)\n\n$PSC = g V$ by [[Laws#^ohm]] #to_verify\n{mark}", Laws=LAWS)
        assert said(claim) == ["V = R · I", "R = 1/g", "I = PSC"]
        assert [premise.stated for premise in claim.premises] == [False, True, True]


def test_values_that_are_given() -> None:
    claim = the_claim("$v = V_{max}/2$ (given:: [S] = K_m) #to_verify\ngiven:: T = 310.15 K, x = 1,5 mV")
    assert said(claim) == ["[S] = K_m", "T = 310.15 K", "x = 1.5 mV"]
    assert claim.explicit.given


def test_marks_elsewhere_are_somebodys_own_fields() -> None:
    assert not claims_in("from:: [[Laws#^ohm]]\n", Laws=LAWS)
    assert not claims_in("given:: a letter\nwith:: regards\n")


# Words


def test_a_claim_in_words_has_its_links_as_evidence() -> None:
    claim = the_claim(
        "The seal is good, because [[Laws#^g|the door is shut]] and [[Nowhere]]. #verified ^good", Laws=LAWS
    )
    assert (claim.id, claim.role, claim.status) == ("A#^good", Role.TEXT, Status.SETTLED)
    assert [link.linkpath for link in claim.evidence] == ["Laws"]


def test_tags_without_words_claim_nothing() -> None:
    assert not claims_in("#to_verify #physics\n\n---\n")


# Not asserted


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("~~$a = b$~~", Unasserted.STRUCK),
        ("> $a = b$", Unasserted.QUOTED),
        ("> [!fail]\n> $a = b$", Unasserted.CALLOUT),
        ("## Exercise 3\n\n$a = b$", Unasserted.EXERCISE),
        ("Suppose $a = b$.", Unasserted.SUPPOSED),
        ("$a \\neq b$", Unasserted.QUESTIONED),
        ("$a \\stackrel{?}{=} b$", Unasserted.QUESTIONED),
        ("| case | b |\n|---|---|\n| 1 | $a = b$ |", Unasserted.CASES),
        ("| what | example |\n|---|---|\n| 1 | $a = b$ |", Unasserted.CASES),
        ("<% tp.x %> $a = b$", Unasserted.CODE),
        ("Not only sodium: $a = b$.", None),
        ("Space $a~~= b$ and $c~~= d$.", None),
        ("The wrong cell was used.\n\nHere $a = b$.", None),
    ],
)
def test_what_is_not_asserted(text: str, why: Unasserted | None) -> None:
    claim = the_claim(text)
    assert claim.unasserted is why
    assert the_claim(text.replace("$.", "$").rstrip(" |") + " #to_verify" + (" |" if text.endswith("|") else "")).judged


# Configuration and order


def test_tags_of_the_configuration() -> None:
    config = Config(tags=Config().tags._replace(open=("todo",)))
    (claim,) = claims_of({"A.md": "$a = b$ #todo\n"}, config)
    assert claim.status is Status.OPEN


def test_the_order_is_that_of_paths_and_places() -> None:
    files = {"B.md": "$c = d$\n\nWords #to_verify\n\n$e = f$\n", "A.md": "$a = b$\n"}
    claims = claims_of(files)
    assert [claim.id for claim in claims] == ["A:1", "B:1", "B:3", "B:5"]
    assert claims == claims_of(dict(reversed(files.items())))


def test_arithmetic_is_marked() -> None:
    assert the_claim("$1 + 1 = 3$").arithmetic
    assert not the_claim("$f(2) = 3$").arithmetic
    assert not the_claim("In binary $1 + 1 = 10$").arithmetic


def test_private_characters_of_a_note_stand_for_nothing() -> None:
    (claim,) = claims_in("An icon \ue000\uf8f1 and $g$ \ue001: conductance (nS), $a = b$ #to_verify")
    assert to_text(claim.reading.relations[0]) == "a = b"
