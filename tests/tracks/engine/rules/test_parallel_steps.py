"""Rules 25 to 31: steps beside the chain, between two points, counted from employment, after exit, and when needed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.raising import raises_code
from tracks.recording import refusals

if TYPE_CHECKING:
    from collections.abc import Callable

World = Any


def entered(world: Callable[..., World], text: str) -> World:
    w = world(text)
    w.at("2026-09-01").enrol()
    return w


ALONGSIDE = """
facts: {vill: yes/no}
steps:
  - {id: kurs, type: insats, name: Kurs, when: vill, length: 4 weeks, on_result: {not_passed: {retry: 1}}}
  - {id: språk, type: insats, name: Språk, alongside: kurs, length: 2 weeks}
  - {id: hjälp, type: insats, name: Hjälp, alongside: kurs}
  - {id: sist, type: insats, name: Sist, length: 1 week}
"""


def test_alongside_starts_and_ends_with_its_step_or_at_its_own_length_if_sooner(world: Callable[..., World]) -> None:
    w = entered(world, ALONGSIDE)
    w.state(vill=True)
    w.at("2026-09-20")
    assert w.runs(step="språk") == ["2026-09-01 språk started", "2026-09-15 språk ended done"]
    w.at("2026-09-25").report("kurs")
    assert w.runs(step="hjälp") == ["2026-09-01 hjälp started", "2026-09-25 hjälp ended done"]


def test_at_the_latest_at_until_though_its_length_is_longer(world: Callable[..., World]) -> None:
    w = entered(world, ALONGSIDE)
    w.state(vill=True)
    w.at("2026-09-05").report("kurs")
    assert w.runs(step="språk") == ["2026-09-01 språk started", "2026-09-05 språk ended done"]


def test_if_the_step_in_from_is_skipped_so_is_this_one(world: Callable[..., World]) -> None:
    w = entered(world, ALONGSIDE)
    w.state(vill=False)
    assert w.runs(step="hjälp") == ["2026-09-01 hjälp skipped from"]


def test_if_the_step_in_from_is_not_reached_before_exit_this_one_is_skipped(world: Callable[..., World]) -> None:
    w = entered(world, ALONGSIDE)
    w.at("2026-09-04").say("interrupted", reason="own_wish")
    assert w.runs() == ["2026-09-04 språk skipped exit", "2026-09-04 hjälp skipped exit"]


def test_until_on_an_interrupted_step_ends_this_interrupted_too(world: Callable[..., World]) -> None:
    w = entered(world, ALONGSIDE)
    w.state(vill=True)
    w.at("2026-09-05").report("kurs", "interrupted")
    assert w.runs(step="hjälp")[-1] == "2026-09-05 hjälp ended interrupted"


def test_until_on_a_step_that_is_retried_lets_this_run_on_and_starts_it_anew_if_it_had_ended(world: Callable[..., World]) -> None:
    w = entered(world, ALONGSIDE)
    w.state(vill=True)
    w.at("2026-09-25").report("kurs", "not_passed")
    assert w.runs(step="hjälp") == ["2026-09-01 hjälp started"]
    assert w.runs(step="språk")[2:] == ["2026-09-25 språk/2 started"]
    w.at("2026-10-20").report("kurs")
    assert w.runs(step="hjälp")[-1] == "2026-10-20 hjälp ended done"
    assert w.runs(step="språk")[3:] == ["2026-10-09 språk/2 ended done"]


def test_a_retry_after_the_end_of_this_one_starts_a_new_run_once_decided(world: Callable[..., World]) -> None:
    w = entered(world, ALONGSIDE)
    w.state(vill=True)
    w.at("2026-09-05").report("kurs", "interrupted")
    w.at("2026-09-10").say("decided", "kurs", action="retry")
    assert w.runs(step="hjälp")[1:] == ["2026-09-05 hjälp ended interrupted", "2026-09-10 hjälp/2 started"]


def test_until_on_a_skipped_step_comes_on_the_day_of_skipping(world: Callable[..., World]) -> None:
    w = entered(
        world,
        """
facts: {vill: yes/no}
steps:
  - {id: a, type: insats, name: A, gives: [vill]}
  - {id: b, type: insats, name: B, when: vill}
  - {id: c, type: insats, name: C}
  - {id: stöd1, type: stöd, from: admission, until: end of b}
""",
    )
    w.at("2026-09-03").report("a", facts={"vill": False})
    assert w.runs(step="stöd1") == ["2026-09-01 stöd1 started", "2026-09-03 stöd1 ended done"]


def test_parallel_steps_hold_up_neither_chain_nor_exit_unless_named_in_after(world: Callable[..., World]) -> None:
    w = entered(
        world,
        """
steps:
  - {id: a, type: insats, name: A}
  - {id: stöd1, type: stöd, from: start of a, length: 2 weeks}
  - {id: stöd2, type: stöd, from: start of a}
  - {id: b, type: insats, name: B, after: [a, stöd1]}
""",
    )
    w.report("a")
    w.at("2026-09-14")
    assert w.runs(step="b") == []
    w.at("2026-09-15")
    assert w.runs(step="b") == ["2026-09-15 b started"]
    w.report("b")
    assert (w.log("completed"), w.runs(step="stöd2")[-1]) == (["2026-09-15 completed"], "2026-09-15 stöd2 ended done")


def test_the_result_of_a_parallel_step_may_be_reported_and_ends_it(world: Callable[..., World]) -> None:
    w = entered(world, "steps: [{id: a, type: insats, name: A}, {id: bredvid, type: insats, name: B, from: start of a, results: [nöjd]}]")
    w.at("2026-09-03").report("bredvid", "nöjd")
    assert w.runs(step="bredvid")[-1] == "2026-09-03 bredvid ended nöjd"


BEFORE = """
steps:
  - {id: a, type: insats, name: A, length: 4 weeks, on_result: {not_passed: {retry: 1}}}
  - {id: b, type: insats, name: B, length: 1 week}
  - {id: möte, type: insats, name: Möte, from: 2 weeks before end of a, until: start of b}
  - {id: hopp, type: insats, name: Hopp, from: end of a, until: start of b}
"""


def test_before_the_end_of_a_step_counts_from_its_planned_end_and_once_started_it_stays(world: Callable[..., World]) -> None:
    w = entered(world, BEFORE)
    w.at("2026-10-05")
    assert w.runs(step="möte") == ["2026-09-15 möte started"]
    w.report("a")
    assert w.runs(step="möte")[-1] == "2026-10-05 möte ended done"


def test_before_the_end_of_a_step_comes_at_the_latest_with_its_real_end_and_a_past_until_skips(world: Callable[..., World]) -> None:
    w = entered(world, BEFORE)
    w.at("2026-09-05").report("a")
    assert w.runs(step="möte") == ["2026-09-05 möte skipped until"]
    assert w.runs(step="hopp") == ["2026-09-05 hopp skipped until"]


def test_before_the_end_of_a_step_in_a_pause_moves_with_it(world: Callable[..., World]) -> None:
    w = entered(world, BEFORE)
    w.at("2026-09-02").say("paused", reason="illness")
    w.at("2026-09-12").say("resumed")
    w.at("2026-09-26")
    assert w.runs(step="möte") == ["2026-09-25 möte started"]


WORK = """
follow_up: [exit, 1 month]
steps:
  - {id: a, type: insats, name: A, results: [hired]}
  - {id: stöd-efter, type: stöd, from: start of a, until: 1 month after employment, contact_every: 2 weeks}
  - {id: jobb, type: stöd, from: employment, until: 2 months after employment}
  - {id: vanlig, type: stöd, from: start of a}
"""


def test_steps_counted_from_employment_go_on_after_exit_and_the_others_end(world: Callable[..., World]) -> None:
    w = entered(world, WORK)
    w.at("2026-09-10").report("a", "hired")
    assert w.log("completed") == ["2026-09-10 completed"]
    assert w.runs(step="vanlig")[-1] == "2026-09-10 vanlig ended done"
    w.at("2026-12-01")
    assert w.runs(step="stöd-efter")[-1] == "2026-10-10 stöd-efter ended done"
    assert w.runs(step="jobb") == ["2026-09-10 jobb started", "2026-11-10 jobb ended done"]
    assert "2026-09-29 contact_due stöd-efter" in w.log("contact_due")


def test_without_an_outcome_they_wait_and_end_on_the_day_of_exit_when_another_is_reported(world: Callable[..., World]) -> None:
    w = entered(world, WORK)
    w.at("2026-09-03").report("a")
    w.at("2026-09-20")
    assert w.runs(step="stöd-efter") == ["2026-09-01 stöd-efter started"]
    w.say("outcome", what="studies")
    assert w.runs(step="stöd-efter")[-1] == "2026-09-03 stöd-efter ended done"
    assert w.runs(step="jobb") == ["2026-09-03 jobb skipped exit"]
    assert w.log("contact_due") == []


def test_they_wait_at_the_latest_to_the_last_follow_up(world: Callable[..., World]) -> None:
    w = entered(world, WORK)
    w.at("2026-09-03").report("a")
    w.at("2026-10-02")
    assert w.runs(step="stöd-efter") == ["2026-09-01 stöd-efter started"]
    w.at("2026-10-03")
    assert w.runs(step="stöd-efter")[-1] == "2026-09-03 stöd-efter ended done"


def test_employment_reported_while_they_wait_carries_them_on(world: Callable[..., World]) -> None:
    w = entered(world, WORK)
    w.at("2026-09-03").report("a")
    w.at("2026-09-20").say("outcome", what="work_with_support", on="2026-09-15")
    w.at("2026-12-01")
    assert w.runs(step="stöd-efter")[-1] == "2026-10-15 stöd-efter ended done"
    assert w.runs(step="jobb") == ["2026-09-15 jobb started", "2026-11-15 jobb ended done"]


CONTACTS = """
steps:
  - {id: a, type: insats, name: A}
  - {id: stöd, type: stöd, from: start of a, until: 6 months after employment, contact_every: 1 month}
"""


def contacts(w: World) -> list[Any]:
    """The days on which a contact fell due, by the log, and the one that the worklist asks for."""
    return [*w.log("contact_due"), *(todo for todo in w.todos() if todo.startswith("contact"))]


def test_no_contact_is_due_of_the_days_on_which_a_step_waited_for_an_outcome(world: Callable[..., World]) -> None:
    w = entered(world, CONTACTS)
    w.at("2026-09-10").report("a")
    w.at("2026-11-20")
    assert contacts(w) == []
    w.say("outcome", what="work", on="2026-11-10")
    assert contacts(w) == []
    w.at("2026-12-01")
    assert contacts(w) == ["2026-12-01 contact_due stöd", "contact stöd 2026-12-01"]
    w.at("2027-01-20")
    assert contacts(w)[-1] == "contact stöd 2026-12-01", "the first day that nobody kept stays the day that it is due"


def test_an_employment_that_is_told_late_asks_for_no_contact_from_before_it(world: Callable[..., World]) -> None:
    w = entered(world, CONTACTS)
    w.at("2026-09-10").report("a")
    w.at("2026-12-15").say("outcome", what="work", on="2026-11-10")
    assert contacts(w) == ["2026-12-01 contact_due stöd", "contact stöd 2026-12-01"]


def test_a_contact_that_was_due_before_the_exit_is_asked_for_when_the_step_goes_on(world: Callable[..., World]) -> None:
    w = entered(world, CONTACTS)
    w.at("2026-10-10").report("a")
    assert w.log("contact_due") == ["2026-10-01 contact_due stöd"]
    w.at("2026-12-15").say("outcome", what="work")
    assert contacts(w) == ["2026-10-01 contact_due stöd", "contact stöd 2026-10-01"]
    w.at("2027-01-10")
    assert contacts(w)[-1] == "contact stöd 2026-10-01"


def test_in_an_employment_that_went_on_at_the_exit_contacts_go_on_too(world: Callable[..., World]) -> None:
    w = entered(world, CONTACTS)
    w.at("2026-09-08").say("outcome", what="work")
    w.at("2026-09-10").report("a")
    w.at("2026-10-20").say("outcome", what="work", employer="annan")
    assert contacts(w) == ["2026-10-01 contact_due stöd", "contact stöd 2026-10-01"]


def test_an_employment_that_ends_opens_until_again_and_municipal_employment_is_none(world: Callable[..., World]) -> None:
    w = entered(world, WORK)
    w.at("2026-09-05").say("outcome", what="work")
    w.at("2026-09-20").say("outcome", what="other")
    w.at("2026-10-20")
    assert w.runs(step="stöd-efter") == ["2026-09-01 stöd-efter started"]
    w.say("outcome", what="municipal_employment")
    w.at("2026-12-20")
    assert w.runs(step="stöd-efter") == ["2026-09-01 stöd-efter started"]
    w.say("outcome", what="work")
    w.at("2027-01-21")
    assert w.runs(step="stöd-efter")[-1] == "2027-01-20 stöd-efter ended done"


def test_an_employment_that_ends_after_exit_breaks_off_what_it_carried_on_that_day(world: Callable[..., World]) -> None:
    w = entered(world, WORK)
    w.at("2026-09-10").report("a", "hired")
    w.at("2026-09-25").say("outcome", what="other")
    assert w.runs(step="jobb")[-1] == "2026-09-25 jobb ended interrupted"


BROKEN_OFF = """
transfers: {hälsa: {to: Vården}}
steps:
  - {id: arbete, type: insats, name: Arbete, length: 6 months, results: [uppsagd, vidare],
     on_result: {uppsagd: {transfer: hälsa}, vidare: next}}
  - {id: språk, type: insats, name: Språk, alongside: arbete}
  - {id: kort, type: insats, name: Kort, alongside: arbete, length: 2 weeks}
  - {id: coach, type: stöd, from: admission}
"""


@pytest.mark.parametrize("leaves", [("interrupted", {"reason": "own_wish"}), ("transferred", {})])
def test_whoever_leaves_has_completed_nothing_that_was_under_way(world: Callable[..., World], leaves: tuple[str, dict[str, str]]) -> None:
    kind, data = leaves
    w = entered(world, BROKEN_OFF)
    w.at("2026-10-01")
    w.move("hälsa") if kind == "transferred" else w.say(kind, **data)
    assert w.runs(step="språk")[-1] == "2026-10-01 språk ended interrupted"
    assert w.runs(step="coach")[-1] == "2026-10-01 coach ended interrupted"
    assert w.runs(step="kort")[-1] == "2026-09-15 kort ended done"


def test_an_end_at_exit_is_the_same_written_out(world: Callable[..., World]) -> None:
    steps = "steps: [{id: a, type: insats, name: A, length: 12 months}, {id: s, type: stöd, name: S, from: admission, until: exit}]"
    w = world(steps)
    w.enrol()
    w.at("2026-09-01").say("interrupted", reason="own_wish")
    assert w.runs(step="s")[-1] == "2026-09-01 s ended interrupted"
    w = world(steps)
    w.enrol()
    w.at("2026-09-01").report("a")
    assert w.runs(step="s")[-1] == "2026-09-01 s ended done"


def test_a_length_that_is_over_on_the_day_of_the_interruption_is_done(world: Callable[..., World]) -> None:
    w = entered(world, BROKEN_OFF)
    w.at("2026-09-14")
    w.today = date(2026, 9, 15)
    w.say("interrupted", reason="own_wish")
    assert w.runs(step="kort")[-1] == "2026-09-15 kort ended done"


def test_closing_breaks_off_what_has_an_end_of_its_own_and_ends_the_rest(world: Callable[..., World]) -> None:
    w = entered(world, BROKEN_OFF)
    w.at("2026-09-05").say("closed", reason="got_a_job")
    assert [w.runs(step=step)[-1].split()[-1] for step in ("språk", "kort", "coach")] == ["interrupted", "interrupted", "done"]


@pytest.mark.parametrize(
    ("result", "ends"), [("uppsagd", "interrupted"), ("interrupted", "interrupted"), ("vidare", "done"), ("not_passed", "done")]
)
def test_a_result_of_its_own_that_leads_out_breaks_off_what_runs_beside(world: Callable[..., World], result: str, ends: str) -> None:
    w = entered(world, BROKEN_OFF)
    w.at("2026-09-05").report("arbete", result)
    assert w.runs(step="språk")[-1] == f"2026-09-05 språk ended {ends}"


def test_an_interruption_that_was_never_so_leaves_nothing_interrupted(world: Callable[..., World]) -> None:
    w = entered(world, BROKEN_OFF)
    w.at("2026-09-05").say("interrupted", reason="own_wish")
    w.at("2026-09-08").correct("p", "interrupted", withdraw=True, reason="other")
    assert w.runs(step="språk") == ["2026-09-01 språk started"]


NEEDED = "steps: [{id: a, type: insats, name: A}, {id: samtal, type: insats, name: Samtal, from: when needed, length: 1 week}]"


def test_when_needed_starts_when_reported_as_often_as_needed_one_at_a_time(world: Callable[..., World]) -> None:
    w = entered(world, NEEDED)
    assert w.runs(step="samtal") == []
    w.at("2026-09-02").say("began", "samtal")
    w.at("2026-09-03").say("began", "samtal")  # the one that goes on; it moves
    w.at("2026-09-12")
    assert w.runs(step="samtal") == ["2026-09-02 samtal started", "2026-09-10 samtal ended done"]
    w.say("began", "samtal")
    assert w.runs(step="samtal")[2:] == ["2026-09-12 samtal/2 started"]


def test_when_needed_starts_nothing_in_a_pause(world: Callable[..., World]) -> None:
    w = entered(world, NEEDED)
    w.at("2026-09-02").say("paused", reason="illness")
    with raises_code(refusals.PAUSED_THEN):
        w.say("began", "samtal")


def test_support_from_employment_goes_on_after_exit_for_its_length(world: Callable[..., World]) -> None:
    w = entered(
        world,
        """
steps:
  - {id: a, type: insats, name: A}
  - {id: stöd1, type: stöd, from: employment, length: 3 months}
""",
    )
    w.report("a")
    w.at("2026-09-22").say("outcome", what="work")
    w.at("2027-01-10")
    assert w.runs(step="stöd1") == ["2026-09-22 stöd1 started", "2026-12-22 stöd1 ended done"]
