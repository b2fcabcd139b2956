"""Rules 1 to 6: days, months, working days, deadlines, pauses and versions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tests.raising import raises_code
from tracks.events.event import Draft
from tracks.events.fold import Progress, evolve, open_pause, paused_since, pauses
from tracks.events.status import Status
from tracks.recording import operations, refusals
from tracks.recording.reported_fact import ReportedFact

if TYPE_CHECKING:
    from collections.abc import Callable

World = Any


def test_two_weeks_from_a_start_day_are_due_fourteen_days_later_and_late_the_day_after(world: Callable[..., World]) -> None:
    w = world("steps: [{id: kurs, type: insats, name: Kurs, length: 2 weeks}]")
    w.at("2026-09-01").enrol()
    assert w.at("2026-09-14").log("report_due") == []
    assert w.at("2026-09-15").log("report_due", "deadline_missed") == ["2026-09-15 report_due kurs"]
    assert w.at("2026-09-16").log("deadline_missed") == ["2026-09-16 deadline_missed kurs"]


def test_months_count_from_the_first_date_to_the_same_day_number_or_the_last_of_the_month(world: Callable[..., World]) -> None:
    w = world("""
steps:
  - {id: kurs, type: insats, name: Kurs, length: 1 month}
  - {id: stöd, type: stöd, from: admission, contact_every: 1 month}
""")
    w.at("2026-01-30")
    w.today = w.today.replace(day=31)
    w.enrol()
    w.at("2026-05-03")
    assert w.log("report_due") == ["2026-03-02 report_due kurs"]  # 28 February is a Saturday
    assert w.log("contact_due") == ["2026-03-02 contact_due stöd", "2026-03-31 contact_due stöd", "2026-04-30 contact_due stöd"]


EVERY_QUARTER = """
steps:
  - {id: kurs, type: insats, name: Kurs, length: 24 months}
  - {id: stöd, type: stöd, from: admission, contact_every: 3 months}
"""


def test_a_contact_is_due_a_whole_length_after_the_latest_one_however_early_or_late_that_was(world: Callable[..., World]) -> None:
    for made, due in (
        ("2027-01-12", "2027-04-12"),
        ("2027-02-20", "2027-05-20"),
        ("2027-03-20", "2027-06-21"),  # the 20th is a Sunday
        ("2027-04-12", "2027-07-12"),
        ("2027-04-13", "2027-07-13"),  # a day late
        ("2027-05-20", "2027-08-20"),
    ):
        w = world(EVERY_QUARTER)
        w.at("2027-01-11").enrol()
        w.at(made).say("contacted")
        assert w.todos() == [], made
        assert w.at(due).todos() == [f"contact stöd {due}"], made


def test_of_several_contacts_that_nobody_made_the_oldest_stands_on_the_worklist(world: Callable[..., World]) -> None:
    w = world(EVERY_QUARTER)
    w.at("2027-01-11").enrol()
    assert w.at("2027-10-20").todos() == ["contact stöd 2027-04-12"]
    w.say("contacted")
    assert w.todos() == []
    assert w.at("2028-01-20").todos() == ["contact stöd 2028-01-20"]


def test_working_days_leave_out_weekends_holidays_and_the_three_eves(world: Callable[..., World]) -> None:
    w = world("steps: [{id: kurs, type: insats, name: Kurs, start_within: 3 working days, length: 1 week}]")
    w.at("2026-06-17").enrol()  # a Wednesday; midsummer's eve is on Friday the 19th
    assert w.todos() == ["start kurs 2026-06-23"]
    w.at("2026-06-24")
    assert w.data("deadline_missed", "kurs") == [{"what": "start", "last": "2026-06-23"}]


def test_a_deadline_on_a_sunday_moves_to_monday_but_an_end_by_time_does_not_move(world: Callable[..., World]) -> None:
    w = world("""
steps:
  - {id: kurs, type: insats, name: Kurs, length: 6 days}
  - {id: rast, type: stöd, after: admission, length: 6 days}
""")
    w.at("2026-08-31").enrol()
    w.at("2026-09-06")  # a Sunday
    assert w.runs(step="rast") == ["2026-08-31 rast started", "2026-09-06 rast ended done"]
    assert w.todos() == []
    w.at("2026-09-08")
    assert w.log("report_due", "deadline_missed") == ["2026-09-07 report_due kurs", "2026-09-08 deadline_missed kurs"]


def test_the_day_that_a_follow_up_asks_about_does_not_move_though_it_is_due_on_a_working_day(world: Callable[..., World]) -> None:
    w = world("""
follow_up: [1 month]
steps: [{id: kurs, type: insats, name: Kurs, length: 1 week}]
""")
    w.at("2026-09-01").enrol()
    w.at("2026-09-03").report("kurs")
    w.at("2026-10-05")
    assert w.log("follow_up_due") == ["2026-10-05 follow_up_due"]  # 3 October is a Saturday
    w.say("followed_up", point="1 month", answers={"outcome": "work"})
    assert w.log("followed_up") == ["2026-10-03 followed_up"]


PAUSED = """
follow_up: [exit, 1 month]
intake: {places: 1}
steps:
  - {id: kurs, type: insats, name: Kurs, length: 2 weeks}
  - {id: stöd, type: stöd, from: admission, until: 2 weeks after employment, contact_every: 1 week}
  - {id: verkstad, type: insats, name: Verkstad, start_within: 1 week, length: 1 week}
"""


def admitted(w: World, day: str, ref: str = "p") -> None:
    w.at(day).enrol(ref)
    w.say("accepted", ref=ref)


def test_in_a_pause_nothing_starts_and_every_running_length_is_longer_by_the_days_paused(world: Callable[..., World]) -> None:
    w = world(PAUSED)
    admitted(w, "2026-09-01")
    w.at("2026-09-03").say("paused", reason="illness", back="2026-09-10")
    assert w.todos() == ["return 2026-09-10"]
    w.at("2026-09-30")
    assert w.log("report_due", "contact_due", "deadline_missed") == []
    w.at("2026-10-01").say("resumed")  # 28 days later: 15 September becomes 13 October
    w.at("2026-10-13")
    assert w.log("report_due") == ["2026-10-13 report_due kurs"]
    assert w.log("contact_due") == ["2026-10-06 contact_due stöd", "2026-10-13 contact_due stöd"]


def test_a_deadline_that_begins_inside_a_pause_counts_from_its_end(world: Callable[..., World]) -> None:
    w = world(PAUSED)
    admitted(w, "2026-09-01")
    w.at("2026-09-14").say("paused", reason="illness")
    w.at("2026-09-16").report("kurs")
    w.at("2026-10-01")
    assert w.runs(step="verkstad") == []
    assert w.log("deadline_missed", step="verkstad") == []
    w.at("2026-10-12").say("resumed")
    assert "start verkstad 2026-10-19" in w.todos()  # a week after 12 October
    w.at("2026-10-20")
    assert w.log("deadline_missed", step="verkstad") == ["2026-10-20 deadline_missed verkstad"]


def test_a_pause_that_begins_on_the_last_day_of_a_deadline_still_makes_it_later(world: Callable[..., World]) -> None:
    w = world("""
steps:
  - {id: kurs, type: insats, name: Kurs, start_within: 5 working days, length: 1 week}
  - {id: stöd, type: stöd, from: admission, contact_every: 1 week}
""")
    w.at("2026-08-31").enrol()  # a Monday
    w.at("2026-09-07").say("paused", reason="illness")
    w.at("2026-09-09")
    assert w.log("deadline_missed") == []
    w.at("2026-09-10").say("resumed")
    assert [todo for todo in w.todos() if "kurs" in todo] == ["start kurs 2026-09-10"]
    w.at("2026-09-11")
    assert w.log("deadline_missed") == ["2026-09-11 deadline_missed kurs", "2026-09-11 deadline_missed stöd"]


def test_a_pause_from_a_deadline_that_moved_over_a_weekend_is_counted_whole(world: Callable[..., World]) -> None:
    w = world("steps: [{id: kurs, type: insats, name: Kurs, length: 5 days}]")
    w.at("2026-09-07").enrol()  # due on Saturday the 12th, so on Monday the 14th
    w.at("2026-09-14")
    assert w.todos() == ["report kurs 2026-09-14"]
    w.say("paused", reason="illness")
    assert w.todos() == ["report kurs", "return"]
    w.at("2026-09-16").say("resumed")
    assert w.todos() == ["report kurs 2026-09-16"]
    w.at("2026-09-17")
    assert w.log("deadline_missed") == ["2026-09-17 deadline_missed kurs"]


def test_the_place_is_kept_in_a_pause(world: Callable[..., World]) -> None:
    w = world(PAUSED)
    admitted(w, "2026-09-01")
    w.at("2026-09-02").enrol("q")
    w.say("paused", reason="illness")
    assert w.at("2026-09-20").claims() == ["intake holding"]
    assert w.log("proposed", ref="q") == []


def test_points_from_employment_and_follow_ups_do_not_move_with_a_pause(world: Callable[..., World]) -> None:
    w = world(PAUSED)
    admitted(w, "2026-09-01")
    w.at("2026-09-02").say("outcome", what="work")
    w.at("2026-09-03").say("paused", reason="illness")
    w.at("2026-09-30").say("resumed")
    assert w.runs(step="stöd") == ["2026-09-01 stöd started", "2026-09-16 stöd ended done"]
    w.at("2026-10-01").say("interrupted", reason="moved")
    w.at("2026-11-02")
    assert w.log("follow_up_due") == ["2026-10-01 follow_up_due", "2026-11-02 follow_up_due"]


def test_a_step_that_is_reported_in_a_pause_ends_but_the_next_waits(world: Callable[..., World]) -> None:
    w = world(PAUSED)
    admitted(w, "2026-09-01")
    w.at("2026-09-14").say("paused", reason="illness")
    w.report("kurs")
    w.at("2026-09-21")
    assert w.runs(step="kurs")[-1] == "2026-09-14 kurs ended done"
    assert w.todos() == ["contact stöd 2026-09-08", "return"]


def test_steps_are_those_of_the_version_at_admission_but_places_and_dates_those_in_force(world: Callable[..., World]) -> None:
    w = world("""
steps:
  - {id: kurs, type: insats, name: Kurs, length: 2 weeks}
  - {id: verkstad, type: insats, name: Verkstad, places: 1, length: 1 week}
""")
    w.at("2026-09-01").enrol()
    w.at("2026-09-02").enrol("q")
    w.at("2026-09-07").apply("""
steps:
  - {id: kurs, type: insats, name: Kurs, length: 3 weeks}
  - {id: verkstad, type: insats, name: Verkstad, places: 2, length: 1 week}
  - {id: extra, type: insats, name: Extra, length: 1 week}
""")
    w.enrol("r")
    w.report("kurs")
    w.report("kurs", ref="q")
    assert w.runs(step="verkstad") == ["2026-09-07 verkstad started"]
    assert w.runs("q", step="verkstad") == ["2026-09-07 verkstad started"]
    w.report("verkstad")
    assert w.status() == "completed"
    w.at("2026-09-28")
    assert w.log("report_due", ref="r") == ["2026-09-28 report_due kurs"]


def test_a_step_that_the_version_in_force_has_no_more_keeps_its_last_places(world: Callable[..., World]) -> None:
    steps = """
steps:
  - {id: kurs, type: insats, name: Kurs, length: 2 weeks}
  - {id: verkstad, type: insats, name: Verkstad, places: PLACES, length: 1 week}
"""
    w = world(steps.replace("PLACES", "5"))
    w.at("2026-09-01").enrol()
    w.enrol("q")
    w.at("2026-09-02").apply(steps.replace("PLACES", "1"))
    w.at("2026-09-03").apply("steps: [{id: kurs, type: insats, name: Kurs, length: 2 weeks}]")
    w.report("kurs")
    w.report("kurs", ref="q")
    assert w.runs(step="verkstad") == ["2026-09-03 verkstad started"]
    assert w.claims("q") == ["step:verkstad waiting"]


def test_who_has_no_place_yet_is_not_bound_to_a_version(world: Callable[..., World]) -> None:
    w = world("intake: {places: 1}\nsteps: [{id: kurs, type: insats, name: Kurs, length: 2 weeks}]")
    w.at("2026-09-01").enrol()
    w.at("2026-09-02").apply("intake: {places: 1}\nsteps: [{id: annat, type: insats, name: Annat, length: 2 weeks}]")
    w.at("2026-09-03").say("accepted")
    assert w.runs() == ["2026-09-03 annat started"]
    assert w.one().version == 2


def test_a_migration_moves_a_person_to_another_version_from_its_day(world: Callable[..., World]) -> None:
    w = world("steps: [{id: kurs, type: insats, name: Kurs, length: 2 weeks}]")
    w.at("2026-09-01").enrol()
    w.enrol("q")
    w.at("2026-09-02").apply("steps: [{id: kurs, type: insats, name: Kurs, length: 3 weeks}, {id: extra, type: insats, name: Extra}]")
    w.at("2026-09-03").say("migrated", to=2)
    for ref in ("p", "q"):
        w.report("kurs", ref=ref)
    assert (w.one().version, w.runs()[2:]) == (2, ["2026-09-03 extra started"])
    assert (w.one("q").version, w.status("q")) == (1, "completed")
    with raises_code(refusals.NO_SUCH_VERSION):
        w.say("migrated", to=7)


def test_a_clock_set_back_writes_nothing_earlier_than_what_was_recorded_last(world: Callable[..., World]) -> None:
    w = world("""
intake: {places: 1, order: [referral]}
steps: [{id: kurs, type: insats, name: Kurs, length: 1 week}]
""")
    w.at("2026-06-10").enrol("b")
    w.today = w.today.replace(day=3)
    w.enrol("a", on="2026-06-03")
    recorded = [event.recorded for event in w.book.log["a/1"]]
    assert recorded == sorted(recorded)
    assert min(recorded) >= "2026-06-10"
    assert w.at("2026-06-11").log("proposed", "unproposed", ref="b")[-1] == "2026-06-10 unproposed"
    assert w.log("proposed", ref="a") == ["2026-06-10 proposed"]


def test_a_pause_from_before_admission_is_none_and_a_return_from_before_its_pause_ends_nothing() -> None:
    said = (
        Draft("referred", date(2026, 8, 3)),
        Draft("paused", date(2026, 8, 10), "", 1, {"reason": "illness"}),
        Draft("admitted", date(2026, 8, 31)),
        Draft("paused", date(2026, 9, 14), "", 2, {"reason": "illness"}),
        Draft("resumed", date(2026, 9, 7), "", 2),
    )

    def after(count: int) -> Progress:
        progress = Progress()
        for position, draft in enumerate(said[:count]):
            progress = evolve(progress, draft, position)
        return progress

    assert (after(3).status, list(pauses(after(3))), open_pause(after(3))) == (Status.ACTIVE, [], None)
    both = after(5)
    assert (both.status, list(pauses(both)), paused_since(both)) == (Status.PAUSED, [(date(2026, 9, 14), None)], date(2026, 9, 14))


def test_a_decision_for_a_step_that_a_migration_takes_away_is_asked_anew(world: Callable[..., World]) -> None:
    steps = "steps:\n  - {{id: ett, type: insats, name: Ett, on_result: {{not_passed: ask}}}}\n{}  - {{id: tre, type: insats, name: Tre}}\n"
    w = world(steps.format("  - {id: två, type: insats, name: Två}\n"))
    w.at("2026-09-01").enrol()
    w.at("2026-09-07").report("ett", "not_passed")
    w.apply(steps.format(""))
    w.at("2026-09-08")
    operations.record_fact(w.book, w.clock, "Ann", "p", ReportedFact("decided", w.today, "ett", data={"action": "två"}))
    w.say("migrated", to=2)
    assert w.todos() == ["decision ett"]
    w.say("decided", "ett", action="tre")
    assert w.runs(step="tre") == ["2026-09-08 tre started"]


def test_a_return_is_not_before_its_pause(world: Callable[..., World]) -> None:
    w = world("steps: [{id: ett, type: insats, name: Ett, length: 2 weeks}]")
    w.at("2026-09-01").enrol()
    w.at("2026-09-07")
    with raises_code(refusals.BACK_BEFORE_PAUSE):
        w.say("paused", reason="illness", back="2026-09-01")
    w.say("paused", reason="illness", back="2026-09-20")
    with raises_code(refusals.BACK_BEFORE_PAUSE):
        w.correct("p", "paused", data={"back": "2026-09-06"})
    with raises_code(refusals.BACK_BEFORE_PAUSE):
        w.say("resumed", on="2026-09-06")
    assert w.status() == "paused"


CONTRACT = """
follow_up: [exit]
steps:
  - {id: avtal, type: insats, name: Avtal, length: 2 weeks, pauses: count}
  - {id: stöd, type: stöd, from: start of avtal, until: 2 weeks after start of avtal, contact_every: 1 week, pauses: count}
  - {id: kurs, type: insats, name: Kurs, length: 2 weeks, after: admission}
"""


def test_where_pauses_count_a_pause_moves_neither_length_contacts_nor_points_of_the_step(world: Callable[..., World]) -> None:
    w = world(CONTRACT)
    w.at("2026-09-01").enrol()
    w.at("2026-09-03").say("paused", reason="illness")
    w.at("2026-09-17")
    assert w.log("report_due", "contact_due") == ["2026-09-08 contact_due stöd", "2026-09-15 report_due avtal"]
    assert w.runs(step="stöd")[-1] == "2026-09-15 stöd ended done"
    w.at("2026-09-21").say("resumed")
    assert w.at("2026-10-05").log("report_due") == ["2026-09-15 report_due avtal", "2026-10-05 report_due kurs"]
