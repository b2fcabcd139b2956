"""Rule 6, one personal thing at a time: who was admitted on a version keeps what it says, though a later one says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.raising import raises_code
from tracks.recording import refusals

if TYPE_CHECKING:
    from collections.abc import Callable

World = Any

KURS = "{id: kurs, type: insats, name: Kurs, length: 2 weeks}"


def both(world: Callable[..., World], before: str, after: str) -> World:
    """`old` was admitted on the first version, `new` on the second, both on Tuesday 1 September."""
    w = world(before)
    w.at("2026-09-01").enrol("old", jobb=False)
    w.apply(after)
    w.enrol("new", jobb=False)
    assert (w.one("old").version, w.one("new").version) == (1, 2)
    return w


def track(steps: str, more: str = "") -> str:
    return f"facts: {{jobb: yes/no}}\n{more}\nsteps:\n{steps}\n"


def test_the_length_of_a_step_is_that_of_the_own_version(world: Callable[..., World]) -> None:
    w = both(world, track(f"  - {KURS}"), track("  - {id: kurs, type: insats, name: Kurs, length: 3 weeks}"))
    w.at("2026-10-01")
    assert w.log("report_due", ref="old") == ["2026-09-15 report_due kurs"]
    assert w.log("report_due", ref="new") == ["2026-09-22 report_due kurs"]


def test_the_condition_of_a_step_is_that_of_the_own_version(world: Callable[..., World]) -> None:
    steps = f"  - {KURS}\n  - {{id: mer, type: insats, name: Mer, when: %s}}"
    w = both(world, track(steps % "jobb"), track(steps % "not jobb"))
    for ref in ("old", "new"):
        w.at("2026-09-02").report("kurs", ref=ref)
    assert w.runs("old", "mer") == ["2026-09-02 mer skipped jobb"]
    assert w.runs("new", "mer") == ["2026-09-02 mer started"]


def test_the_requirement_of_a_step_is_that_of_the_own_version(world: Callable[..., World]) -> None:
    steps = f"  - {KURS}\n  - {{id: mer, type: insats, name: Mer, requires: %s}}"
    w = both(world, track(steps % "jobb"), track(steps % "not jobb"))
    for ref in ("old", "new"):
        w.at("2026-09-02").report("kurs", ref=ref)
    assert (w.runs("old", "mer"), w.runs("new", "mer")) == ([], ["2026-09-02 mer started"])


def test_the_interval_of_contacts_is_that_of_the_own_version(world: Callable[..., World]) -> None:
    step = "  - {id: kurs, type: insats, name: Kurs, contact_every: %s}"
    w = both(world, track(step % "1 week"), track(step % "4 weeks"))
    w.at("2026-09-30")
    assert [line.split()[0] for line in w.log("contact_due", ref="old")] == ["2026-09-08", "2026-09-15", "2026-09-22", "2026-09-29"]
    assert [line.split()[0] for line in w.log("contact_due", ref="new")] == ["2026-09-29"]


def test_the_follow_ups_are_those_of_the_own_version(world: Callable[..., World]) -> None:
    points = "follow_up: [{} after exit]"
    w = both(world, track(f"  - {KURS}", points.format("1 month")), track(f"  - {KURS}", points.format("2 months")))
    for ref in ("old", "new"):
        w.at("2026-09-02").report("kurs", ref=ref)
    w.at("2026-12-01")
    assert w.log("follow_up_due", ref="old") == ["2026-10-02 follow_up_due"]
    assert w.log("follow_up_due", ref="new") == ["2026-11-02 follow_up_due"]


def test_what_a_result_leads_to_is_that_of_the_own_version(world: Callable[..., World]) -> None:
    steps = "  - {id: kurs, type: insats, name: Kurs, on_result: {not_passed: %s}}\n  - {id: mer, type: insats, name: Mer}"
    w = both(world, track(steps % "next"), track(steps % "{retry: 1}"))
    for ref in ("old", "new"):
        w.at("2026-09-02").report("kurs", "not_passed", ref=ref)
    assert w.runs("old")[-1] == "2026-09-02 mer started"
    assert w.runs("new")[-1] == "2026-09-02 kurs/2 started"


def test_the_results_that_a_step_may_have_are_those_of_the_own_version(world: Callable[..., World]) -> None:
    steps = "  - {id: kurs, type: insats, name: Kurs, results: [%s], on_result: {%s: next}}"
    w = both(world, track(steps % ("godkänd", "godkänd")), track(steps % ("klarad", "klarad")))
    with raises_code(refusals.UNKNOWN_RESULT):
        w.report("kurs", "klarad", ref="old")
    with raises_code(refusals.UNKNOWN_RESULT):
        w.report("kurs", "godkänd", ref="new")


def test_the_transfers_that_may_be_made_are_those_of_the_own_version(world: Callable[..., World]) -> None:
    transfers = "transfers: {{{0}: {{to: Försäkringskassan}}}}"
    w = both(world, track(f"  - {KURS}", transfers.format("före")), track(f"  - {KURS}", transfers.format("efter")))
    with raises_code(refusals.UNKNOWN_TRANSFER):
        w.move("efter", ref="old")
    w.move("före", ref="old")
    w.move("efter", ref="new")
    assert (w.status("old"), w.status("new")) == ("transferred", "transferred")
