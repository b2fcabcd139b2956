"""What people write instead of what the language has, and what is proposed to them; nothing is where it is not clear."""

from __future__ import annotations

from random import Random

import pytest

from definitions.model.spelling import _slips, nearest
from definitions.model.vocabulary import Lang
from definitions.parsing.suggestions import suggest


@pytest.mark.parametrize(
    ("kind", "written", "swedish", "english"),
    [
        ("date", "2026-9-1", "2026-09-01", "2026-09-01"),
        ("date", "2026/09/01", "2026-09-01", "2026-09-01"),
        ("date", "20260901", "2026-09-01", "2026-09-01"),
        ("date", "260901", "2026-09-01", "2026-09-01"),
        ("date", "1 september 2026", "2026-09-01", "2026-09-01"),
        ("date", "den 1:a sept 2026", "2026-09-01", "2026-09-01"),
        ("date", "Sept 1st, 2026", "2026-09-01", "2026-09-01"),
        ("date", "1/9 2026", "2026-09-01", "2026-09-01"),
        ("date", "1.9.2026", "2026-09-01", "2026-09-01"),
        ("date", "1 sept", "", ""),
        ("date", "2026-02-30", "", ""),
        ("date", "i höst", "", ""),
        ("length", "2v", "2 veckor", "2 weeks"),
        ("length", "2 wk", "2 veckor", "2 weeks"),
        ("length", "ca två veckor", "2 veckor", "2 weeks"),
        ("length", "en månad", "1 månad", "1 month"),
        ("length", "1 MÅN", "1 månad", "1 month"),
        ("length", "10 arb.dagar", "10 arbetsdagar", "10 working days"),
        ("length", "6 vardagar", "6 arbetsdagar", "6 working days"),
        ("length", "2 år", "24 månader", "24 months"),
        ("length", "ett kvartal", "3 månader", "3 months"),
        ("length", "1,5 år", "18 månader", "18 months"),
        ("length", "0.5 years", "6 månader", "6 months"),
        ("length", "ett halvår", "6 månader", "6 months"),
        ("length", "1,5 vecka", "", ""),
        ("length", "varannan vecka", "2 veckor", "2 weeks"),
        ("length", "3 vecker", "3 veckor", "3 weeks"),
        ("length", "avslut, 1 mån", "[avslut, 1 månad]", "[avslut, 1 month]"),
        ("length", "14", "", ""),
        ("length", "2-3 veckor", "", ""),
        ("length", "2 timmar", "", ""),
        ("length", "0 veckor", "", ""),
        ("point", "start praktik", "start på praktik", "start of praktik"),
        ("point", "slutet av praktik", "slut på praktik", "end of praktik"),
        ("point", "3 mån efter anställningen", "3 månader efter anställning", "3 months after employment"),
        ("point", "2 weeks before end of praktik", "2 veckor före slut på praktik", "2 weeks before end of praktik"),
        ("point", "när som helst", "", ""),
        ("number", "tolv", "12", "12"),
        ("number", "12 st", "12", "12"),
        ("number", "1 000", "1000", "1000"),
        ("number", "-1", "", ""),
        ("number", "många", "", ""),
        ("money", "12 000 kr", "12000", "12000"),
        ("money", "12 tkr", "12000", "12000"),
        ("money", "12000:-", "12000", "12000"),
        ("money", "1200/vecka", "1200 per vecka", "1200 per week"),
        ("money", "1200 kr i veckan", "1200 per vecka", "1200 per week"),
        ("money", "12.50", "", ""),
        ("money", "gratis", "", ""),
        ("share", "70 procent", "70 %", "70 %"),
        ("share", "minst 70 %", "70 %", "70 %"),
        ("share", "120 %", "", ""),
        ("share", "hälften", "", ""),
        ("id", "Norrbygg AB", "norrbygg_ab", "norrbygg_ab"),
        ("id", "Café Åsö", "cafe_åsö", "cafe_åsö"),
        ("id", "kommun, af", "[kommun, af]", "[kommun, af]"),
        ("id", "!!", "", ""),
        ("word", "mycket bra", "mycket_bra", "mycket_bra"),
        ("word", "eller", "", ""),
        ("fact_type", "bool", "ja/nej", "yes/no"),
        ("fact_type", "heltal", "tal", "number"),
        ("fact_type", "fritext", "", ""),
        ("sector", "bygg", "F", "F"),
        ("sector", "f", "F", "F"),
        ("sector", "Vård och omsorg", "Q", "Q"),
        ("sector", "annat än så", "", ""),
    ],
)
def test_what_was_meant_is_proposed_in_the_words_of_the_language(kind: str, written: str, swedish: str, english: str) -> None:
    said: dict[Lang, str] = {"sv": swedish, "en": english}
    assert {lang: suggest(kind, written, lang) for lang in said} == said


@pytest.mark.parametrize("kind", ["date", "length", "point", "number", "money", "share", "id", "word", "fact_type", "sector"])
def test_whatever_is_written_is_answered(kind: str) -> None:
    for written in (
        "",
        " ",
        "1" * 10_000,
        " 1" * 10_000,
        "a " * 10_000,
        "1 1 " * 20 + "x",
        "ca " * 26,
        "\n",
        ",",
        ",,",
        "1,",
        "é",
        "\u0660",
    ):
        assert isinstance(suggest(kind, written, "sv"), str)


KNOWN = ("ägare", "namn", "parter", "period", "arbetsgivare", "målgrupp", "längd", "vid_resultat", "ej_klar", "utfall", "första", "B")


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("agare", "ägare"),
        ("ÄGARE", "ägare"),
        ("namm", "namn"),
        ("parterna", "parter"),
        ("arbetsgivaren", "arbetsgivare"),
        ("lnägd", "längd"),
        ("vid resultat", "vid_resultat"),
        ("ej-klar", "ej_klar"),
        ("b", "B"),
        ("c", None),
        ("alla", None),
        ("kommentar", None),
        ("", None),
        ("x" * 1_000, None),
    ],
)
def test_a_name_is_near_when_a_third_of_its_letters_at_most_is_wrong(written: str, near: str | None) -> None:
    assert nearest(written, KNOWN) == near


def test_the_nearest_of_several_is_chosen_whatever_their_order() -> None:
    assert nearest("praktikn", ["praktikant", "praktiken", "praktik_b"]) == "praktiken"
    assert nearest("praktikn", ["praktik_b", "praktiken", "praktikant"]) == "praktiken"


def all_slips(one: str, other: str) -> int:
    """The same by the book: every cell of the table, nothing left out."""
    rows = [[n + m if not n or not m else 0 for m in range(len(other) + 1)] for n in range(len(one) + 1)]
    for n in range(1, len(one) + 1):
        for m in range(1, len(other) + 1):
            rows[n][m] = min(rows[n - 1][m] + 1, rows[n][m - 1] + 1, rows[n - 1][m - 1] + (one[n - 1] != other[m - 1]))
            if n > 1 and m > 1 and one[n - 1] == other[m - 2] and one[n - 2] == other[m - 1]:
                rows[n][m] = min(rows[n][m], rows[n - 2][m - 2] + 1)
    return rows[-1][-1]


def test_slips_are_counted_as_by_the_book() -> None:
    random = Random(2)
    for _ in range(3_000):
        one, other = ("".join(random.choice("abc") for _ in range(random.randint(0, 8))) for _ in range(2))
        most = random.randint(1, 5)
        assert min(_slips(one, other, most), most) == min(all_slips(one, other), most), (one, other, most)
