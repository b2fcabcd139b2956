"""Every line of the worklist says what to type, and what remains to be filled in is asked for: typed here, as somebody would."""

from __future__ import annotations

import io
import os
import pty
import shlex
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from commands.app.placeholders import without_placeholders
from tests.commands.workspace import Workspace, workspace
from tests.test_catalogues import texts

HEAD: Final = """
typ: jobbspår
ägare: enheten
parter: [kommun]
arbetsgivare:
  - {id: ab, namn: AB, bransch: F, avtal: {typ: avsiktsförklaring, undertecknat: 2026-06-01}}
  - {id: cd, namn: CD, bransch: F, avtal: {typ: avsiktsförklaring, undertecknat: 2026-06-01}}
  - {id: ef, namn: EF, bransch: F, avtal: {typ: avsiktsförklaring, undertecknat: 2026-06-01}}
"""
# Small tracks, each with people for whom something is to be done; what is said is said on its day.
TRACKS: Final = {
    "kö": """
uppgifter: {redo: ja/nej}
målgrupp: {krav: [redo]}
intag: {platser: 2, starter: [2026-09-28, 2026-10-19], minst_antal: 2, svar_inom: 5 arbetsdagar}
steg: [{id: kurs, typ: insats, namn: Kursen, platser: 1, längd: 1 vecka}]
""",
    "stegen": """
uppgifter: {bil: ja/nej, poäng: tal, kvar: ja/nej}
målgrupp: {löpande_krav: [kvar]}
steg:
  - {id: ett, typ: insats, namn: Ett, start_inom: 5 arbetsdagar, längd: 1 vecka, ger: [bil]}
  - {id: två, typ: insats, namn: Två, om: bil, längd: 1 vecka, vid_resultat: {ej_klar: fråga, avbruten: avsluta}}
  - {id: tre, typ: insats, namn: Tre, kräver: poäng > 3, längd: 1 vecka}
  - {id: stöd, typ: stöd, namn: Stödet, från: antagning, till: avslut, kontakt_var: 1 vecka}
överföringar: {fk: {mottagare: Försäkringskassan}, till: {mottagare: kö}}
uppföljning: [avslut, 1 månad]
""",
    "platser": """
steg:
  - {id: vaga, typ: insats, namn: Vaga, starter: [2026-09-01], längd: 1 vecka, vid_resultat: {ej_klar: {överför: fk}}}
  - {id: praktik, typ: praktik, namn: Praktiken, längd: 1 vecka}
  - {id: prov, typ: förberedande anställning, namn: Prov, hos: ab, längd: 1 vecka}
  - {id: handledare, typ: insats, namn: Handledarna, gäller: arbetsgivare, från: start på praktik, till: slut på praktik, längd: 2 dagar}
överföringar: {fk: {mottagare: Försäkringskassan}}
""",
    "löpande": """
längst: 2 veckor
intag: {platser: 1}
steg: [{id: kurs, typ: insats, namn: Kursen, längd: 8 veckor}]
""",
    "stängt": """
period: {till: 2026-09-15}
intag: {platser: 1}
steg: [{id: kurs, typ: insats, namn: Kursen, längd: 8 veckor}]
""",
    "osignerat": """
intag: {platser: 2, starter: [2026-10-12]}
steg: [{id: kurs, typ: insats, namn: Kursen, längd: 8 veckor}]
""",
    "lämnat": """
intag: {platser: 2, starter: [{datum: 2026-10-12, hos: ef}]}
steg: [{id: kurs, typ: insats, namn: Kursen, längd: 8 veckor}]
""",
    "trångt": """
steg: [{id: praktik, typ: praktik, namn: Praktiken, längd: 8 veckor, platser: {ab: 1, cd: 1}}]
""",
}  # fmt: skip
AGREED: Final = ", avtal: {typ: avsiktsförklaring, undertecknat: 2026-06-01}"
SAID: Final = """
09-01 enrol stegen S1; enrol stegen S2; enrol stegen S3; enrol stegen S4; enrol stegen S5; enrol stegen S6; enrol stegen S7
09-01 enrol platser P2; enrol platser P3; enrol platser P4; enrol platser P5; enrol platser P6; enrol kö K1 --fact redo=ja
09-01 enrol kö K2 --fact redo=ja; enrol kö K3; enrol löpande L1; enrol stängt N1
09-01 enrol osignerat O1; enrol lämnat V1; enrol trångt T1; enrol trångt T2; place T1 praktik ab; place T2 praktik ab
09-02 begin S2 ett; begin S3 ett; begin S4 ett; begin S5 ett; begin S6 ett; begin S7 ett; enrol platser P1; accept L1
09-03 record S3 ett klar; record S4 ett klar --fact bil=ja; record S5 ett klar --fact bil=ja; record S6 ett klar --fact bil=ja
09-03 record P2 vaga ej_klar; record P3 vaga klar; record P4 vaga klar; record P5 vaga klar; record P6 vaga klar; place P4 praktik ab
09-03 offer kö; enrol löpande L2; record S7 ett klar; place P6 praktik cd; place P3 praktik cd
09-04 record S4 två ej_klar; record S5 två avbruten; record S6 två klar; accept K1; interrupt L1 --reason flyttat; state S7 --fact kvar=nej
09-07 pause S6 --reason sjukdom --back 2026-09-11; accept L2; record P4 praktik klar
09-08 interrupt P4 --reason flyttat; enrol stegen S8; enrol stegen S9; enrol kö K5 --fact redo=ja
09-09 begin S8 ett; begin S9 ett; transfer S2 till --reason annat; record P3 praktik klar
09-10 record S8 ett klar --fact bil=nej; record S9 ett klar --fact bil=ja; enrol kö K4 --fact redo=ja
09-11 record S9 två klar
"""
# What came later: a letter was sent, and things were put right.
RIGHT: Final = """
09-14 correct S9 6 --set bil=nej; correct L1 7 --withdraw; employer platser cd drar_sig_ur
09-14 offer V1; accept V1; employer lämnat ef drar_sig_ur
09-28 offer K4
"""


def say(space: Workspace, lines: str) -> None:
    for line in lines.strip().splitlines():
        day, _, said = line.partition(" ")
        for command in said.split("; "):
            space.ok(*shlex.split(command), "--advance", "--at", f"2026-{day}")


def send(space: Workspace, stream: str, kind: str, step: str, template: str) -> None:
    """A letter about an event, sent."""
    with sqlite3.connect(space.database) as database:
        (seq,) = database.execute("SELECT max(seq) FROM event WHERE (stream, kind, step) = (?, ?, ?)", (stream, kind, step)).fetchone()
        database.execute("INSERT INTO outbox VALUES (?, ?, ?, 'done')", (stream, seq, template))


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    files = [
        f"spår: {name}\nnamn: {name}\n{HEAD.replace(AGREED, '') if name == 'osignerat' else HEAD}{text}" for name, text in TRACKS.items()
    ]
    space = workspace(tmp_path_factory.mktemp("w"), *files)
    say(space, SAID)
    send(space, "S9/1", "step_started", "två", "kallelse")
    say(space, RIGHT)
    space.ok("advance", "--engine", "local", "--at", "2026-09-29")
    return space


# What somebody at the terminal answers when a command asks, by command.
ANSWERS: Final = {
    "record": "anställd", "state": "ja", "place": "ab", "decide": "nästa", "except": "prövad av två", "refuse": "annat",
    "interrupt": "flyttat", "follow-up": "arbete", "start": "annat", "transfer": "annat",
}  # fmt: skip
# These tell what is to be done about it, and change nothing themselves.
ONLY_ASK: Final = ("why", "queue")
EMPLOYERS: Final = ("employer", 1)  # without an employer it lists them


def key(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["stream"], row["kind"], row["step"], row["attempt"]


def rows(space: Workspace) -> dict[tuple[Any, ...], dict[str, Any]]:
    return {key(row): row for row in space.ok("worklist", "--json").json}


def test_every_kind_of_task_is_among_them(space: Workspace) -> None:
    names = {name.removeprefix("todo.").partition(".")[0] for name in texts("tracks")["sv"] if name.startswith("todo.")}
    assert {row["kind"].partition(":")[0] for row in rows(space).values()} == names


def test_what_there_is_to_do_has_one_order_now_and_asked_of_the_past(space: Workspace) -> None:
    now, then = (list(map(key, space.ok("worklist", "--json", *more).json)) for more in ((), ("--as-of", "2026-09-29")))
    assert now == then
    for ref in {stream.partition("/")[0] for stream, *_ in now} - {"track"}:
        one, other = (space.ok("status", ref, "--json", *more).json for more in ((), ("--as-of", "2026-09-29")))
        assert [list(map(key_of_todo, stand["todos"])) for stand in one] == [list(map(key_of_todo, stand["todos"])) for stand in other]


def test_one_participants_tasks_are_hers_alone_also_asked_of_the_past(space: Workspace) -> None:
    streams = {stream for stream, *_ in map(key, space.ok("worklist", "--json").json)}
    for asked in {part for stream in streams for part in (stream, stream.partition("/")[0])}:
        if asked.startswith("track"):
            continue
        now, then = (list(map(key, space.ok("worklist", "--ref", asked, "--json", *m).json)) for m in ((), ("--as-of", "2026-09-29")))
        assert now == then


def key_of_todo(todo: dict[str, Any]) -> tuple[Any, ...]:
    return todo["kind"], todo["step"], todo["attempt"]


def copy(space: Workspace, folder: Path) -> Workspace:
    shutil.copytree(space.folder, folder)
    return Workspace(folder)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_each_line_works_as_it_is_printed(space: Workspace, lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commands.app.prompt.at_terminal", lambda: True)
    listed = space("worklist", "--json", lang=lang).json
    seen = set()
    for number, row in enumerate(listed):
        for other, line in enumerate([row["type"], *row["or"]]):
            name, *args = shlex.split(line.removeprefix("jobbspar "))
            if (row["kind"], name) in seen:
                continue
            seen.add((row["kind"], name))
            mine = copy(space, tmp_path / f"{number}-{other}")
            # What concerns everybody on a start is asked once more.
            monkeypatch.setattr(sys, "stdin", io.StringIO(f"{'3' if 'poäng=' in line else ANSWERS.get(name, '')}\nja\n"))
            done = mine(name, *args, lang=lang)
            assert done.code == 0, (line, done.err)
            mine.ok("advance", "--engine", "local", "--at", "2026-09-29T12:00")
            assert (key(row) in rows(mine)) == (name in ONLY_ASK or (name, len(args)) == EMPLOYERS), line
            shutil.rmtree(mine.folder)
    assert len(seen) > len(ANSWERS)


LEFT_OPEN: Final = {
    "sv": (
        "state S3 --fact bil=ja/nej",
        "except K3 krav --reason SKÄL", "refuse K3 --reason SKÄL", 'follow-up P4 "avslut" --outcome UTFALL',
    ),
    "en": (
        "state S3 --fact bil=yes/no",
        "except K3 entry --reason REASON", "refuse K3 --reason REASON", 'follow-up P4 "exit" --outcome OUTCOME',
    ),
}  # fmt: skip


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_line_shows_what_remains_to_be_filled_in(space: Workspace, lang: str) -> None:
    lines = {line for row in space("worklist", "--json", lang=lang).json for line in (row["type"], *row["or"])}
    assert {f"jobbspar {line}" for line in LEFT_OPEN[lang]} <= lines
    assert not [line for line in lines if set(line) & set("|<>*?$;&`")], "the shell would take it for something else"
    table = space("worklist", "--csv", lang=lang).out
    assert LEFT_OPEN[lang][0] in table


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_line_that_is_typed_with_nothing_filled_in_writes_nothing(space: Workspace, lang: str) -> None:
    before = space.events
    for line in LEFT_OPEN[lang]:
        done = space(*shlex.split(line), lang=lang)
        assert (done.code, space.events) == (2, before), line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("K3 krav --reason SKÄL", "K3 krav"), ("K3 --reason sjukdom", "K3 --reason sjukdom"),
        ("S3 --fact bil=ja/nej", "S3 --fact bil=ja/nej"), ("S3 --note RESULTAT", "S3 --note RESULTAT"),
        ("RESULTAT=ja", "RESULTAT=ja"), ("P2 praktik ARBETSGIVARE", "P2 praktik"), ("P2 praktik AB", "P2 praktik AB"),
        ("S3 RESULT", "S3 RESULT"),
    ],
)  # fmt: skip
def test_only_what_a_line_leaves_open_counts_as_not_given(typed: str, kept: str) -> None:
    assert without_placeholders(typed.split(), ("REASON", "EMPLOYER", "ACTION")) == kept.split()


def test_the_choices_of_a_fact_stand_in_the_line_where_they_are_few(tmp_path: Path) -> None:
    facts = "uppgifter: {nivå: [A, B, C, D], ort: [Upplands_Väsby, Sollentuna, Järfälla]}\nmålgrupp: {krav: [nivå = B, ort = Sollentuna]}"
    space = workspace(
        tmp_path / "w", f"spår: val\nnamn: Val\n{HEAD}{facts}\nsteg: [{{id: kurs, typ: insats, namn: Kursen, längd: 1 vecka}}]\n"
    )
    space.ok("enrol", "val", "V1", "--advance")
    lines = {row["kind"]: row["type"] for row in space.ok("worklist", "--json").json}
    assert lines["fact:nivå"] == "jobbspar state V1 --fact nivå=A/B/C/D"
    assert lines["fact:ort"] == "jobbspar state V1 --fact ort=Upplands_Väsby/Sollentuna/Järfälla"


def test_what_a_line_leaves_to_a_person_is_named_where_nobody_can_be_asked(space: Workspace) -> None:
    for line, said in (
        ("state S3 --fact bil", "bil är inte skrivet som NAMN=VÄRDE."),
        ("state S3 --fact bil=ja/nej", "bil=ja/nej: välj ett av ja, nej."),
        ("state S3 --fact dag=ÅÅÅÅ-MM-DD", "ÅÅÅÅ-MM-DD står för ett värde som ska fyllas i"),
        ("state S3 --fact bil=VÄRDE --advance", "VÄRDE står för ett värde som ska fyllas i"),
        ("decide S4 två", "ÅTGÄRD saknas ("),
        ("except K3 krav --reason SKÄL", "SKÄL står för något som ska fyllas i: Skälet, som en kod (fått_arbete, "),
        ("except K3 krav --reason SKÄL", ") eller, om spåret tillåter det, med egna ord"),
        ("place P2 praktik ARBETSGIVARE", "ARBETSGIVARE står för något som ska fyllas i: "),
        ("except K3 krav", "--reason saknas (Skälet, som en kod (fått_arbete, "),
        ('follow-up P4 "avslut"', "--outcome saknas (Utfallet: arbete, "),
    ):
        done = space(*shlex.split(line))
        assert (done.code, said in done.err) == (2, True), done.err


def test_at_a_real_terminal_the_question_is_put_and_the_answer_taken(space: Workspace, tmp_path: Path) -> None:
    mine = copy(space, tmp_path / "mine")
    door, terminal = pty.openpty()
    code = "import sys, cli; sys.exit(cli.main(sys.argv[1:]))"
    args = ["decide", "S4", "två", "--db", str(mine.database), "--by", "Lisa", "--lang", "sv"]
    child = subprocess.Popen(
        [sys.executable, "-c", code, *args], cwd=Path(__file__).parents[3], stdin=terminal, stdout=terminal, stderr=terminal
    )
    os.close(terminal)
    os.write(door, "nästa\n".encode())
    said = b""
    while child.poll() is None or b"beslut" not in said:
        try:
            said += os.read(door, 4096)
        except OSError:
            break
    assert child.wait() == 0
    assert "nästa, gör_om, eller ett stegs id:" in said.decode()
    assert "beslut: Två (nästa)" in said.decode()


def test_a_letter_says_what_it_said(space: Workspace) -> None:
    line = next(line for line in space.ok("worklist").out.splitlines() if "kallelse" in line)
    assert "Säg att brevet ”kallelse” inte gäller längre (2026-09-10 steg startat: Två)" in line
    assert "(2026-09-10 steg startat: Två)" in space.ok("status", "S9").out


def test_a_task_that_is_late_says_by_how_many_working_days(space: Workspace) -> None:
    late = {row["ref"]: row["late"] for row in space.ok("worklist", "--overdue", "--json").json if row["kind"] == "start"}
    assert late == {"S1": 15}
    lines = space.ok("worklist").out.splitlines()
    assert any(line.startswith("S1 ") and "2026-09-08, 15 arbetsdagar sent" in line for line in lines)
    assert "senast 2026-09-08: 15 arbetsdagar FÖRSENAT" in space.ok("status", "S1").out


def test_a_participant_with_several_enrolments_is_named_by_the_one_that_is_meant(space: Workspace) -> None:
    lines = [row["type"] for row in space.ok("worklist", "--json").json if row["ref"] == "S2"]
    assert {line.split()[2] for line in lines} == {"S2/1", "S2/2"}


def test_a_worklist_that_the_engine_has_not_brought_up_to_the_day_says_so(space: Workspace) -> None:
    assert space.ok("worklist").err == ""
    late = space.ok("worklist", "--at", "2026-11-02")
    assert "Motorn har inte gått sedan 2026-09-30" in late.err
    assert "jobbspar advance" in late.err


def test_a_list_shows_the_first_line_of_each_command_that_does_a_task(space: Workspace) -> None:
    """To turn somebody down or to make an exception is a choice, and a list that named one of them would make it."""
    shown = [line.strip() for line in space.ok("worklist", "--track", "kö").out.splitlines() if line.strip().startswith("jobbspar ")]
    for row in space.ok("worklist", "--json", "--track", "kö").json:
        lines = (row["type"], *row["or"])
        for command in dict.fromkeys(line.split()[1] for line in lines):
            assert next(line for line in lines if line.split()[1] == command) in shown
    assert {"except", "refuse"} <= {line.split()[1] for line in shown}
