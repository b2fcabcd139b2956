"""Explanations: every code, key and word has one in both languages, and its examples are what they are said to be."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from definitions.checks.goals import READY
from definitions.loading.consequential_findings import ADVICE
from definitions.loading.loader import load_paths, load_text
from definitions.model import vocabulary as v
from definitions.model.track import Step, Track
from definitions.model.value_types import FORMS
from definitions.reference import example_files
from definitions.reference.example_files import finding_codes, finding_example, key_examples, word_examples
from definitions.reference.explain import INDICATORS, describe_value, explain, names, render_word_example, suggest_name, translate_example
from definitions.reference.word_tables import WORD_TABLES

HEAD = "spår: x\nnamn: X\ntyp: förberedande spår\n"
STEP = "steg: [{id: första, typ: kartläggning}]\n"
WITH_STEPS = HEAD + "parter: [kommun]\nuppgifter: {körkort: ja/nej}\nsteg:\n- {id: första, typ: kartläggning, längd: 2 veckor}\n"
WHOLE = ("spår:", "track:", "indikator:", "indicator:", "- spår", "namn: Deltagare", "name: Deltagare", "prov:", "test:")
# What is wrong only beside another file; tests/definitions/loading/broken has them in folders.
BESIDE = {"JS067", "JS116", "JS119", "JS156", "JS302"}
LANGS: tuple[v.Lang, ...] = get_args(v.Lang)
CODES = [code for code in finding_codes() if not finding_example(code).outside]
KEYS = key_examples()


@cache
def around() -> dict[str, Track]:
    return {one.track.track: one.track for one in load_paths([Path(__file__).parents[3] / "examples"]) if one.track}


def whole(example: str) -> str:
    if example.startswith("- {id"):
        return WITH_STEPS + example + "\n"
    return example + "\n" if example.startswith(WHOLE) else HEAD + STEP + example + "\n"


def codes(example: str, code: str = "") -> list[str]:
    """Examples show one thing each: advice on what else a whole track would have is no part of them."""
    return sorted({d.code for d in load_text(whole(example), around=around()).diagnostics} - (ADVICE - {code}))


def test_no_code_lacks_an_example() -> None:
    assert [code for code in finding_codes() if not all(finding_example(code)[:2])] == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("code", CODES)
def test_the_bad_example_of_a_code_gives_that_code_alone_and_the_good_one_nothing(code: str, lang: v.Lang) -> None:
    bad, good, _ = finding_example(code)
    if code not in BESIDE:
        assert codes(translate_example(bad, lang), code) == [code]
    if code != "JS116":
        assert codes(translate_example(good, lang), code) == []


@pytest.mark.parametrize("code", CODES)
def test_the_examples_of_a_code_have_the_keys_of_the_language_that_is_asked_for(code: str) -> None:
    swedish = set(v.KEYS.values()) - set(v.KEYS)
    for example in finding_example(code)[:2]:
        assert swedish.isdisjoint(re.findall(r"([\wåäö]+):", translate_example(example, "en")))


@pytest.mark.parametrize("code", ["JS140", "JS141", "JS142"])
def test_what_the_field_advises_against_is_a_warning_and_the_track_is_taken(code: str) -> None:
    taken = load_text(whole(finding_example(code).bad))
    assert {d.severity.value for d in taken.diagnostics} == {"warning"}
    assert taken.track is not None


def test_a_letter_signed_after_the_first_start_comes_too_late() -> None:
    text = (
        "spår: x\nnamn: X\ntyp: jobbspår\nsteg: [{id: a, typ: praktik, längd: 8 veckor}]\n"
        "intag: {starter: [2026-08-31, {datum: 2027-01-11, hos: b}]}\n"
        "arbetsgivare:\n- {id: a, namn: A, avtal: {undertecknat: 2026-09-01}}\n- {id: b, namn: B, avtal: {undertecknat: 2026-08-31}}\n"
    )
    assert [(d.code, d.span.line) for d in load_text(text).diagnostics] == [("JS149", 7)]


def test_language_that_vocation_does_not_wait_for_is_no_warning() -> None:
    steps = (
        "- {id: språkstöd, typ: insats, namn: Språk, längd: 8 veckor, efter: antagning}\n"
        "- {id: vux, typ: yrkesvux, längd: 20 veckor, efter: första}\n"
    )
    assert load_text(WITH_STEPS + steps).diagnostics == ()
    through = (
        "- {id: sfi, typ: insats, namn: Sfi, längd: 8 veckor}\n- {id: p, typ: praktik, längd: 8 veckor}\n"
        "- {id: vux, typ: yrkesvux, längd: 20 veckor}\n"
    )
    assert [d.code for d in load_text(WITH_STEPS + through).diagnostics] == ["JS141"]


def test_every_key_of_the_language_has_a_form_and_a_description() -> None:
    declared = sorted(f"{section}.{key}" for section, keys in v.SECTIONS.items() for key in keys)
    assert sorted(f"{section}.{key}" for section, keys in FORMS.items() for key in keys) == declared
    assert sorted(KEYS) == declared
    assert [name for name, written in KEYS.items() if not written.example] == []
    assert all(describe_value(form, lang) for keys in FORMS.values() for form in keys.values() for lang in LANGS)


def test_every_word_of_the_language_can_be_asked_about() -> None:
    tables = {name: value for name, value in vars(v).items() if name.isupper() and isinstance(value, type(v.KEYS))}
    known = {pair for words in WORD_TABLES.values() for pair in words.items()}
    elsewhere = {
        "KEYS", "CASE_KEYS", "SECTIONS", "SPELLINGS", "UNITS", "UNITS_SHOWN", "STEP_TYPE_SYNONYMS", "GROUND_SYNONYMS", "BUILT_IN_GROUNDS",
        "ACTION_KEYS", "EXCEPTED", "_PERHAPS",
    }  # fmt: skip
    assert [name for name, words in tables.items() if name not in elsewhere and not set(words.items()) <= known] == []


@pytest.mark.parametrize("lang", LANGS)
def test_every_word_has_an_example_with_the_word_in_it_and_no_example_is_left_over(lang: v.Lang) -> None:
    used = set()
    for table, words in WORD_TABLES.items():
        for code in words:
            used.add(f"{table}.{code}" if f"{table}.{code}" in word_examples() else table)
            said = render_word_example(table, code, lang)
            key, _, value = said.partition(": ")
            assert key in ([*v.KEYS.values(), *v.CASE_KEYS.values()] if lang == "sv" else v.KEYS)
            if code not in ("yes", "no", "in_track"):
                assert v.word(code, words, lang) in value
    assert used == set(word_examples())


@pytest.mark.parametrize("name", ["JS043", "js204", "svar_inom", "praktik"])
def test_an_explanation_reads_only_the_file_of_examples_that_it_needs(name: str) -> None:
    example_files._load.cache_clear()
    assert explain(name, "sv")
    assert example_files._load.cache_info().currsize == 1


@pytest.mark.parametrize("lang", LANGS)
def test_everything_that_can_be_asked_about_is_explained(lang: v.Lang) -> None:
    assert [name for name in names() if not explain(name, lang)] == []


def test_a_code_is_told_with_its_reason_and_both_examples() -> None:
    said = explain("js109", "en") or ""
    assert said.startswith("JS109 (error): The condition touches")
    assert "Discrimination Act" in said
    assert "    target_group: {entry: [age >= 18]}" in said
    assert "Write “{rule: …, reason: …}”" in said
    assert "    målgrupp: {krav: [ålder >= 18]}" in (explain("JS109", "sv") or "")


def test_a_key_is_told_wherever_it_may_stand_and_in_both_languages() -> None:
    said = explain("svar_inom", "sv") or ""
    assert "På engelska: answer_within" in said
    assert "Annars: 10 arbetsdagar" in said
    assert "Default: 10 working days" in (explain("svar_inom", "en") or "")
    assert (explain("kräver", "sv") or "").count("\nkräver: ") == 2
    assert (explain("steg.kräver", "sv") or "").count("kräver: ") == 2
    assert "an outcome of an enrolment" in (explain("arbete", "en") or "")
    assert explain("påhittat", "sv") is None


@pytest.mark.parametrize(
    ("written", "meant"), [("langd", "längd"), ("answer_withn", "answer_within"), ("arbte", "arbete"), ("js109x", "JS109")]
)
def test_a_misspelt_name_gets_the_nearest_one(written: str, meant: str) -> None:
    assert suggest_name(written) == meant


def test_the_defaults_that_are_told_are_those_of_the_model() -> None:
    whole_track = load_text(HEAD + STEP).track
    assert whole_track is not None
    intake = (
        "intag: {starter: löpande, minst_antal: 1, turordning: [företräde, anmälan], "
        "erbjud_före_start: 4 veckor, svar_inom: 10 arbetsdagar}\n"
    )
    spelt = load_text(HEAD + STEP + intake + "uppföljning: [avslut, 1 månad, 3 månader, 6 månader]\n").track
    assert spelt == whole_track
    assert Step(id="a", type="praktik", name="A").subject == "participant"
    defaults = {name: written.default for name, written in KEYS.items() if written.default}
    told_of_intake = [defaults[f"intake.{key}"] for key in ("starts", "minimum", "order", "offer_before_start", "answer_within")]
    assert told_of_intake == ["löpande", "1", "[företräde, anmälan]", "4 veckor", "10 arbetsdagar"]


@pytest.mark.parametrize("lang", LANGS)
def test_a_ready_measure_is_told_as_its_file_says_it(lang: v.Lang) -> None:
    assert sorted(READY) == sorted(path.stem for path in INDICATORS.glob("*.yaml"))
    for name in READY:
        told_of = explain(name, lang) or ""
        assert (f"{v.key('counts', lang)}: " in told_of, f"{v.key('source', lang)}: " in told_of, "#" in told_of) == (True, True, False)
    assert suggest_name("kolda") == "kolada"
