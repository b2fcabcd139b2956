"""What was perhaps meant: a misspelt track or code is answered with the nearest; reasons are codes everywhere; a no has a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.workspace import ALONE, QUEUED, Workspace, once, workspace
from tracks.events.codes import REASONS

if TYPE_CHECKING:
    from pathlib import Path

CODED = ("pause", "interrupt", "close", "misregister", "refuse", "decline", "transfer", "correct", "start")
OWN_WORDS = ("except", "deviate", "move")
STOCK = """
spår: lager
namn: Lagret
typ: jobbspår
ägare: enheten
parter: [kommun]
arbetsgivare: [{id: lagerhus, namn: LH, bransch: H, avtal: {typ: avsiktsförklaring, undertecknat: 2026-06-01}}]
uppgifter: {körkort: ja/nej}
steg:
  - {id: kurs, typ: insats, namn: Kursen, längd: 1 vecka, vid_resultat: {ej_klar: fråga}}
  - {id: praktik, typ: praktik, namn: Praktiken, om: körkort, längd: 1 vecka}
uppföljning: [avslut]
"""


@pytest.fixture
@once
def space(tmp_path: Path) -> Workspace:
    """A1 has an offer and A2 waits on `kö`; B1 is under way on `alone`."""
    space = workspace(tmp_path / "w", QUEUED, ALONE)
    for ref in ("A1", "A2"):
        space.ok("enrol", "kö", ref, "--fact", "redo=ja", "--at", "2026-08-03")
    space.ok("enrol", "alone", "B1", "--at", "2026-08-03")
    space.ok("advance", "--engine", "local", "--at", "2026-09-10")
    space.ok("offer", "kö")
    return space


@pytest.mark.parametrize(
    "args",
    [
        ("status", "alon"), ("status", "Alone"), ("queue", "alon"), ("worklist", "--track", "alon"), ("caseload", "alon"),
        ("graph", "alon"), ("report", "alon"), ("outcomes", "alon"), ("handbook", "alon"), ("export", "alon"), ("advance", "alon"),
        ("enrol", "alon", "C1"), ("offer", "alon"), ("start", "alon"), ("employer", "alon"),
    ],
)  # fmt: skip
def test_a_misspelt_track_is_answered_with_the_one_that_is_near(space: Workspace, args: tuple[str, ...]) -> None:
    said = space(*args)
    assert said.code == 4
    assert "menade du alone?" in said.err.lower()
    assert "did you mean alone?" in space(*args, lang="en").err.lower()


def test_a_name_that_is_like_no_track_gets_no_guess(space: Workspace) -> None:
    assert "Menade du" not in space("status", "X9-QQ").err
    assert "Menade du" not in space("pause", "B1", "--reason", "mår dåligt").err


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """On `lager` L1 is under way, L2 waits for a decision, and L3 has left."""
    space = workspace(tmp_path_factory.mktemp("w"), STOCK)
    for ref in ("L1", "L2", "L3"):
        space.ok("enrol", "lager", ref, "--at", "2026-08-03", "--advance")
        space.ok("begin", ref, "kurs", "--at", "2026-08-03", "--advance")
    space.ok("record", "L2", "kurs", "ej_klar", "--at", "2026-08-10", "--advance")
    space.ok("interrupt", "L3", "--reason", "flyttat", "--at", "2026-08-10", "--advance")
    return space


@pytest.mark.parametrize(
    ("args", "near"),
    [
        (("record", "L1", "kurss", "klar"), "kurs"), (("begin", "L1", "Kurz"), "kurs"), (("why", "L1", "kurss"), "kurs"),
        (("place", "L1", "praktik", "lagerhuset"), "lagerhus"), (("employer", "lager", "lagerhuset", "drar_sig_ur"), "lagerhus"),
        (("enrol", "lager", "L4", "--channel", "uppsökand"), "uppsökande"), (("state", "L1", "--fact", "körkor=ja"), "körkort"),
        (("decide", "L2", "kurs", "gör_omm"), "gör_om"), (("decide", "L2", "kurs", "praktikk"), "praktik"),
        (("follow-up", "L3", "avslutt", "--outcome", "arbete"), "avslut"),
    ],
)  # fmt: skip
def test_a_misspelt_name_of_the_track_is_answered_with_the_one_that_is_near(stocked: Workspace, args: tuple[str, ...], near: str) -> None:
    before = stocked.events
    said = stocked(*args)
    # Of a firm it is said how another of nearly the same name is written.
    asked = any(f"{did} {near}" in said.err for did in ("Menade du", "menades"))
    assert (said.code, asked, stocked.events) == (2, True, before), said.err


def test_what_may_be_decided_is_listed_with_the_steps(stocked: Workspace) -> None:
    assert "skriv någon av nästa, gör_om, kurs, praktik." in stocked("decide", "L2", "kurs", "hoppla").err
    said = stocked("decide", "L2", "kurs", "retri", lang="en").err
    assert "write one of next, retry, kurs, praktik." in said
    assert "Did you mean retry?" in said


@pytest.mark.parametrize(
    "args",
    [
        ("pause", "B1"), ("interrupt", "B1"), ("close", "B1"), ("misregister", "B1"), ("refuse", "A2"), ("decline", "A1"),
        ("start", "kö", "2026-10-05", "cancel"), ("start", "kö", "2026-10-05", "postpone", "--to", "2026-10-12"),
        ("correct", "A1", "1", "--on", "2026-08-02"),
    ],
)  # fmt: skip
def test_a_reason_is_a_code_and_a_wrong_one_names_the_codes_and_the_one_that_is_near(space: Workspace, args: tuple[str, ...]) -> None:
    before = space.events
    said = space(*args, "--reason", "sjukdm")
    assert said.code == 2
    assert "sjukdm är inget skäl; skälen är: fått_arbete, börjat_studera, sjukdom," in said.err
    assert "Menade du sjukdom?" in said.err
    assert "Did you mean illness?" in space(*args, "--reason", "ilness", lang="en").err
    assert space.events == before


def test_no_words_of_a_reason_come_into_the_log_by_a_file_either(space: Workspace) -> None:
    rows = space.file("r.csv", "on;ref;what;value;reason\n2026-09-10;A2;undantag;redo;har varit sjuk\n")
    space.ok("import", rows, "--track", "kö")
    assert "har varit sjuk" not in space.ok("history", "A2", "--json").out
    assert "har varit sjuk" in space.ok("history", "A2", "--notes").out


@pytest.mark.parametrize("command", [*CODED, *OWN_WORDS])
@pytest.mark.parametrize(("lang", "words"), [("sv", "egna ord"), ("en", "own words")])
def test_help_says_whether_a_reason_is_a_code_and_names_them_all(space: Workspace, command: str, lang: str, words: str) -> None:
    told = " ".join(space(command, "--help", lang=lang).out.split())
    assert (words in told) is (command in OWN_WORDS)
    assert ("som en kod" if lang == "sv" else "as a code") in told
    if lang == "en":
        assert all(code in told for code in REASONS)


def test_a_no_without_a_reason_says_what_was_written_and_how_it_is_put_right(space: Workspace) -> None:
    said = space.ok("decline", "A1")
    assert "A1/1: 2026-09-10 tackat nej (egen önskan)" in said.out
    assert said.err == "Inget skäl angavs, så egen_önskan registrerades. Om det var ett annat: jobbspar correct A1/1 5 --set skäl=KOD\n"
    space.ok("correct", "A1/1", "5", "--set", "skäl=flyttat")
    assert "flyttat" in space.ok("history", "A1").out
    assert space.ok("decline", "A1", "--reason", "flyttat").err == ""


def test_what_was_meant_for_an_enrolment_that_has_ended_names_it_where_another_is_open(space: Workspace) -> None:
    space.ok("interrupt", "B1", "--reason", "flyttat", "--advance")
    space.ok("enrol", "alone", "B1", "--advance")
    said = space("follow-up", "B1", "avslut", "--outcome", "arbete")
    assert said.code == 2
    assert "kan inte registreras på B1/2, som har status pågår; menas en annan inskrivning av B1, skriv vilken: B1/1." in said.err
    space.ok("enrol", "kö", "B1", "--fact", "redo=ja")
    said = space("follow-up", "B1", "avslut", "--outcome", "arbete")
    assert "B1/1 (alone), B1/2 (alone), B1/3 (kö)" in said.err
    space.ok("follow-up", "B1/1", "avslut", "--outcome", "arbete")


def test_a_step_that_is_named_beside_another_fact_of_the_track_does_not_turn_it_into_a_report(space: Workspace) -> None:
    (confirmed,) = space.ok("start", "kö", "2026-10-05", "confirm", "--step", "praktik", "--json").json
    assert (confirmed["kind"], confirmed["step"]) == ("start_confirmed", "")
    (left,) = space.ok("employer", "kö", "ab", "withdraw", "--step", "praktik", "--json").json
    assert (left["kind"], left["step"], left["data"]) == ("employer_withdrew", "", {"employer": "ab"})
    for args in (("start", "kö", "2026-10-05", "report"), ("employer", "kö", "ab", "report")):
        said = space(*args)
        assert (said.code, "--step" in said.err) == (2, True)


def test_a_role_that_nobody_can_have_and_a_name_that_nobody_has_are_answered_with_what_was_perhaps_meant(space: Workspace) -> None:
    refused = space("assign", "A1", "handläggera", "Åsa Ek")
    assert (refused.code, "menade du handläggare?" in refused.err) == (4, True)
    space.ok("assign", "A1", "handläggare", "Åsa Ek")
    assert "Åsa Ek" in space.ok("worklist", "--responsible", "Åsa E").err
    assert "heter Bosse" in space.ok("worklist", "--responsible", "Bosse").err
    assert "heter" not in space.ok("worklist", "--responsible", "åsa ek").err


def test_the_queue_says_of_a_place_that_is_offered_that_it_is_offered_and_not_that_she_has_it(space: Workspace) -> None:
    shown = [line for line in space.ok("queue", "kö").out.splitlines() if "A1" in line]
    assert len(shown) == 1
    assert "erbjuden" in shown[0]
    assert "har platsen" not in shown[0]


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize(("typed", "meant"), [("handlaggare", "handläggare"), ("casworker", "caseworker")])
def test_a_misspelt_way_in_is_recognised_in_both_languages(space: Workspace, lang: str, typed: str, meant: str) -> None:
    said = space("enrol", "alone", "N1", "--channel", typed, lang=lang)
    assert said.code == 2
    assert f"{meant}?" in said.err


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        (("state", "A1", "svenska=B"), "--fact svenska=B"),
        (("record", "A1", "kurs", "klar", "körkort=ja", "2026-09-07"), "--fact körkort=ja --on 2026-09-07"),
        (("correct", "A1", "3", "svenska=B"), "--fact svenska=B"),
    ],
)
def test_what_is_typed_without_its_option_is_shown_with_it(space: Workspace, line: tuple[str, ...], meant: str) -> None:
    said = space(*line)
    assert (said.code, said.out) == (2, "")
    assert f"Menade du {meant}?" in said.err
