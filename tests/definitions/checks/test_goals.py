"""A goal that counts the outcome measures it on a day that somebody is asked about; where nobody is, the check says so."""

from __future__ import annotations

import pytest

from definitions.loading.loader import load_text

HEAD = "spår: x\nnamn: X\ntyp: förberedande spår\nsteg: [{id: kurs, typ: insats, namn: Kurs, längd: 8 veckor}]\n"
OWN = "mål: [{{id: m, namn: M, räknar: {counts}, mätt: {at}, minst: 70 %}}]\n"
STRUCK = "mål: [{id: m, namn: M, indikator: kolada, status: struket, beslut: {datum: 2026-01-01, av: Nämnden, skäl: Höll inte}}]\n"


def codes(text: str) -> list[str]:
    return [found.code for found in load_text(text).diagnostics]


def goal(at: str, counts: str = "utfall = arbete") -> str:
    return OWN.format(counts=counts, at=at)


@pytest.mark.parametrize(
    "text",
    [
        goal("90 dagar efter avslut"),
        goal("12 månader efter avslut"),
        goal("5 arbetsdagar efter avslut") + "uppföljning: [avslut, 1 vecka]\n",
        goal("avslut", "inte utfall = okänt") + "uppföljning: [3 månader, 6 månader, 12 månader]\n",
        goal("3 månader efter avslut", "varade(1 månad)") + "uppföljning: [avslut]\n",
        "mål: [{id: m, namn: M, räknar: utfall = arbete}]\nuppföljning: [3 månader]\n",
        "mål: [{id: m, namn: M, indikator: kolada, minst: 60 %}]\nuppföljning: [3 månader]\n",
        "mål: [{id: m, namn: M, indikator: esf, minst: 60 %}]\nuppföljning: [avslut, 3 månader]\n",
    ],
)
def test_a_goal_whose_day_no_follow_up_asks_about_is_told(text: str) -> None:
    assert codes(HEAD + text) == ["JS164"]


@pytest.mark.parametrize(
    "text",
    [
        goal("avslut"),
        goal("6 månader efter avslut"),
        goal("28 dagar efter avslut") + "uppföljning: [4 veckor]\n",
        goal("2027-06-30"),
        goal("någon gång"),
        goal("avslut", "resultat(kurs) = klar") + "uppföljning: [3 månader]\n",
        "mål: [{id: m, namn: M, indikator: kolada, minst: 60 %}, {id: n, namn: N, indikator: esf, minst: 60 %}]\n",
        STRUCK + "uppföljning: [3 månader]\n",
    ],
)
def test_a_goal_whose_day_is_asked_about_or_that_asks_of_no_outcome_raises_no_alarm(text: str) -> None:
    assert codes(HEAD + text) == []


def test_the_remedy_names_the_day_of_the_goal_and_those_that_are_asked_about() -> None:
    (found,) = load_text(HEAD + goal("90 dagar efter avslut") + "uppföljning: [avslut, 3 månader]\n").diagnostics
    assert "90 dagar" in found.message("sv")
    assert "avslut, 3 månader" in found.hint("sv")
    assert "90 days" in load_text(
        "track: x\nname: X\ntype: förberedande spår\nsteps: [{id: kurs, type: insats, name: Kurs, length: 8 weeks}]\n"
        "goals: [{id: m, name: M, counts: outcome = work, at: 90 days after exit}]\n"
    ).diagnostics[0].hint("en")
