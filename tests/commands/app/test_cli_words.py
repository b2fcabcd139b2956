"""What a newcomer meets: words in her own language, names that are refused with those that exist, and lines that work as printed."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest

from tests.commands.workspace import ALONE, QUEUED, Workspace, once, typed, workspace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
@once
def space(tmp_path: Path) -> Workspace:
    """A1 is on the track, A2 waits for nothing more, B1 reported her first step as not passed."""
    space = workspace(tmp_path / "w", QUEUED, ALONE.replace("track: alone", "track: alone\nprogramme: söder"))
    space.ok("enrol", "kö", "A1", "--fact", "redo=ja", "--at", "2026-09-01")
    space.ok("enrol", "kö", "A2", "--fact", "redo=ja")
    space.ok("advance", "--engine", "local", "--at", "2026-09-07")
    space.ok("accept", "A1")
    space.ok("enrol", "alone", "B1", "--at", "2026-09-07", "--advance")
    space.ok("begin", "B1", "plan", "--advance")
    space.ok("record", "B1", "plan", "ej_klar", "--at", "2026-09-14", "--advance")
    return space


def _reported(space: Workspace) -> str:
    return str(next(row["seq"] for row in space.ok("history", "B1", "--json").json if row["kind"] == "reported"))


@pytest.mark.parametrize("more", [[], ["--virtual"], ["--virtual", "--from", "dua"]])
def test_the_lines_that_init_prints_work_as_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    said = typed("init", "my tracks", "--lang", "sv", *more).out
    assert "cd 'my tracks'" in said
    monkeypatch.chdir(tmp_path / "my tracks")
    lines = re.findall(r"^  jobbspar (.*)$", said, flags=re.MULTILINE)
    assert [line.split()[0] for line in lines] == ["check", "test", "apply", "enrol"]
    # Whoever sits at the terminal is asked who she is; nobody else can say it.
    assert [typed(*line.split()).code for line in lines] == [0, 0, 2, 2]
    monkeypatch.setattr("commands.app.prompt.at_terminal", lambda: True)
    for line in lines:
        monkeypatch.setattr("sys.stdin", io.StringIO("Åsa Ek\n"))
        assert typed(*line.split()).code == 0
    assert {row["actor"] for row in typed("history", lines[-1].split()[1], "--json").json} == {"Åsa Ek"}


def test_init_where_one_stands_needs_no_cd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "cd " not in typed("init", "--lang", "sv").out


def test_a_program_that_is_not_on_the_path_is_reached_through_its_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "activate").touch()
    monkeypatch.setattr("sys.executable", str(tmp_path / "bin" / "python"))
    monkeypatch.setenv("PATH", "")
    monkeypatch.chdir(tmp_path)
    assert "  . bin/activate\n" in typed("init", "w", "--lang", "sv").out


def test_a_correction_takes_the_names_that_people_use(space: Workspace) -> None:
    number = _reported(space)
    said = space("correct", "B1", number, "--set", "resultatet=klar")
    assert said.code == 2
    assert "det som ingår är: resultat, utfall, arbetsgivare, skäl, car, level" in said.err
    assert "klar; car=ja" in space.ok("correct", "B1", number, "--set", "resultat=klar", "--set", "car=ja", "--advance").out
    past = space.ok("history", "B1").out
    assert "(ej klar) (rättad, se nr " in past
    assert f"(nr {number}, ej klar → klar; car=ja)" in past
    assert "Theory (villkoret gällde inte: inte car)" in past
    assert "motorn" in past
    assert "engine" not in past


def test_a_correction_speaks_of_the_number_that_was_typed(space: Workspace) -> None:
    number = _reported(space)
    space.ok("correct", "B1", number, "--set", "resultat=klar")
    again = space("correct", "B1", number, "--set", "resultat=avbruten")
    assert (again.code, f"Händelse {number} för B1 är redan rättad" in again.err) == (2, True)
    assert "skäl ingår inte i den händelsen" in space("correct", "B1", "1", "--set", "skäl=annat").err
    assert space("correct", "B1", "999", "--withdraw").code == 4
    assert "Händelse 2 för B1" in space("correct", "B1", "2", "--withdraw").err


def test_a_correction_of_one_fact_leaves_the_others(space: Workspace) -> None:
    space.ok("state", "B1", "--fact", "car=ja", "--fact", "level=low")
    number = str(next(row["seq"] for row in space.ok("history", "B1", "--json").json if row["kind"] == "stated"))
    space.ok("correct", "B1", number, "--fact", "car=nej")
    assert space.ok("history", "B1", "--json").json[-1]["data"]["data"]["facts"] == {"car": False, "level": "low"}


def test_a_deviation_shows_by_how_much_and_under_what_name(space: Workspace) -> None:
    assert "tiden ändrad: Match (+1 vecka, annat)" in space.ok("deviate", "B1", "match", "lengthen", "1 vecka", "--reason", "annat").out
    assert "tiden ändrad: Match (-2 veckor, annat)" in space.ok("deviate", "B1", "match", "shorten", "2 veckor", "--reason", "annat").out


def test_history_tells_when_each_event_was_written_in_stockholm_time(space: Workspace) -> None:
    assert "2026-09-07 00:00" in space.ok("history", "A1", "--recorded").out
    assert "start 2026-10-05" in space.ok("history", "A1").out


def test_whoever_waits_when_every_start_has_passed_is_told_so(space: Workspace) -> None:
    space.ok("advance", "--engine", "local", "--at", "2026-12-01")
    said = space.ok("why", "A2").out
    assert "Alla omgångar har passerat" in said
    assert "Sedan 2026-11-02. Kan ändras av enheten." in said


def test_points_of_follow_up_are_said_in_the_language(space: Workspace) -> None:
    space.ok("advance", "--engine", "local", "--at", "2026-10-05")
    space.ok("interrupt", "A1", "--reason", "sjukdom", "--advance")
    assert "spårets uppföljningar är: avslut, 1 månad" in space("follow-up", "A1", "9 månader", "--outcome", "arbete").err
    assert "Uppföljningen 1 månad frågar" in space("follow-up", "A1", "1 månad", "--outcome", "arbete").err
    assert "Uppföljningen avslut väntas" in space.ok("why", "A1").out
    space.ok("follow-up", "A1", "avslut", "--outcome", "arbete")
    assert "uppföljd (arbete, avslut)" in space.ok("history", "A1").out
    assert "redan besvarad, med utfallet arbete;" in space("follow-up", "A1", "avslut", "--outcome", "studier").err


def test_why_names_what_goes_on_beside_and_the_contacts_due_as_status_does(tmp_path: Path) -> None:
    beside = "  - {id: stod, type: stöd, name: Stödet, from: employment, until: 3 months after employment, contact_every: 2 weeks}\n"
    space = workspace(tmp_path / "w", ALONE.replace("follow_up: [exit]", f"{beside}follow_up: [1 month, exit]"))
    space.ok("enrol", "alone", "B1", "--fact", "car=ja", "--fact", "level=low", "--at", "2026-09-01", "--advance")
    space.ok("begin", "B1", "plan", "--advance")
    space.ok("record", "B1", "plan", "klar", "--advance")
    space.ok("record", "B1", "match", "anställd", "--advance")
    space.ok("advance", "--engine", "local", "--at", "2026-10-02")
    said = space.ok("why", "B1").out
    places = [said.index(part) for part in ("Uppföljningen 1 månad", "”Stödet” pågår", "Kontakt väntas i ”Stödet”")]
    assert places == sorted(places)
    assert "Uppföljningen avslut" not in said  # that she was hired is known


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (
            ("worklist", "--role", "kommunn"),
            "Det finns ingen roll kommunn (menade du kommun?); rollerna är: arbetsgivaren, coach, enheten, handläggare, kommun, unit.",
        ),
        (("worklist", "--track", "alon"), "Det finns inget spår alon (menade du alone?)"),
        (("status", "alon", "--people"), "Det finns inget spår alon"),
        (("verify", "--ref", "X9"), "Ingen här har referensen X9"),
    ],
)
def test_a_role_track_or_reference_that_is_not_there_ends_with_4(space: Workspace, args: tuple[str, ...], words: str) -> None:
    said = space(*args)
    assert (said.code, words in said.err) == (4, True)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("start", "kö", "2026-11-02", "postpone"), "--to DATUM"),
        (("start", "kö", "2026-11-02", "flytta"), "start kan vara bekräfta, ställ_in, skjut_upp, rapportera, inte flytta."),
        (("deviate", "B1", "match", "flytta", "--reason", "annat"), "kan vara lägg_till, gör_om, hoppa_över, korta, förläng, inte flytta."),
        (("deviate", "B1", "match", "korta", "6 veckor", "--reason", "annat"), "6 veckor"),
        (("except", "A2", "inte_ett_krav", "--reason", "annat"), "kraven är: redo"),
        (("offer", "alone"), "Ingen är föreslagen till en plats på alone"),
        (("status", "--people"), "jobbspar status SPÅR --people"),
        (("record", "B1", "match", "klar"), "jobbspar begin B1 match"),
        (("state", "B1", "--fact", "car=kanske"), "det ska vara ja eller nej."),
        (("state", "B1", "--fact", "bil=ja"), "uppgifterna är: car, level, kön, utbildningsnivå, utrikesfödd"),
    ],
)
def test_a_refusal_says_what_to_type_instead(space: Workspace, args: tuple[str, ...], words: str) -> None:
    said = space(*args)
    assert (said.code, words in said.err) == (2, True), said.err


def test_the_people_of_a_track_are_listed(space: Workspace) -> None:
    rows = {row["ref"]: row for row in space.ok("status", "alone", "--people", "--json").json}
    assert rows["B1"]["status"] == "active"
    assert set(rows["B1"]) == {"ref", "stream", "protected", "status", "step", "step_name", "since"}
    assert re.search(r"A1\s+antagen\s+2026-09-07", space.ok("status", "kö", "--people").out)
    assert space.ok("status", "kö", "--people", "--csv").out.startswith("ref,stream,status,step,since\n")


def test_the_status_of_a_programme_is_that_of_its_tracks(space: Workspace) -> None:
    assert [row["track"] for row in space.ok("status", "söder", "--json").json] == ["alone"]


def test_what_is_told_of_the_past_says_its_day_and_when_it_was_known(space: Workspace) -> None:
    for args in (("status",), ("status", "kö"), ("status", "A1"), ("worklist",), ("why", "A1"), ("queue", "kö"), ("history", "A1")):
        assert space.ok(*args, "--as-of", "2026-09-02").out.startswith("Så som det var 2026-09-02.\n")
        known = space.ok(*args, "--as-of", "2026-09-02", "--known-at", "2026-09-05").out
        assert known.startswith("Så som det var 2026-09-02, efter det som var känt 2026-09-05.\n")


def test_doctor_tells_that_the_key_of_kept_identities_is_missing(space: Workspace) -> None:
    space.ok("enrol", "alone", "B2", "--name", "Kalle Karlsson")
    (space.folder / "jobbspar.key").unlink()
    assert space("doctor", "--exit-code").code == 3
    row = next(row for row in space.ok("doctor", "--json").json if row["what"] == "key")
    assert (row["ok"], "saknas, fast databasen är skriven med den" in row["state"]) == (False, True)
    assert "databasens rättigheter" in space.ok("doctor").out


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('clok = "virtual"', ":2:1: clok är ingen inställning; inställningarna är: database, lang, clock. Menade du clock?"),
        ('  databse = "x.db"', ":2:3: databse är ingen inställning; inställningarna är: database, lang, clock. Menade du database?"),
        ("[clocks]", ":2:2: clocks är ingen inställning; inställningarna är: database, lang, clock. Menade du clock?"),
        ('lang = "swe"', ":2:1: lang kan inte vara swe; det kan vara: sv, en."),
        ('clock = "virtuell"', "det senast registrerade (2026-09-14) avgörs. Menade du virtual?"),
    ],
)
def test_a_misspelt_setting_is_refused_with_its_line_and_what_was_meant(space: Workspace, line: str, words: str) -> None:
    (space.folder / "jobbspar.toml").write_text(f'database = "jobbspar.db"\n{line}\n', encoding="utf-8")
    for command in (("status",), ("doctor",), ("advance", "--engine", "local")):
        said = space(*command)
        assert (said.code, said.out) == (2, "")
        assert words in said.err


def test_settings_may_begin_with_a_mark_of_the_byte_order(space: Workspace) -> None:
    settings = space.folder / "jobbspar.toml"
    settings.write_bytes(b"\xef\xbb\xbf" + settings.read_bytes())
    assert space.ok("status").out


def test_settings_that_cannot_be_read_are_told_in_plain_words(space: Workspace) -> None:
    settings = space.folder / "jobbspar.toml"
    settings.write_text("lang = \n", encoding="utf-8")
    assert "jobbspar.toml:1:8: inställningsfilen är inte skriven som TOML" in space("status").err
    settings.write_text("clock = true\n", encoding="utf-8")
    assert "jobbspar.toml: inställningen clock ska vara en text inom citattecken" in space("status").err
    settings.write_text('lang = "sv', encoding="utf-8")
    assert "jobbspar.toml:1:" in space("status").err
    assert "är en mapp, inte en fil." in space("verify", "--against", str(space.folder)).err or "TOML" in space("verify").err


def test_outcomes_on_the_screen_say_what_they_are(space: Workspace) -> None:
    said = space.ok("outcomes", "kö").out
    assert "Utfallet som det var den dagen" in said
    assert "– = färre än 5" in said
    assert "färre än" not in space.ok("outcomes", "kö", "--limit", "0").out


def test_a_key_that_was_made_is_told_once(space: Workspace) -> None:
    first = space.ok("state", "B1", "--fact", "car=ja", "--note", "canary")
    assert "jobbspar.key gjordes: nyckeln till namn" in first.err
    assert "gjordes" not in space.ok("contact", "B1", "--note", "canary 2").err
