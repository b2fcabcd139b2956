"""What the demo leaves: a handbook and a report for every track, and the last screen."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from commands.runtime.atomic_files import write_file
from commands.runtime.executable import activation
from commands.runtime.output import out
from commands.runtime.texts import message
from definitions.progress import Stage
from tracks.access.ledgers import open_ledger
from tracks.queries.reader import reading
from tracks.reports.measures.collector import ReportData, collect, collect_people
from tracks.reports.measures.figures import AT_EXIT, TOTAL, hidden_figures
from tracks.reports.measures.indicators import measure_goals, measure_programme
from tracks.reports.measures.population import OUTCOMES, join_transfers
from tracks.reports.measures.shown_counts import now_shown, overdue_shown, statuses_shown
from tracks.reports.pages.handbook import render_handbook
from tracks.reports.pages.report import ReportMaterial, render_programme_report, render_report
from tracks.reports.text.count_tables import count_or_mark
from tracks.reports.text.html import PageSource
from tracks.reports.text.phrasing import TrackWording
from tracks.reports.text.results import goal_result
from tracks.texts import todo_words, word

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from commands.demo.cohorts.registry import Cohort
    from commands.demo.run import Demo, Played
    from definitions.model.track import Track
    from tracks.access.ledgers import SqlLedger
    from tracks.privacy.cells import Cell
    from tracks.queries.reader import DatabaseReader
    from tracks.reports.measures.figures import CountedPeople, Figures
    from tracks.reports.measures.indicators import GoalMeasurement
    from tracks.reports.measures.population import CaseRecord


class _Pages(NamedTuple):
    """What one system leaves: the lines of its last screen and the names of its pages."""

    lines: list[str]
    pages: list[str]


def show(played: Played, order: Demo) -> None:
    """Write the pages, and say where everything stands and what to type next."""
    out(message("demo.pages", order.lang))
    with open_ledger(order.database, readonly=True) as ledger, reading(order.database) as reader:
        shown = [_system(order, ledger, one) for one in order.progress.each(order.cohorts, Stage.WRITING_FILE, len(order.cohorts))]
        events = reader.rows("SELECT count(*) FROM event", ())[0][0]
        ref = _someone(reader)
    for one in shown:
        out("\n" + "\n".join(one.lines))
    out(f"\n{message('demo.constructed', order.lang)}")
    seconds = round(time.monotonic() - played.began)
    out(message("demo.played", order.lang, reports=played.reports, runs=played.runs, events=events, seconds=seconds))
    listed = "\n".join(f"  {page}" for one in shown for page in one.pages)
    out(f"\n{message('demo.pages.where', order.lang, path=order.folder, list=listed)}")
    track = order.cohorts[0].tracks[0]
    line = activation()
    reached = f"  {line}\n" if line else ""
    out(f"\n{message('demo.next', order.lang, path=order.folder, ref=ref, track=track, reached=reached)}")


def _someone(reader: DatabaseReader) -> str:
    """A reference to try the questions on: somebody who is on a track now, if anybody is."""
    # By status and then by stream, so that the same seed always names the same person.
    found = reader.rows("SELECT ref FROM enrolment ORDER BY (status = 'active') DESC, stream LIMIT 1", ())
    return str(found[0][0]) if found else "REF"


def _system(order: Demo, ledger: SqlLedger, cohort: Cohort) -> _Pages:
    found = collect(ledger, cohort.tracks)
    source = PageSource(cohort.until, virtual=True, constructed=True, hashes=found.hashes)
    shown = _Pages([], [])
    people = collect_people(ledger, found, cohort.until)
    seen = hidden_figures(people)
    for track in found.tracks:
        material = _material(found, source, track, seen)
        _write(order, shown, f"handbook-{track.track}.html", render_handbook(track, order.lang, source))
        _write(order, shown, f"report-{track.track}.html", render_report(track, material, order.lang))
        own = seen.of(track.track)
        shown.lines.extend(_track_lines(order, people.of(track), own))
        shown.lines.extend(_goal_lines(order, track, measure_goals(track, material.cases, cohort.until, found.struck), own))
    # A programme of one track would repeat the page of the track.
    if len(found.tracks) > 1:
        _programme(order, shown, cohort, found, source, seen)
    return shown


def _material(found: ReportData, source: PageSource, track: Track, seen: Figures) -> ReportMaterial:
    cases = [case for case in found.cases if case.track.track == track.track]
    streams = {case.stream for case in cases}
    return ReportMaterial(cases, source, [todo for todo in found.todos if todo[0] in streams], found.struck, figures=seen)


def _write(order: Demo, shown: _Pages, name: str, page: str) -> None:
    write_file(order.folder / name, page)
    shown.pages.append(name)


def _programme(order: Demo, shown: _Pages, cohort: Cohort, found: ReportData, source: PageSource, seen: Figures) -> None:
    """The page and the lines of several tracks together, where a transfer between them is no exit."""
    material = ReportMaterial(found.cases, source, found.todos, found.struck, figures=seen)
    name = found.tracks[0].programme or cohort.folder
    _write(order, shown, f"report-{name}.html", render_programme_report(cohort.name, found.tracks, material, order.lang))
    joined = join_transfers(found.cases)
    shown.lines.append(message("demo.programme", order.lang, name=cohort.name, day=cohort.until))
    shown.lines.append(_exits(order, joined, seen))
    goals = measure_programme(found.tracks, joined, cohort.until, found.struck)
    shown.lines.extend(_goal_lines(order, found.tracks[0], goals, seen))


def _exits(order: Demo, cases: Sequence[CaseRecord], seen: Figures) -> str:
    """Every exit in one row, the unknown among them."""
    exits = [(case.exit, case) for case in cases if case.exit]
    rows = {what: sum(case.outcome(day) == what for day, case in exits) for what in OUTCOMES}
    listed = {word("outcome", what, order.lang): seen.shown(count, "exit", AT_EXIT, what) for what, count in rows.items()}
    total = seen.shown(len(exits), "exit", AT_EXIT, TOTAL)
    return message("demo.exits", order.lang, count=count_or_mark(total, order.lang), list=_listed(order, listed))


def _track_lines(order: Demo, people: CountedPeople, seen: Figures) -> Iterator[str]:
    """Where people are, with the numbers of the report that lies beside."""
    lang, (track,) = order.lang, people.tracks
    names = {step.id: step.name for step in track.steps}
    yield message("demo.track", lang, name=track.name, track=track.track, day=people.day)
    statuses = {word("status", code, lang): count for code, count in statuses_shown(people, seen).items()}
    yield message("demo.statuses", lang, list=_listed(order, statuses))
    steps = {names.get(step, step): count for step, count in now_shown(people, seen).items()}
    yield message("demo.steps", lang, list=_listed(order, steps) or message("demo.nobody", lang))
    overdue = {todo_words(kind, lang): count for kind, count in overdue_shown(people, seen).items()}
    yield message("demo.overdue", lang, list=_listed(order, overdue) or message("demo.nothing", lang))


def _listed(order: Demo, counts: Mapping[str, Cell]) -> str:
    return ", ".join(f"{name} {count_or_mark(count, order.lang)}" for name, count in counts.items() if count != 0)


def _goal_lines(order: Demo, track: Track, goals: Sequence[GoalMeasurement], seen: Figures) -> Iterator[str]:
    speech = TrackWording(track, order.lang)
    for goal in goals:
        told = goal_result(goal, speech, seen)
        if told.state == "struck":
            yield message("demo.goal.struck", order.lang, name=told.name, verdict=told.verdict)
        else:
            counted = "; ".join(part for part in (told.fraction, *told.unknowns) if part)
            shown = [told.share, f"({counted})" if counted else "", told.level, told.verdict]
            yield message("demo.goal", order.lang, name=told.name, found=" ".join(part for part in shown if part))
