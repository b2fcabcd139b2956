"""The first lines of a report: a reader who sees nothing else knows how it goes, and nothing in them stands on no table."""

from __future__ import annotations

import re

import pytest

from tests.tracks.reports.samples import full_track, material, people
from tracks.reports.pages.report import render_report, report_values
from tracks.reports.text.results import GoalResult
from tracks.reports.text.summary import dropout_line, goal_lines, overdue_line, verdict_line


def goal(state: str, name: str = "G") -> GoalResult:
    return GoalResult(name.lower(), name, state, "", "53 %", "", "minst 70 %", "", "", "", (), (), None)


@pytest.mark.parametrize(
    ("states", "line"),
    [
        (["met", "missed", "open"], "1 av 3 mål är nådda."),
        (["missed", "missed"], "Inget av 2 mål är nått."),
        (["met", "met"], "Alla 2 mål är nådda."),
        (["met"], "Målet är nått."),
        (["missed"], "Målet är inte nått."),
        (["open", "hidden"], "Det är för tidigt att säga om målen nås."),
        (["hidden"], "Det går inte att visa om målen är nådda: de gäller för få personer."),
        (["struck", "none"], "Inget mål har en nivå att nå."),
    ],
)
def test_the_first_sentence_says_how_many_goals_are_met(states: list[str], line: str) -> None:
    assert verdict_line([goal(one) for one in states], "sv") == line


def test_goals_that_are_not_met_are_named_first_with_share_and_level() -> None:
    lines = list(goal_lines([goal("met", "A"), goal("missed", "B"), goal("struck", "C")], "sv"))
    assert lines == ["Inte nått: B (53 %, minst 70 %).", "Nått: A (53 %, minst 70 %)."]


def test_nothing_is_said_of_a_step_where_no_number_of_those_who_broke_off_may_be_shown() -> None:
    assert dropout_line([("Praktik", None, None)], "sv") == ""
    assert overdue_line([], "sv") == "Ingenting är försenat."


def test_every_number_of_the_summary_stands_in_a_table_of_the_page_or_is_the_sum_of_such() -> None:
    track = full_track()
    values = report_values(track, material(people(track, 120)), "sv")
    page = render_report(track, material(people(track, 120)), "sv")
    tables = re.sub(r"<[^>]+>", " ", page[page.index('id="goals"') :])
    late = sum(int(row[3]) for _, grid in values["overdue"] for row in grid.rows if row[3].isdecimal())
    begun = {str(sum(map(int, row[1:5]))) for row in values["steps"][0].rows if all(cell.isdecimal() for cell in row[1:5])}
    found = set(re.findall(r"\d+", " ".join(values["summary"])))
    assert {"4", "120"} & found
    assert found <= set(re.findall(r"\d+", tables)) | {str(late)} | begun
