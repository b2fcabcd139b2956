"""Item by item of coming in: the way in, who judged what and when, exceptions, selections, interest, and the free texts kept beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.commands.workspace import QUEUED, Workspace, once, workspace

if TYPE_CHECKING:
    from pathlib import Path

HERE = """
spår: har
namn: Här
typ: jobbspår
ägare: enheten
parter: [kommun]
arbetsgivare: [{id: ab, namn: Bygg AB, bransch: F, avtal: {typ: avsiktsförklaring, undertecknat: 2026-06-01}}]
uppgifter: {redo: {typ: ja/nej, namn: Bedömd som redo}, bistånd: ja/nej, utredd: {typ: ja/nej, åtkomst: begränsad}}
målgrupp:
  krav: [redo, "utredd", utvald, {regel: ålder >= 18, skäl: Arbetsmiljölagen}]
  löpande_krav: [bistånd]
intag: {platser: 5, svar_inom: 5 arbetsdagar}
steg: [{id: kurs, typ: insats, namn: Kursen, längd: 2 veckor}]
överföringar: {dit: {mottagare: dar}}
"""
THERE = """
spår: dar
namn: Där
typ: förberedande spår
ägare: enheten
uppgifter: {redo: {typ: ja/nej, namn: Bedömd som redo}}
målgrupp: {krav: [redo]}
steg: [{id: kurs, typ: insats, namn: Kursen, längd: 2 veckor}]
"""


@pytest.fixture
@once
def space(tmp_path: Path) -> Workspace:
    """A1 is referred by an officer, judged by Ek, selected and excepted by Berg, and has a place since the 8th."""
    space = workspace(tmp_path / "w", THERE, HERE)
    space.ok("enrol", "har", "A1", "--channel", "arbetsförmedlare", "--born", "1990-05", "--fact", "bistånd=ja", "--at", "2026-09-01")
    assert space("state", "A1", "--fact", "redo=ja", "--at", "2026-09-02", by="Handläggare Ek").code == 0
    assert space("state", "A1", "--fact", "utredd=nej", "--at", "2026-09-03", by="Läkarsekreterare Bo").code == 0
    space.ok("select", "A1", "ab", "--at", "2026-09-04")
    assert space("except", "A1", "utredd", "--reason", "prövad i samråd", "--at", "2026-09-07", by="Chef Berg").code == 0
    space.ok("advance", "--engine", "local")
    space.ok("accept", "A1", "--at", "2026-09-08", "--advance")
    return space


def test_each_entry_condition_tells_who_judged_it_and_when_and_who_made_an_exception(space: Workspace) -> None:
    assert space.ok("why", "A1", "--entry").out.splitlines() == [
        "A1 på Här (A1/1): pågår",
        "  Anmäld 2026-09-01 av Lisa; väg in: arbetsförmedlare.",
        "  Krav 1, uppfyllt: ”Bedömd som redo” är ja.",
        "      Bedömd som redo: ja (2026-09-02, Handläggare Ek)",
        "  Krav 2, inte uppfyllt: ”utredd” är ja.",
        "      Undantag 2026-09-07 av Chef Berg; skäl: annat, med anteckning (`jobbspar history REF --notes`).",
        "      utredd: nej (2026-09-03, Läkarsekreterare Bo)",
        "  Krav 3, uppfyllt: en arbetsgivare har valt ut deltagaren.",
        "      utvald av arbetsgivaren: Bygg AB (2026-09-04, Lisa)",
        "  Krav 4, uppfyllt: åldern är minst 18 år.",
        "      född: 1990-05 (2026-09-01, Lisa)",
        "  Löpande krav 5, uppfyllt: ”bistånd” är ja.",
        "      bistånd: ja (2026-09-01, Lisa)",
    ]
    english = space("why", "A1", "--entry", lang="en").out
    assert "Entry condition 2, not met" in english
    assert "Exception 2026-09-07 by Chef Berg; reason: other, with a note" in english


def test_the_judgements_are_there_for_programs_too(space: Workspace) -> None:
    (row,) = space.ok("why", "A1", "--entry", "--json").json
    assert (row["referred"]["value"], row["referred"]["by"]) == ("af_officer", "Lisa")
    conditions = {one["rule"]: one for one in row["conditions"]}
    assert {rule: (one["group"], one["number"], one["answer"]) for rule, one in conditions.items()} == {
        "redo": ("entry", 1, True), "utredd": ("entry", 2, False), "selected": ("entry", 3, True), "age >= 18": ("entry", 4, True),
        "bistånd": ("ongoing", 5, True),
    }  # fmt: skip
    assert [(g["value"], g["day"], g["by"]) for g in conditions["utredd"]["grounds"]] == [(False, "2026-09-03", "Läkarsekreterare Bo")]
    assert conditions["utredd"]["exception"]["by"] == "Chef Berg"


def test_the_number_of_a_condition_is_the_one_that_except_takes(space: Workspace) -> None:
    space.ok("enrol", "har", "B1", "--born", "2010-01", "--at", "2026-09-09")
    space.ok("except", "B1", "4", "--reason", "annat")
    (row,) = space.ok("why", "B1", "--entry", "--json").json
    assert [one["rule"] for one in row["conditions"] if one["exception"]] == ["age >= 18"]


def test_why_tells_what_an_unmet_condition_rests_on(space: Workspace) -> None:
    space.ok("enrol", "har", "B1", "--born", "1990-01", "--fact", "redo=nej", "--at", "2026-09-09", "--advance")
    lines = space.ok("why", "B1").out.splitlines()
    assert lines[1].startswith("  Kravet för plats är att ”Bedömd som redo” är ja, och det är inte uppfyllt.")
    assert lines[2] == "      Bedömd som redo: nej (2026-09-09, Lisa)"
    assert lines[3:5] == ["      jobbspar except B1/1 krav --reason SKÄL", "      jobbspar refuse B1/1 --reason SKÄL"]
    assert lines[6:8] == ["      utredd: okänt", "      jobbspar state B1/1 --fact utredd=ja/nej"]


def test_an_ongoing_condition_that_turns_false_is_told_and_is_a_decision_for_a_person(space: Workspace) -> None:
    space.ok("state", "A1", "--fact", "bistånd=nej", "--at", "2026-09-10", "--advance")
    said = space.ok("why", "A1").out
    assert (
        "Det löpande kravet är att ”bistånd” är ja, och det är inte uppfyllt; någon måste besluta om platsen. "
        "Sedan 2026-09-10. Kan ändras av enheten." in said
    )
    assert "bistånd: nej (2026-09-10, Lisa)" in said
    assert [row["kind"] for row in space.ok("worklist", "--json").json] == ["ongoing"]
    assert space.ok("status", "A1", "--json").json[0]["status"] == "active"  # only a person ends it
    space.ok("except", "A1", "löpande_krav", "--reason", "annat", "--advance")
    assert "löpande" not in space.ok("why", "A1").out


def test_a_fact_that_a_transfer_carried_along_is_still_the_word_of_whoever_said_it(space: Workspace) -> None:
    space.ok("transfer", "A1", "dit", "--reason", "egen_önskan", "--at", "2026-09-14", "--advance")
    said = space.ok("why", "A1/2", "--entry").out
    assert "Anmäld 2026-09-14 av Lisa; väg in: överföring." in said
    assert "Bedömd som redo: ja (2026-09-02, Handläggare Ek)" in said


def test_status_shows_every_fact_with_its_day_and_speaker_where_it_is_asked_to(space: Workspace) -> None:
    said = space.ok("status", "A1", "--facts").out
    assert "    Bedömd som redo: ja (2026-09-02, Handläggare Ek)" in said
    assert "    väg in: arbetsförmedlare (2026-09-01, Lisa)" in said
    assert "Handläggare Ek" not in space.ok("status", "A1").out
    rows: list[dict[str, Any]] = space.ok("status", "A1", "--facts", "--json").json[0]["facts"]
    assert {(row["name"], row["by"]) for row in rows} >= {("redo", "Handläggare Ek"), ("selected", "Lisa"), ("born", "Lisa")}
    then = space.ok("status", "A1", "--facts", "--as-of", "2026-09-02").out
    assert "Handläggare Ek" in then
    assert "Läkarsekreterare" not in then


def test_the_free_text_of_an_exception_is_read_only_where_it_is_asked_for_and_with_the_key(space: Workspace) -> None:
    assert "prövad i samråd" not in space.ok("history", "A1").out
    assert "prövad i samråd" in space.ok("history", "A1", "--notes").out
    rows = space.ok("history", "A1", "--notes", "--json").json
    assert [row["note"] for row in rows if row["kind"] == "exception"] == ["prövad i samråd"]
    assert "prövad i samråd" in space.ok("history", "A1", "--notes", "--csv").out
    (space.folder / "jobbspar.key").rename(space.folder / "away.key")
    assert space("history", "A1", "--notes").code == 8
    assert space("history", "A1").code == 0


def test_a_selection_is_by_an_employer_of_the_track_that_has_not_left(space: Workspace) -> None:
    space.ok("enrol", "har", "B1", "--born", "1990-01", "--at", "2026-09-09")
    assert "jobbspar select B1 ab\n" in space.ok("worklist").out
    before = space.events
    refused = space("select", "B1", "annan")
    assert (refused.code, space.events) == (2, before)
    assert "de som är med är: ab" in refused.err
    space.ok("employer", "har", "ab", "withdraw")
    assert space("select", "B1", "ab").code == 2


@pytest.mark.parametrize(
    ("written", "code"), [("handläggare", "caseworker"), ("uppsökande", "outreach"), ("AF officer", "af_officer"), ("själv", "self")]
)
def test_a_referral_tells_which_way_somebody_came(space: Workspace, written: str, code: str) -> None:
    (event,) = space.ok("enrol", "har", "B1", "--born", "1990-01", "--channel", written, "--at", "2026-09-09", "--json").json
    assert event["data"]["channel"] == code


def test_interest_is_a_fact_of_its_own_before_and_after_an_offer(space: Workspace) -> None:
    space.ok("enrol", "har", "B1", "--born", "1990-01", "--at", "2026-09-09")
    assert "vill ha en plats" in space.ok("interest", "B1").out
    assert "wants a place" in space("history", "B1", lang="en").out


def test_a_start_whose_employer_has_left_is_on_the_owners_list_while_anybody_counts_on_it(tmp_path: Path) -> None:
    track = QUEUED.replace("starter: [2026-10-05, 2026-11-02]", "starter: [{datum: 2026-10-05, hos: ab}, 2026-11-02]")
    space = workspace(tmp_path / "w", track)
    space.ok("enrol", "kö", "A1", "--fact", "redo=ja", "--fact", "poäng=5", "--at", "2026-09-01")
    space.ok("advance", "--engine", "local", "--at", "2026-09-07")
    space.ok("offer", "A1")
    space.ok("accept", "A1", "--advance")
    space.ok("employer", "kö", "ab", "withdraw", "--at", "2026-09-09", "--advance")
    (row,) = space.ok("worklist", "--json").json
    assert (row["kind"], row["role"], row["due"]) == ("start_left:2026-10-05", "enheten", "2026-10-05")
    assert row["type"] == "jobbspar start kö 2026-10-05 ställ_in --reason SKÄL"
    space.ok("start", "kö", "2026-10-05", "ställ_in", "--reason", "annat", "--advance")
    assert "start_left" not in {one["kind"].partition(":")[0] for one in space.ok("worklist", "--json").json}


def test_a_queue_is_told_by_the_order_in_force_from_the_moment_it_is_put_in_force(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", QUEUED)
    for ref, points in (("A1", 5), ("A2", 3)):
        space.ok("enrol", "kö", ref, "--fact", "redo=ja", "--fact", f"poäng={points}", "--at", "2026-09-01")
    space.ok("advance", "--engine", "local", "--at", "2026-09-07")
    for order, first in (("[poäng lägst först]", "A2"), ("[anmälan]", "A1"), ("[poäng lägst först, anmälan]", "A2")):
        changed = QUEUED.replace("[företräde, poäng högst först]", order)
        space.ok("apply", space.file("ny.yaml", changed))
        rows = [row for row in space.ok("queue", "kö", "--json").json if row["resource"] == "start:2026-10-05"]
        told = {row["ref"]: [one["value"] for one in row["compared"] if one["fact"] == "poäng"] for row in rows}
        if "poäng" in order:
            assert told == {"A1": [5], "A2": [3]}
        assert next(row["ref"] for row in rows if row["state"] in ("waiting", "proposed")) == first
        space.ok("why", "A1")
