from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.workspace import ALONE, QUEUED, Workspace, once, workspace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
@once
def space(tmp_path: Path) -> Workspace:
    """A1 waits on `kö`; B1 is in her first step on `alone`; today is 7 September."""
    space = workspace(tmp_path / "w", QUEUED, ALONE)
    space.ok("enrol", "kö", "A1", "--fact", "redo=ja", "--at", "2026-09-01")
    space.ok("enrol", "alone", "B1", "--at", "2026-09-01", "--advance")
    space.ok("begin", "B1", "plan", "--at", "2026-09-03", "--advance")
    space.ok("advance", "--engine", "local", "--at", "2026-09-07")
    return space


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("record", "NOPE", "plan", "done"), 4, "Ingen här har referensen NOPE"),
        (("status", "NOPE"), 4, "Ingen här har referensen NOPE"),
        (("history", "NOPE"), 4, "Ingen här har referensen NOPE"),
        (("why", "NOPE"), 4, "Ingen här har referensen NOPE"),
        (("enrol", "nope", "C1"), 4, "Inget spår nope är i kraft"),
        (("advance", "nope", "--engine", "local"), 4, "Inget spår nope är i kraft"),
        (("queue", "nope"), 4, "Inget spår nope är i kraft"),
        (("worklist", "--track", "nope"), 4, "Det finns inget spår nope"),
        (("graph", "nope"), 4, "Inget spår nope är i kraft"),
        (("outcomes", "nope"), 4, "Här finns varken spår eller deltagare nope"),
        (("record", "B1", "plan", "nonsens"), 2, "Steget plan har inget resultat nonsens; resultaten är: klar, ej_klar, avbruten."),
        (("record", "B1", "nope", "done"), 2, "har inget steg nope"),
        (("contact", "B1", "plam"), 2, "har inget steg plam här; stegen är: plan, theory, match. Menade du plan?"),
        (("record", "B1", "match", "done"), 2, "Steget match har inte startat"),
        (("record", "B1", "plan", "done", "--on", "2026-09-08"), 2, "2026-09-08 ligger i framtiden (i dag är 2026-09-07)"),
        (("record", "B1", "plan", "done", "--on", "2026-09-02"), 2, "före starten"),
        (("record", "B1", "plan", "done", "--on", "2026-08-20"), 2, "före anmälan"),
        (("record", "B1", "plan", "done", "--on", "2026-02-30"), 2, "2026-02-30 är inget datum"),
        (("record", "B1", "plan", "done", "--fact", "nope=1"), 2, "ingen uppgift nope"),
        (("record", "B1", "plan", "done", "--fact", "car=kanske"), 2, "kanske är inget giltigt värde för car"),
        (("record", "B1", "plan", "done", "--fact", "car"), 2, "car är inte skrivet som NAMN=VÄRDE"),
        (("record", "B1", "plan", "done", "--fact", "car="), 2, "car har inget värde, och inget kan rättas till inget"),
        (("correct", "B1", "1", "--set", "car="), 2, "`jobbspar correct REF NR --withdraw`"),
        (("enrol", "alone", "B1"), 2, "B1 har redan en inskrivning på alone som inte är avslutad (B1/1, pågår)"),
        (("enrol", "alone", "850101-0006"), 2, "I REF står något som ser ut som ett personnummer"),
        (("enrol", "alone", "a b"), 2, "En referens är"),
        (("enrol", "alone", "C1", "--number", "850101-0007"), 2, "Det är inget personnummer"),
        (("enrol", "alone", "C1", "--channel", "grannen Karin"), 2, "ingen väg in"),
        (("enrol", "alone", "C1", "--born", "1985"), 2, "ingen födelsemånad"),
        (("enrol", "alone", "C1", "--on", "2026-09-30"), 2, "i framtiden"),
        (("resume", "B1"), 2, "kan inte registreras på en inskrivning med status pågår"),
        (("interrupt", "B1", "--reason", "trött"), 2, "trött är inget skäl; skälen är: fått_arbete, "),
        (("accept", "B1"), 2, "kan inte registreras"),
        (("decide", "B1", "plan", "nästa"), 2, "Inget väntar på beslut efter plan"),
        (("phase", "B1", "plan", "ett"), 2, "har ingen fas ett"),
        (("place", "B1", "plan", "ab"), 2, "har ingen arbetsgivare"),
        (("outcome", "B1", "rik"), 2, "rik är inget utfall; utfallen är: arbete, arbete_med_stöd"),
        (("transfer", "B1", "fk", "--reason", "annat"), 2, "har ingen överföring fk"),
        (("except", "A1", "nope", "--reason", "annat"), 2, "har inget krav nope"),
        (("start", "kö", "2026-10-06", "cancel", "--reason", "annat"), 2, "har ingen omgång 2026-10-06"),
        (("start", "kö", "2026-10-05", "vända"), 2, "bekräfta, ställ_in, skjut_upp"),
        (("status", "B1", "--as-of", "2026-13-01"), 2, "2026-13-01 är inget datum"),
        (("status", "B1", "--as-of", "2027-01-01"), 2, "ligger i framtiden"),
        (("status", "--at", "i går"), 2, "i går är varken datum eller tidpunkt"),
        (("advance", "--engine", "diesel"), 2, "--engine kan vara prefect, local, inte diesel"),
        (("apply", "nope.yaml"), 2, "Det finns ingen fil nope.yaml"),
        (("verify", "--against", "nope.json"), 2, "Det finns ingen fil nope.json"),
    ],
)
def test_bad_input_is_refused_with_its_exit_code_and_nothing_is_written(
    space: Workspace, args: tuple[str, ...], code: int, words: str
) -> None:
    before = space.events
    said = space(*args)
    assert (said.code, said.out) == (code, "")
    assert words in said.err
    assert space.events == before
    english = space(*args, lang="en")
    assert (english.code, english.out) == (code, "")
    assert english.err != said.err


def test_a_personal_number_is_never_repeated(space: Workspace) -> None:
    for number in ("19850101-0007", "850101-0006x", "19850101-T234"):
        said = space("enrol", "alone", "--number", number)
        assert said.code == 2
        assert number[:6] not in said.err


def test_an_unreadable_file_and_a_wrong_encoding_are_told_with_their_place(space: Workspace) -> None:
    latin = space.file("latin.yaml", ALONE.replace("Alone", "Åsa").encode("latin-1"))
    said = space("check", latin)
    assert said.code == 2
    assert f"{latin}:3:" in said.out
    folder = space.folder / "folder.csv"
    folder.mkdir()
    assert space("import", str(folder), "--track", "alone").code == 2
    assert space("import", space.file("x.csv", "ref;on\nÅ1;2026\n".encode("utf-16")), "--track", "alone").code == 2


def test_a_database_that_is_none_is_left_alone(space: Workspace) -> None:
    other = space.file("other.db", "not a database at all")
    for args in (("status",), ("enrol", "alone"), ("verify",)):
        assert space(*args, "--db", other).code == 5
    assert space("status", "--db", space.file("empty.db", "")).code == 5
    assert space("status", "--db", "postgresql://x/y").code == 5


def test_a_changed_event_ends_verification_with_6(space: Workspace) -> None:
    import sqlite3

    with sqlite3.connect(space.database) as database:
        database.execute("DROP TRIGGER IF EXISTS event_no_update")
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("UPDATE event SET actor = 'Mallory' WHERE stream = 'B1/1' AND seq = 1")
    database.close()
    said = space("verify")
    assert said.code == 6
    assert "B1/1: händelse 1" in said.out
    assert "läs tillbaka en säkerhetskopia" in said.out
    assert "`jobbspar verify --against FIL`" in said.out
    assert "--rebuild" not in said.out


def test_a_database_of_another_version_ends_with_7(space: Workspace) -> None:
    import sqlite3

    with sqlite3.connect(space.database) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    assert space("status").code == 7
    assert space("enrol", "alone", "C1").code == 7


def test_a_missing_key_ends_with_8_and_status_works_without_it(space: Workspace) -> None:
    space.ok("enrol", "alone", "C1", "--name", "Kalle")
    (space.folder / "jobbspar.key").unlink()
    assert space("enrol", "alone", "C2", "--name", "Lisa").code == 8
    assert space("status", "C1").code == 0


def test_overdue_ends_with_3_where_it_is_asked_for(space: Workspace) -> None:
    assert space("status", "--exit-code").code == 0
    space.ok("advance", "--engine", "local", "--at", "2026-09-30")
    for args in (("status",), ("status", "alone"), ("status", "B1"), ("worklist",)):
        assert space(*args).code == 0
        assert space(*args, "--exit-code").code == 3
    assert space("worklist", "--track", "kö", "--overdue", "--exit-code").code == 0


def test_a_long_argument_and_one_of_several_lines_are_told_in_one_line(space: Workspace) -> None:
    for written in ("x" * 1_000_000, "one\ntwo"):
        for args in (
            ("status", written),
            ("record", "B1", "plan", written),
            ("record", "B1", written, "done"),
            ("enrol", written),
            (written,),
        ):
            said = space(*args)
            assert said.code in (2, 4)
            assert len(said.err) < 3000
            assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("enrol", "alone", "C1", "--on", "0026-09-01"), "0026-09-01 är inget datum"),
        (("enrol", "alone", "C1", "--on", "1926-09-01"), "1926-09-01 ligger före år 2000"),
        (("employer", "kö", "ab", "withdraw", "--on", "1926-09-01"), "1926-09-01 ligger före år 2000"),
        (("correct", "B1", "1", "--on", "1926-09-01"), "1926-09-01 ligger före år 2000"),
        (("enrol", "alone", "C1", "--fact", "car=yes", "--fact", "car=no"), "car sägs två gånger"),
        (("enrol", "alone", "C1", "--fact", "kön=kvinna", "--fact", "sex=man"), "sägs två gånger"),
        (("pause", "B1", "--back", "0026-10-01", "--reason", "sjukdom"), "0026-10-01"),
    ],
)
def test_a_day_that_cannot_be_and_a_fact_said_twice_are_refused(space: Workspace, args: tuple[str, ...], words: str) -> None:
    before = space.events
    said = space(*args)
    assert (said.code, words in said.err) == (2, True), said.err
    assert space.events == before


def test_a_row_is_refused_for_a_day_that_cannot_be_as_a_command_is(space: Workspace) -> None:
    rows = "ref;on\nC1;0026-09-01\nC2;1926-09-01\n"
    said = space("import", space.file("in.csv", rows), "--track", "alone")
    assert said.code == 2
    assert [words in said.out + said.err for words in ("0026-09-01", "före år 2000")] == [True] * 2


def files_of(space: Workspace) -> list[str]:
    """What stands in the folder, without what SQLite keeps beside a database that was read last."""
    return sorted(path.name for path in space.folder.iterdir() if not path.name.endswith(("-shm", "-wal")))


def test_a_refused_file_leaves_no_key(space: Workspace) -> None:
    before = files_of(space)
    rows = "ref;name;note;level\nC1;Test Testsson;hej;low\nC2;Prov Provsson;hej;sky\n"
    for args in ((), ("--dry-run",)):
        said = space("import", space.file("in.csv", rows), "--track", "alone", *args)
        assert said.code == 2
        (space.folder / "in.csv").unlink()
        assert files_of(space) == before
    space.ok("import", space.file("in.csv", rows.replace("sky", "high")), "--track", "alone")
    assert (space.folder / "jobbspar.key").exists()


def test_a_refused_referral_or_note_leaves_no_key(space: Workspace) -> None:
    assert space("enrol", "alone", "C1", "--name", "Test Testsson", "--on", "1926-09-01").code == 2
    assert space("record", "B1", "match", "klar", "--note", "hej").code == 2
    assert not (space.folder / "jobbspar.key").exists()


def test_the_help_of_an_exception_lists_every_group(space: Workspace) -> None:
    told = " ".join(space("except", "--help").out.split())
    assert all(f"`{word}`" in told for word in ("krav", "löpande_krav", "längst"))
