"""Broken tracks: each mistake gives its code at its place, all mistakes of a file at once, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from definitions.loading.loader import load_text
from definitions.reference.example_files import finding_codes

HEAD = "spår: x\nnamn: X\ntyp: förberedande spår\n"
STEP = "steg: [{id: första, typ: kartläggning}]\n"
WITH_STEPS = HEAD + "parter: [kommun]\nuppgifter: {körkort: ja/nej}\nsteg:\n- {id: första, typ: kartläggning}\n"
MARK = "▶"

# A mark stands before the place where the finding is expected; it is taken out before the text is read.
TOP: list[tuple[str, str]] = [
    ("JS043", "▶vecker: 3"),
    ("JS043", "▶parterna: [kommun]"),
    ("JS022", "parter: [a]\n▶partners: [b]"),
    ("JS031", "▶ägare:"),
    ("JS029", 'ägare: ▶""'),
    ("JS030", "ägare: ▶[a]"),
    ("JS032", "parter: ▶[]"),
    ("JS033", "parter: [▶Kommun]"),
    ("JS026", "parter: [k▶\u0430mmun]"),
    ("JS046", "parter: [kommun, ▶kommun]"),
    ("JS045", "period: ▶2026"),
    ("JS036", "period: {från: ▶1 maj}"),
    ("JS037", "period: {från: ▶2026-02-30}"),
    ("JS037", "period: {från: ▶0001-01-01}"),
    ("JS103", "period: {från: 2026-02-01, till: ▶2026-01-01}"),
    ("JS057", "texter: ▶[a]"),
    ("JS028", "beskrivning: ▶" + "x" * 20_001),
    ("JS044", "arbetsgivare: [▶{id: a}]"),
    ("JS051", "arbetsgivare: [{id: a, namn: A}, {id: ▶a, namn: B}]"),
    ("JS052", "arbetsgivare: [{id: a, namn: A, bransch: ▶Bygg}]"),
    ("JS053", "arbetsgivare: [{id: a, namn: A, behov: {yrke: ▶71}}]"),
    ("JS034", "arbetsgivare: [{id: a, namn: A, behov: {tjänster: ▶många}}]"),
    ("JS035", "arbetsgivare: [{id: a, namn: A, behov: {tjänster: ▶0}}]"),
    ("JS054", "uppgifter: ▶[körkort]"),
    ("JS048", "uppgifter: {▶ålder: tal}"),
    ("JS048", "uppgifter: {▶efter: tal}"),
    ("JS055", "uppgifter: {körkort: ▶ja}"),
    ("JS056", "uppgifter: {nivå: ▶[A]}"),
    ("JS046", "uppgifter: {nivå: [A, ▶A]}"),
    ("JS049", "uppgifter: {nivå: [A, ▶mycket bra]}"),
    ("JS049", "uppgifter: {nivå: [A, ▶eller]}"),
    ("JS042", "uppgifter: {a: {typ: ja/nej, åtkomst: ▶hemlig}}"),
    ("JS042", "uppgifter: {a: {typ: ja/nej, grund: ▶vikt}}"),
    ("JS110", "uppgifter: {▶religion: ja/nej}"),
    ("JS206", "målgrupp: {krav: [▶körkort]}"),
    ("JS206", 'målgrupp: {krav: ["▶körkort"]}'),
    ("JS206", "målgrupp: {krav: ['inte ▶körkort']}"),
    ("JS109", "målgrupp: {krav: [▶ålder >= 18]}"),
    ("JS109", "målgrupp: {löpande_krav: [utvald, ▶kön = kvinna]}"),
    ("JS109", "uppgifter: {tro: {typ: ja/nej, grund: religion}}\nmålgrupp: {krav: [▶tro]}"),
    ("JS044", "målgrupp: {krav: [▶{skäl: därför}]}"),
    ("JS059", "uppgifter: {nivå: [A, B]}\nintag: {turordning: [▶nivå]}"),
    ("JS061", "intag: {turordning: [▶väg_in högst först]}"),
    ("JS062", "intag: {turordning: [▶forturer högst först]}"),
    ("JS216", "uppgifter: {nivå: [A, B]}\nintag: {turordning: [▶dagar_sedan(nivå) högst först]}"),
    ("JS108", "intag: {turordning: [företräde, ▶ålder högst först]}"),
    ("JS046", "intag: {turordning: [företräde, ▶företräde]}"),
    ("JS058", "intag: {starter: [2026-01-01, ▶2026-01-01]}"),
    ("JS044", "intag: {starter: [▶{platser: 3}]}"),
    ("JS104", "period: {till: 2026-01-01}\nintag: {starter: [2025-12-01, ▶2026-01-01]}"),
    ("JS134", "intag: {starter: [{datum: 2026-01-01, hos: ▶norrbygg}]}"),
    ("JS106", "intag: {starter: [2026-01-01], platser: 3, minst_antal: ▶4}"),
    ("JS106", "intag: {starter: [{datum: 2026-01-01, platser: 3, minst_antal: ▶4}]}"),
    ("JS107", "intag: {starter: löpande, ▶minst_antal: 4}"),
    ("JS107", "intag: {▶ansluta_inom: 2 veckor}"),
    ("JS038", "intag: {svar_inom: ▶2 veckar}"),
    ("JS038", "intag: {svar_inom: ▶en vecka}"),
    ("JS039", "intag: {svar_inom: ▶0 veckor}"),
    ("JS039", "intag: {svar_inom: ▶" + "9" * 5000 + " veckor}"),
    ("JS038", "uppföljning: [avslut, ▶sedan]"),
    ("JS046", "uppföljning: [1 vecka, ▶1 vecka]"),
    ("JS063", "överföringar: ▶[fk]"),
    ("JS044", "överföringar: {fk: ▶{tar_med: [a]}}\nuppgifter: {a: ja/nej}"),
    ("JS113", "överföringar: {fk: {mottagare: Försäkringskassan, tar_med: [▶plan]}}"),
    ("JS114", "överföringar: {fk: {mottagare: ▶fk}}"),
    ("JS125", "överföringar: {fk: {mottagare: ▶x}}"),
    ("JS115", "bygger_på: ▶y"),
    ("JS118", "▶utan: [första]"),
    ("JS044", "mål: [▶{id: a, indikator: kolada}]"),
    ("JS051", "mål: [{id: a, namn: A, indikator: kolada}, {id: ▶a, namn: B, indikator: kolada}]"),
    ("JS150", "mål: [▶{id: a, namn: A}]"),
    ("JS151", "mål: [{id: a, namn: A, indikator: ▶kolad}]"),
    ("JS066", "mål: [{id: a, namn: A, indikator: kolada, ▶räknar: utfall = arbete}]"),
    ("JS047", "mål: [{id: a, namn: A, indikator: kolada, minst: ▶120 %}]"),
    ("JS047", "mål: [{id: a, namn: A, indikator: kolada, minst: ▶hälften}]"),
    ("JS157", "mål: [{id: a, namn: A, indikator: kolada, minst: 70 %, högst: ▶60 %}]"),
    ("JS152", "uppgifter: {a: ja/nej}\nmål: [{id: ▶a, namn: A, indikator: kolada}]"),
    ("JS153", "mål: [{id: a, namn: A, indikator: kolada, status: ▶struket}]"),
    ("JS044", "mål: [{id: a, namn: A, status: struket, beslut: ▶{datum: 2026-01-01, av: Nämnden}}]"),
    ("JS154", "mål: [{id: a, namn: A, räknar: utfall = arbete, bland: inte ▶b}]"),
    ("JS155", "mål: [{id: a, namn: A, räknar: utfall = arbete, mätt: ▶periodens slut}]"),
    ("JS042", "mål: [{id: a, namn: A, räknar: utfall = arbete, mätt: ▶alltid}]"),
    ("JS215", "mål: [{id: a, namn: A, räknar: utfall = ▶jobb}]"),
    ("JS042", "mål: [{id: a, namn: A, räknar: utfall = arbete, bland: ▶a}]"),
    ("JS206", "mål: [{id: a, namn: A, räknar: utfall = arbete, bland: utvald eller ▶b}]"),
    ("JS044", "mål: [{id: a, namn: A, indikator: kolada, jämförelse: ▶{namn: riket}}]"),
]

STEPS: list[tuple[str, str]] = [
    ("JS044", "- ▶{id: a}"),
    ("JS045", "- ▶a"),
    ("JS042", "- {id: a, typ: ▶prakktik}"),
    ("JS050", "- {id: ▶a, typ: insats}"),
    ("JS051", "- {id: ▶första, typ: praktik}"),
    ("JS069", "- {id: a, typ: insats, namn: CV, ▶brev och intervju}"),
    ("JS048", "- {id: ▶antagning, typ: praktik}"),
    ("JS048", "- {id: ▶fråga, typ: praktik}"),
    ("JS112", "- {id: a, typ: praktik, ansvarig: ▶komun}"),
    ("JS042", "- {id: a, typ: praktik, gäller: ▶alla}"),
    ("JS132", "- {id: a, typ: praktik, gäller: ▶omgång}"),
    ("JS120", "- {id: a, typ: praktik, efter: [första, ▶b]}"),
    ("JS120", "- {id: a, typ: praktik, efter: ▶a}"),
    ("JS120", "- {id: a, typ: praktik, parallellt_med: ▶b}"),
    ("JS120", "- {id: a, typ: stöd, från: start på ▶b}"),
    ("JS123", "- {id: a, typ: stöd, efter: [▶antagning, första]}"),
    ("JS121", "- {id: a, typ: stöd, ▶efter: första, till: avslut}"),
    ("JS121", "- {id: a, typ: stöd, ▶efter: första, gäller: arbetsgivare}"),
    ("JS121", "- {id: a, typ: stöd, ▶parallellt_med: första, från: antagning}"),
    ("JS121", "- {id: a, typ: stöd, ▶parallellt_med: första, från: vid behov}"),
    ("JS040", "- {id: a, typ: stöd, från: ▶början}"),
    ("JS038", "- {id: a, typ: stöd, från: ▶2 år efter antagning}"),
    ("JS133", "- {id: a, typ: stöd, från: ▶2 veckor före anställning}"),
    ("JS133", "- {id: a, typ: stöd, från: ▶2 veckor före antagning}"),
    ("JS135", "- {id: a, typ: stöd, från: ▶avslut}"),
    ("JS124", "- {id: a, typ: praktik, efter: ▶b}\n- {id: b, typ: praktik, efter: a}"),
    ("JS124", "- {id: a, typ: praktik, efter: ▶b}\n- {id: b, typ: stöd, från: slut på a}"),
    ("JS124", "- {id: a, typ: praktik, efter: ▶b}\n- {id: b, typ: stöd, till: avslut}"),
    ("JS206", "- {id: a, typ: praktik, om: ▶bil}"),
    ("JS213", "- {id: a, typ: praktik, om: resultat(▶andra) = klar}"),
    ("JS214", "- {id: a, typ: praktik, om: resultat(första) = ▶anställd}"),
    ("JS224", "- {id: a, typ: praktik, om: ▶fullföljd}"),
    ("JS220", "- {id: a, typ: praktik, om: arbetsgivare = ▶b}\narbetsgivare: [{id: c, namn: C}]"),
    ("JS109", "- {id: a, typ: praktik, kräver: [▶utrikesfödd]}"),
    ("JS037", "- {id: a, typ: praktik, starter: [▶2026-13-01]}"),
    ("JS035", "- {id: a, typ: praktik, platser: ▶0}"),
    ("JS035", "- {id: a, typ: praktik, platser: ▶" + "9" * 100_000 + "}"),
    ("JS034", "- {id: a, typ: praktik, platser: ▶-1}"),
    ("JS134", "- {id: a, typ: praktik, platser: {▶norrbygg: 2}}"),
    ("JS134", "- {id: a, typ: praktik, hos: [▶norrbygg]}"),
    ("JS046", "- {id: a, typ: praktik, faser: [ett, ▶ett]}"),
    ("JS111", "- {id: a, typ: praktik, ger: [körkort, ▶bil]}"),
    ("JS049", "- {id: a, typ: praktik, resultat: [▶gick bra]}"),
    ("JS064", "- {id: a, typ: praktik, vid_resultat: ▶fråga}"),
    ("JS128", "- {id: a, typ: praktik, vid_resultat: {▶anställd: fråga}}"),
    ("JS128", "- {id: a, typ: förberedande anställning, vid_resultat: {▶klar: fråga}}"),
    ("JS022", "- {id: a, typ: praktik, vid_resultat: {klar: fråga, ▶done: nästa}}"),
    ("JS127", "- {id: a, typ: praktik, från: vid behov, ▶vid_resultat: {klar: fråga}}"),
    ("JS129", "- {id: a, typ: praktik, vid_resultat: {klar: ▶fråg}}"),
    ("JS129", "- {id: a, typ: praktik, vid_resultat: {klar: {gå_till: ▶b}}}"),
    ("JS129", "- {id: a, typ: praktik, vid_resultat: {ej_klar: {gör_om: 1, sedan: {gå_till: ▶b}}}}"),
    ("JS130", "- {id: a, typ: praktik, vid_resultat: {klar: {överför: ▶fk}}}"),
    ("JS131", "- {id: a, typ: praktik, vid_resultat: {klar: {gå_till: ▶b}}}\n- {id: b, typ: stöd, från: vid behov}"),
    ("JS065", "- {id: a, typ: praktik, vid_resultat: {klar: ▶{sedan: fråga}}}"),
    ("JS043", "- {id: a, typ: praktik, vid_resultat: {klar: {gör_om: 1, ▶högst: 2}}}"),
    ("JS126", "- {id: a, typ: praktik, vid_resultat: {klar: avsluta, ej_klar: avsluta, avbruten: avsluta}}\n- {id: ▶b, typ: praktik}"),
    ("JS038", "- {id: a, typ: praktik, längd: ▶3}"),
    ("JS035", "- {id: a, typ: praktik, timmar_per_vecka: ▶200}"),
    ("JS041", "- {id: a, typ: praktik, kostnad: ▶12 kr}"),
    ("JS041", "- {id: a, typ: praktik, kostnad: ▶1e9}"),
    ("JS043", "- {id: a, typ: praktik, ▶arbetsgivare: b}\narbetsgivare: [{id: b, namn: B}]"),
]


RING = ("{id: a, namn: A, räknar: utfall = arbete, bland: inte ▶b}", "{id: b, namn: B, räknar: utfall = studier, bland: inte ▶a}")


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    places = []
    while (at := text.find(MARK)) >= 0:
        places.append((text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)))
        text = text[:at] + text[at + 1 :]
    return text, places


def check(code: str, text: str) -> None:
    plain, places = marked(text)
    loaded = load_text(plain)
    assert loaded.track is None
    assert [(d.code, (d.span.line, d.span.col)) for d in loaded.diagnostics] == [(code, place) for place in places]


@pytest.mark.parametrize(("code", "text"), TOP)
def test_a_mistake_in_a_track_is_found_where_it_stands(code: str, text: str) -> None:
    check(code, HEAD + STEP + text + "\n")


@pytest.mark.parametrize(("code", "text"), STEPS)
def test_a_mistake_in_a_step_is_found_where_it_stands(code: str, text: str) -> None:
    check(code, WITH_STEPS + text + "\n")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("JS101", f"spår: x\nnamn: X\ntyp: ▶jobbspår\n{STEP}"),
        ("JS139", "spår: ▶x\nnamn: X\ntyp: förberedande spår\n"),
        ("JS139", "spår: ▶x\nnamn: X\ntyp: förberedande spår\nsteg: [{id: a, typ: stöd, från: vid behov}]\n"),
        ("JS042", f"spår: x\nnamn: X\ntyp: ▶spår\n{STEP}"),
        ("JS044", f"▶spår: x\ntyp: förberedande spår\n{STEP}"),
        ("JS033", f"spår: ▶Mitt spår\nnamn: X\ntyp: förberedande spår\n{STEP}"),
        ("JS068", "spår: x\nnamn: X\ntyp: förberedande spår\nsteg: ▶{id: a}\n"),
        ("JS070", "▶namn: Deltagare\nägare: Kommunen\n"),
        ("JS072", "indikator: ▶kolada\nnamn: X\nkälla: Y\nräknar: utfall = arbete\n"),
        ("JS044", "▶indikator: egen\nnamn: X\nräknar: utfall = arbete\n"),
        ("JS158", f"{HEAD}{STEP}mål:\n- {RING[0]}\n- {RING[1]}\n"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_whole_is_found_where_it_stands(code: str, text: str) -> None:
    check(code, text)


def test_all_mistakes_of_a_file_are_found_in_one_run() -> None:
    text, places = marked(
        "spår: x\nnamn: X\ntyp: ▶jobbspår\nuppgifter: {körkort: ja/nej, ▶religion: ja/nej}\n"
        "målgrupp: {krav: [▶körkor, ▶ålder >= 18]}\nsteg:\n- {id: a, typ: praktik, ▶vecker: 3, efter: ▶b}\n"
    )
    codes = ["JS101", "JS110", "JS206", "JS109", "JS043", "JS120"]
    found = load_text(text).diagnostics
    assert [(d.code, (d.span.line, d.span.col)) for d in found] == list(zip(codes, places, strict=True))


def test_what_could_not_be_read_is_not_called_missing_as_well() -> None:
    text = HEAD + "uppgifter: {körkort: kanske}\nsteg:\n- {id: a, typ: praktik, om: körkort, ger: [körkort]}\n"
    assert [d.code for d in load_text(text).diagnostics] == ["JS055"]
    text = "spår: x\nnamn: X\ntyp: jobbspår\narbetsgivare: [{id: Ä, namn: Ä}]\n" + STEP
    assert [d.code for d in load_text(text).diagnostics] == ["JS033"]


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        (HEAD + STEP + "parterna: [a]\n", "parter"),
        ("track: x\nname: X\ntype: förberedande spår\npartner: [a]\nsteps: [{id: a, type: praktik}]\n", "partners"),
        (WITH_STEPS + "- {id: a, typ: prakttik}\n", "praktik"),
        (WITH_STEPS + "- {id: a, typ: praktik, om: korkort}\n", "körkort"),
        (WITH_STEPS + "- {id: a, typ: praktik, efter: forsta}\n", "första"),
        (WITH_STEPS + "- {id: a, typ: praktik, arbetsgivare: b}\narbetsgivare: [{id: b, namn: B}]\n", "hos"),
        (WITH_STEPS + "- {id: a, typ: praktik, vid_resultat: {klart: fråga}}\n", "klar"),
        (HEAD + STEP + "mål: [{id: a, namn: A, indikator: kolad}]\n", "kolada"),
    ],
)
def test_a_misspelt_word_gets_the_nearest_one_in_the_authors_language(text: str, suggestion: str) -> None:
    (found,) = load_text(text).diagnostics
    assert found.suggestion == suggestion
    assert f"”{suggestion}”" in found.message("sv")
    assert found.message("en").endswith(f"Did you mean “{suggestion}”?")


def test_every_code_that_can_be_found_is_explained_and_none_is_left_over() -> None:
    package = Path(__file__).parents[3] / "definitions"
    used = set(re.findall(r'"(JS\d{3})"', "".join(p.read_text("utf-8") for p in package.rglob("*.py") if "examples" not in p.parts)))
    assert used == set(finding_codes())
