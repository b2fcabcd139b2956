"""People over time: what is counted in spans adds up to what the rest of the report counts."""

from collections.abc import Sequence
from datetime import date

import pytest

from tests.tracks.reports.samples import AS_OF, full_track, people
from tracks.privacy.cells import Cell, decide
from tracks.privacy.output_counts import Key
from tracks.reports.measures.series import TimeSpan, in_work, series_rows
from tracks.reports.text.column_chart import HEIGHT, column_chart


def cells(counts: Sequence[int | None]) -> dict[str, Cell]:
    keys: list[Key] = [(name,) for name in "abc"]
    known = {key: count or 0 for key, count in zip(keys, counts, strict=True)}
    shown = decide(known, [key for key, count in zip(keys, counts, strict=True) if count is None], [], 0)
    return {key[0]: shown.cell(key, known[key]) for key in keys}


def test_every_admission_and_every_exit_is_in_exactly_one_span() -> None:
    cases = people(full_track(), 120)
    rows = series_rows(cases, cases, AS_OF)
    sums = [sum(row.counts[n] for row in rows) for n in range(3)]
    assert sums == [sum(1 for one in cases if one.admitted), sum(1 for one in cases if one.exit), sum(map(in_work, cases))]
    assert all(left >= working for _, (_, left, working) in rows)


def test_the_spans_follow_one_another_from_the_first_admission_to_the_day() -> None:
    cases = people(full_track(), 5)
    first = min(one.admitted for one in cases if one.admitted)
    spans = [row.span for row in series_rows(cases, cases, AS_OF)]
    assert spans[0] == TimeSpan(first.year, (first.month - 1) // 3 + 1)
    assert spans[-1] == TimeSpan(2027, 2)
    assert spans == sorted(set(spans))


def test_where_quarters_are_many_years_are_counted() -> None:
    cases = people(full_track(), 5)
    rows = series_rows(cases, cases, date(2031, 1, 1))
    assert [str(row.span) for row in rows] == ["2026", "2027", "2028", "2029", "2030", "2031"]


def test_where_nobody_was_admitted_there_is_no_time_to_show() -> None:
    assert series_rows([], [], AS_OF) == ()
    assert column_chart([]).hidden


@pytest.mark.parametrize("counts", [(7, None, 0), (None, None, 1)])
def test_the_tallest_column_fills_the_chart_and_what_is_hidden_has_none(counts: tuple[int | None, ...]) -> None:
    chart = column_chart([(TimeSpan(2026, 4), cells(counts))])
    assert [one.height for one in chart.columns] == [HEIGHT]
    assert (chart.top, chart.labels[0].quarter, chart.labels[0].year) == (max(filter(None, counts)), "4", "2026")
