"""Rewriting a file to one language: the meaning, the comments and every other byte stay."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from definitions.loading.loader import load_paths, load_text
from definitions.model import vocabulary as v
from definitions.reference.example_files import finding_codes, finding_example, key_examples
from definitions.reference.translate import translate
from definitions.reference.translate_values import translate_value
from tracks.events.canonical_json import canonical

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted(ROOT.glob("examples/*/*.yaml"))
LANGS: tuple[v.Lang, ...] = get_args(v.Lang)
CODES = [code for code in finding_codes() if not finding_example(code).outside]
KEYS = key_examples()
MIXED = """\ufeff# Ett spår: med kommentar
track:   x      # id
namn: "X: ett"\r
type: jobbspår
employers:
- {id: norrbygg,   namn: Norrbygg AB}   # inte ett krav
facts: {siktar_på: [arbete, studier], körkort: {type: ja/nej, åtkomst: restricted}, inskriven: datum}
target_group:
  krav: [siktar_på = arbete, {regel: "kön = kvinna  och  inte körkort", reason: 'arbete eller studier'}, dagar_sedan(inskriven) > 30]
intake: {starter: löpande, order: [företräde, dagar_sedan(inskriven) highest first]}
steps:
- &ett {id: slut_på_a, type: yrkesvux, längd: 1 week, kostnad: 1200 per vecka,
  vid_resultat: {klar: nästa, not_passed: {gör_om: 1, then: avsluta}}}
- {id: b, typ: stöd, from: 2 veckor före slut på slut_på_a, till: 1 month after employment, om: resultat(slut_på_a) = done}
- {id: c, typ: insats, namn: nästa, from: when needed, ansvarig: employer, gäller: deltagare}
mål:
- {id: m, namn: M, räknar: utfall = arbete och varade(1 month), bland: inte n, mätt: 3 months after exit}
- {id: n, name: N, räknar: employer i spåret}
"""


def taken(text: str) -> str:
    loaded = load_text(text)
    assert [str(d) for d in loaded.diagnostics if d.severity.value == "error"] == []
    assert loaded.track is not None
    return canonical(loaded.track.meaning())


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_every_example_means_the_same_in_both_languages_and_comes_back_byte_for_byte(file: Path) -> None:
    before = file.read_bytes().decode("utf-8")
    texts = {lang: translate(before, lang) for lang in LANGS}
    assert before in texts.values()
    assert translate(texts["en"], "sv") == texts["sv"]
    assert translate(texts["sv"], "en") == texts["en"]
    original = {one.path: one for one in load_paths([file.parent], tests=True)}
    for text in texts.values():
        again = {one.path: one for one in load_paths([file.parent], instead={str(file): text}, tests=True)}
        assert again[str(file)].diagnostics == ()
        if (suite := original[str(file)].suite) is not None:
            assert getattr(again[str(file)].suite, "cases", None) == suite.cases
            continue
        one, other = original[str(file)].track, again[str(file)].track
        assert one is not None
        assert other is not None
        assert canonical(one.meaning()) == canonical(other.meaning())


def test_a_file_in_mixed_keys_becomes_one_language_and_nothing_else_is_touched() -> None:
    english, swedish = translate(MIXED, "en"), translate(MIXED, "sv")
    assert taken(MIXED) == taken(english) == taken(swedish)
    assert translate(english, "sv") == swedish
    assert english.startswith('\ufeff# Ett spår: med kommentar\ntrack:   x      # id\nname: "X: ett"\r\ntype:')
    assert "employers:\n- {id: norrbygg,   name: Norrbygg AB}   # inte ett krav\n" in english
    assert (
        "[siktar_på = arbete, {rule: \"sex = woman  and  not körkort\", reason: 'arbete eller studier'}, days_since(inskriven) > 30]"
        in english
    )
    assert "facts: {siktar_på: [arbete, studier], körkort: {type: yes/no, access: restricted}, inskriven: date}" in english
    assert "order: [precedence, days_since(inskriven) highest first]" in english
    assert "length: 1 week, cost: 1200 per week,\n  on_result: {done: next, not_passed: {retry: 1, then: end}}}" in english
    assert "from: 2 weeks before end of slut_på_a, until: 1 month after employment, when: result(slut_på_a) = done}" in english
    assert "name: nästa, from: when needed, responsible: employer, subject: participant}" in english
    assert (
        "counts: outcome = work and lasted(1 month), among: not n, at: 3 months after exit}\n- {id: n, name: N, counts: employer in track}"
        in english
    )
    assert "namn: nästa, från: vid behov, ansvarig: arbetsgivare, gäller: deltagare}" in swedish
    assert "räknar: arbetsgivare i_spåret" in swedish
    assert "till: 1 månad efter anställning, om: resultat(slut_på_a) = klar}" in swedish


def test_what_cannot_be_read_stays_as_it_is() -> None:
    for text in ("", "a: [", "- a", "\x00"):
        assert translate(text, "en") == text


@pytest.mark.parametrize("code", CODES)
def test_a_broken_file_keeps_its_findings_when_it_is_rewritten(code: str) -> None:
    text = (ROOT / "tests/definitions/loading/broken").rglob(f"{code}*.yaml").__next__().read_text("utf-8")
    for lang in LANGS:
        kept = translate(text, lang)
        assert kept.count("\n") == text.count("\n")
        assert len(re.findall("#", kept)) == len(re.findall("#", text))


@pytest.mark.parametrize("name", KEYS)
def test_no_swedish_word_of_the_language_is_left_in_an_english_example(name: str) -> None:
    section, _, key = name.partition(".")
    english = translate(f"{v.key(key, 'sv', section)}: {KEYS[name].example}", "en", section)
    assert translate(english, "en", section) == english
    swedish = set(v.KEYS.values()) - set(v.KEYS)
    assert [word for word in re.findall(r"(?:^|[{ ])([\wåäö]+):", english) if word in swedish] == []


@pytest.mark.parametrize(
    ("form", "swedish", "english"),
    [
        ("length", "1 arbetsdag", "1 working day"),
        ("length", "10  arbetsdagar", "10  working days"),
        ("point", "slut på x", "end of x"),
        ("point", "10 arbetsdagar före slut på x", "10 working days before end of x"),
        ("begins", "vid behov", "when needed"),
        ("moment", "3 månader efter avslut", "3 months after exit"),
        ("at", "periodens slut", "end of period"),
        ("money", "1200 per vecka", "1200 per week"),
        ("queue", "ålder lägst först", "age lowest first"),
        ("rule", "(känd(ålder) eller inte utvald) och resultat(x) != överhoppad", "(known(age) or not selected) and result(x) != skipped"),
        ("rule", "utbildningsnivå >= gymnasium", "schooling >= upper_secondary"),
        ("rule", "nivå = annat och kön = annat", "nivå = annat and sex = other"),
        ("who", "arbetsgivare", "employer"),
        ("result", "ej_anställd", "not_hired"),
        ("text", "klar", "klar"),
    ],
)
def test_a_value_is_said_in_both_languages(form: str, swedish: str, english: str) -> None:
    assert translate_value(swedish, form, "en") == english
    assert translate_value(english, form, "sv") == swedish
    assert translate_value(swedish, form, "sv") == swedish
