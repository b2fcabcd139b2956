"""What the law and the field ask of a track: said where it is wanting, in both languages, and not where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from definitions.loading.loader import load_paths, load_text
from definitions.model.catalogues import message

HEAD = "spår: x\nnamn: X\ntyp: förberedande spår\nsteg: [{id: praktik, typ: praktik, längd: 8 veckor}]\n"
ENGLISH = "track: x\nname: X\ntype: förberedande spår\nsteps: [{id: placement, type: praktik, length: 8 weeks}]\n"
VUX = "spår: x\nnamn: X\ntyp: förberedande spår\nsteg:\n- {id: vux, typ: yrkesvux, längd: 8 veckor}\n"


def codes(text: str) -> list[str]:
    return [found.code for found in load_text(text).diagnostics]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (HEAD + "uppgifter: {diagnos: ja/nej}\n", "JS142"),
        (HEAD + "uppgifter: {hinder: {typ: ja/nej, namn: Diagnos enligt läkare}}\n", "JS142"),
        (HEAD + "uppgifter: {hinder: [språk, adhd, annat]}\n", "JS142"),
        (ENGLISH + "facts: {medical-history: yes/no}\n", "JS142"),
        (HEAD + "uppgifter: {sjukskriven: ja/nej}\n", "JS143"),
        (HEAD + "uppgifter: {tid: {typ: tal, namn: Veckor i medicinsk rehabilitering}}\n", "JS143"),
        (ENGLISH + "facts: {health: [poor, fair, good]}\n", "JS143"),
        (HEAD + "beskrivning: Vi frågar om diagnos och mediciner vid första samtalet.\n", "JS144"),
        (HEAD + "texter: {Hinder: Skriv ned deltagarens sjukdomar så noga som möjligt.}\n", "JS144"),
        (
            HEAD.replace("8 veckor}", "8 veckor, beskrivning: Handledaren antecknar symtom.}"),
            "JS144",
        ),
        (ENGLISH + "description: Describe any medication in the plan.\n", "JS144"),
        (HEAD + "uppgifter: {funktionsnedsättning: ja/nej}\n", "JS110"),
        (HEAD + "uppgifter: {födelseår: tal}\n", "JS110"),
        (HEAD + "uppgifter: {har_hbtq_vana: ja/nej}\n", "JS110"),
        (HEAD + "uppgifter: {grupp: {typ: ja/nej, namn: Etnisk tillhörighet}}\n", "JS110"),
        (ENGLISH + "facts: {pregnant: yes/no}\n", "JS110"),
        (HEAD + "målgrupp: {krav: [ålder >= 18]}\n", "JS109"),
        (ENGLISH + "target_group: {entry: [born_abroad]}\n", "JS109"),
        (HEAD + "intag: {turordning: [ålder lägst först]}\n", "JS108"),
        (VUX.replace("- {id: vux", "- {id: sfi, typ: insats, namn: Sfi, längd: 8 veckor}\n- {id: vux"), "JS141"),
        (VUX.replace("- {id: vux", "- {id: s, typ: insats, namn: Svenskundervisning, längd: 8 veckor}\n- {id: vux"), "JS141"),
        (
            ENGLISH.replace(
                "[{id: placement",
                "[{id: l, type: insats, name: Language course, length: 8 weeks}, {id: v, type: yrkesvux, length: 8 weeks}, {id: placement",
            ),
            "JS141",
        ),
        (HEAD.replace("förberedande spår", "jobbspår"), "JS101"),
        (HEAD.replace("förberedande spår", "jobbspår") + "arbetsgivare: [{id: a, namn: A}]\n", "JS140"),
        (HEAD + "mål: [{id: m, namn: M}]\n", "JS150"),
        (ENGLISH + "goals: [{id: m, name: M, at_least: 60 %}]\n", "JS150"),
        (HEAD + "mål: [{id: m, namn: M, status: struket}]\n", "JS153"),
    ],
)
def test_what_is_wanting_is_said(text: str, code: str) -> None:
    assert codes(text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "uppgifter: {färdigutredd: {typ: ja/nej, namn: Medicinskt färdigutredd, åtkomst: begränsad}}\n",
        HEAD + "uppgifter: {hälsa: {typ: [svag, god], åtkomst: begränsad}}\n",
        HEAD + "uppgifter: {plats_i_kön: tal, tro_på_jobb: ja/nej, man_månader: tal}\n",
        HEAD + "uppgifter: {religion: {typ: ja/nej, grund: religion}}\n",
        HEAD + "beskrivning: Diagnoser antecknas inte. Skriv vad som behövs i arbetet.\n",
        HEAD + "beskrivning: Vårdcentralen är en av parterna. Fråga om arbetstider.\n",
        HEAD + "texter: {Hinder: Ohälsa är vanligt; socialtjänsten och vården sitter vid samma bord.}\n",
        ENGLISH + "description: No diagnosis is ever recorded.\n",
        HEAD + "målgrupp: {krav: [{regel: ålder >= 18, skäl: Maskinerna kräver det}]}\n",
        VUX + "- {id: sfi, typ: insats, namn: Sfi, parallellt_med: vux}\n",
        VUX + "- {id: sfi, typ: insats, namn: Svenska, längd: 8 veckor}\n",
        VUX.replace("- {id: vux", "- {id: språkrör, typ: kartläggning, längd: 8 veckor}\n- {id: vux"),
        HEAD + "mål: [{id: m, namn: M, status: struket, beslut: {datum: 2026-01-01, av: Nämnden, skäl: Underlaget höll inte}}]\n",
        HEAD.replace("förberedande spår", "jobbspår") + "arbetsgivare: [{id: a, namn: A, avtal: {undertecknat: 2026-01-01}}]\n",
    ],
)
def test_what_is_right_raises_no_alarm(text: str) -> None:
    assert codes(text) == []


def test_no_example_raises_an_alarm() -> None:
    loaded = load_paths([Path(__file__).parents[3] / "examples"])
    assert [(one.path, one.diagnostics) for one in loaded if one.diagnostics] == []


@pytest.mark.parametrize("code", ["JS140", "JS141", "JS142", "JS143", "JS144"])
def test_advice_is_a_warning_and_the_track_is_taken(code: str) -> None:
    asked = next(
        text
        for text in (
            HEAD.replace("förberedande spår", "jobbspår") + "arbetsgivare: [{id: a, namn: A}]\n",
            VUX.replace("- {id: vux", "- {id: sfi, typ: insats, namn: Sfi, längd: 8 veckor}\n- {id: vux"),
            HEAD + "uppgifter: {diagnos: ja/nej}\n",
            HEAD + "uppgifter: {sjukskriven: ja/nej}\n",
            HEAD + "beskrivning: Anteckna diagnoser.\n",
        )
        if codes(text) == [code]
    )
    assert load_text(asked).track is not None


@pytest.mark.parametrize(
    ("code", "source"),
    [
        ("JS101", "Delegationen"),
        ("JS108", "iskriminer"),
        ("JS109", "iskriminer"),
        ("JS110", "iskriminer"),
        ("JS140", "vsiktsförklaring"),
        ("JS141", "IFAU"),
        ("JS142", "artikel 9"),
        ("JS143", "artikel 9"),
        ("JS144", "artiklarna 5 och 9"),
        ("JS150", "DUA"),
        ("JS153", "Jobbnätet"),
    ],
)
def test_where_a_rule_comes_from_is_said_with_it(code: str, source: str) -> None:
    assert source in message(f"{code}.why", "sv")


def test_the_finding_points_at_the_word_in_the_text() -> None:
    (found,) = load_text(HEAD + "beskrivning: Vi antecknar diagnoser här.\n").diagnostics
    assert (found.span.col, found.span.end_col) == (27, 36)


def test_the_evidence_is_said_with_the_warning() -> None:
    (found,) = load_text(VUX.replace("- {id: vux", "- {id: sfi, typ: insats, namn: Sfi, längd: 8 veckor}\n- {id: vux")).diagnostics
    assert "IFAU" in found.hint("sv")
    assert "IFAU" in found.hint("en")
