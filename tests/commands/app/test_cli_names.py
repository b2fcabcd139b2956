"""What names something: a name that stands for nothing is refused, with what was perhaps meant, and nothing is written."""

from __future__ import annotations

import io
import shlex
from typing import TYPE_CHECKING, Any, Final

import pytest

import cli
from commands.app.command_group import CommandGroup
from commands.runtime.context import command_context
from tests.commands.workspace import QUEUED, Workspace, workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def _params() -> Iterator[tuple[str, Any]]:
    """Every parameter of every command, with the command's name."""
    group = CommandGroup(cli.TOPICS, cli.load_command)
    for name in cli.COMMANDS:
        context = group.make_context("jobbspar", [name], obj=command_context({"lang": "en"}), resilient_parsing=True)
        yield from ((name, param) for param in group.get_command(context, name).params)


TRACK: Final = """
spår: dit
namn: Dit
typ: jobbspår
program: söder
ägare: enheten
parter: [kommun, skolan]
arbetsgivare:
  - {id: maltid, namn: Måltid Söder AB, bransch: I, avtal: {typ: avsikt, undertecknat: 2026-06-01}}
  - {id: bygg, namn: Bygg AB, bransch: F, avtal: {typ: avsikt, undertecknat: 2026-06-01}}
uppgifter: {poäng: tal, nivå: [låg, hög]}
intag: {starter: [2026-09-01, 2026-10-05], platser: 9}
steg:
  - {id: karta, typ: kartläggning, namn: Kartan, längd: 1 vecka, ger: [nivå]}
  - {id: vux, typ: insats, namn: Vux, faser: [teori, slutprov], längd: 2 veckor, resultat: [toppen], vid_resultat: {ej_klar: fråga}}
  - {id: praktik, typ: praktik, namn: Praktik, längd: 2 veckor}
  - {id: möte, typ: insats, namn: Möte, gäller: arbetsgivare, från: antagning, längd: 1 vecka}
  - {id: träff, typ: insats, namn: Träff, gäller: omgång, från: antagning, längd: 1 vecka}
uppföljning: [avslut, 3 månader]
överföringar: {bort: {mottagare: kö}, myndighet: {mottagare: Försäkringskassan}}
"""
# By command and place, a line in which that place is misspelt, and what was meant; empty where the list of what there is says enough.
LINES: Final = """
demo --engine | x --engine locl | local
demo --only | x --only filurr | filur
init --from | y --from filurr | filur
check --format | t1.yaml --format jsn | json
explain name | läng | längd
graph what | ditt | dit
graph --format | dit --format sv | svg
handbook track | ditt | dit
enrol track | ditt X1 | dit
enrol --fact | dit X1 --fact poängen=3 | poäng
enrol --channel | dit X1 --channel handlägare | handläggare
import --track | r.csv --track ditt | dit
import --as | r.csv --track dit --as peple | people
offer what | ditt | dit
decline --reason | Q1 --reason sjukdm | sjukdom
except rule | Q1 krva --reason annat | krav
except --reason | Q1 krav --reason sjukdm | sjukdom
refuse --reason | Q1 --reason sjukdm | sjukdom
select employer | Q1 aab | ab
record step | A1 kartaa klar | karta
record result | A1 karta klarr | klar
record --fact | A1 karta klar --fact nivå=hgö | hög
record --employer | A1 karta klar --employer maltd | maltid
record --outcome | A1 karta klar --outcome arbte | arbete
record --reason | A1 karta avbruten --reason sjukdm | sjukdom
state --fact | A1 --fact pong=3 | poäng
begin step | A1 kartaa | karta
begin --reason | A1 karta --reason sjukdm | sjukdom
phase step | A2 vuxx teori | vux
phase name | A2 vux teorii | teori
place step | A1 praktikk maltid | praktik
place --reason | A1 praktik maltid --reason sjukdm | sjukdom
place employer | A1 praktik "Måltid Söer AB" | Måltid Söder AB
decide step | A2 vuxx nästa | vux
decide action | A2 vux nästta | nästa
contact step | A1 kartaa | karta
outcome what | A1 arbte | arbete
outcome --employer | A1 arbete --employer bygga | bygg
follow-up point | S1 avslutt --outcome arbete | avslut
follow-up --outcome | S1 avslut --outcome arbte | arbete
follow-up --employer | S1 avslut --outcome arbete --employer maltd | maltid
follow-up --fact | S1 avslut --outcome arbete --fact nivån=låg | nivå
pause --reason | A1 --reason sjukdm | sjukdom
interrupt --reason | A1 --reason sjukdm | sjukdom
interrupt --outcome | A1 --reason annat --outcome arbte | arbete
interrupt --employer | A1 --reason annat --outcome arbete --employer maltd | maltid
close --reason | A1 --reason sjukdm | sjukdom
close --outcome | A1 --reason annat --outcome arbte | arbete
close --employer | A1 --reason annat --outcome arbete --employer maltd | maltid
transfer to | A1 bortt --reason annat | bort
transfer --reason | A1 bort --reason sjukdm | sjukdom
transfer --outcome | A1 myndighet --reason annat --outcome arbte | arbete
misregister --reason | A1 --reason sjukdm | sjukdom
correct --result | A2 {reported} --result klarr | klar
correct --fact | A2 {reported} --fact nivån=låg | nivå
correct --set | A2 {reported} --set resulatt=klar | resultat
correct --reason | A2 {reported} --result ej_klar --reason sjukdm | sjukdom
deviate step | A1 vuxx hoppa_över --reason annat | vux
deviate what | A1 vux hopa_över --reason annat | hoppa_över
deviate --reason | A1 vux hoppa_över --reason sjukdm | sjukdom
deviate --reason | A1 ny lägg_till "1 vecka" --name Ny --reason sjukdm | sjukdom
deviate --type | A1 ny lägg_till "1 vecka" --name Ny --type insatss --reason annat | insats
deviate --after | A1 ny lägg_till "1 vecka" --name Ny --after vuxx --reason annat | vux
merge --reason | A1 Q1 --reason sjukdm | sjukdom
renumber --reason | A1 --reason sjukdm | sjukdom
db action | upgrad | upgrade
protect --reason | A1 --reason sjukdm | sjukdom
assign role | A1 handlägare Lisa | handläggare
move --reason | Q1 2026-11-02 --reason sjukdm | sjukdom
start track | ditt 2026-10-05 bekräfta | dit
start what | dit 2026-10-05 bekräfa | bekräfta
start --reason | dit 2026-10-05 ställ_in --reason sjukdm | sjukdom
start --step | dit 2026-09-01 rapportera --step träf --result klar | träff
start --result | dit 2026-09-01 rapportera --step träff --result klarr | klar
employer track | ditt maltid | dit
employer name | dit maltd | maltid
employer what | dit maltid drar_sig_u | drar_sig_ur
employer --step | dit maltid rapportera --step möt --start 2026-09-01 --result klar | möte
employer --result | dit maltid rapportera --step möte --start 2026-09-01 --result klarr | klar
advance tracks | ditt --engine local | dit
advance --engine | --engine locl | local
status what | ditt | dit
worklist --role | --role kommunn | kommun
worklist --track | --track ditt | dit
caseload track | ditt | dit
why step | A1 vuxx | vux
queue track | ditt | dit
outcomes what | söde | söder
report what | söde | söder
export track | ditt | dit
export --what | --what statuss | status
export --format | --format csvv | csv
"""
# These name a person, a day, a file or a text of one's own, or nothing.
FREE: Final = {
    "DIR", "PATH", "FILE", "REF", "INTO", "NUMBER", "NAME", "TEXT", "KEY", "DATE", "TIME", "N", "PERCENT", "LENGTH", "YYYY-MM", "TEXT|FILE",
}  # fmt: skip
NAMED: Final = {("phase", "name")}
NOTED: Final = {name for name, param in _params() if "--note" in param.opts}
PLACES: Final = [tuple(part.strip() for part in line.split("|", 2)) for line in LINES.strip().splitlines()]


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A1 is in the first step, the second of A2 waits for a decision, S1 has left, Q1 waits."""
    space = workspace(tmp_path_factory.mktemp("names") / "w", QUEUED, TRACK)
    space.file("r.csv", "on;ref;what;step;value\n2026-09-01;A1;rapport;karta;klar\n")
    for ref in ("A1", "A2", "S1"):
        space.ok("enrol", "dit", ref, "--at", "2026-08-20", "--advance")
        space.ok("accept", ref)
    space.ok("enrol", "kö", "Q1", "--fact", "redo=ja")
    space.ok("advance", "--engine", "local", "--at", "2026-09-01")
    space.ok("record", "A2", "karta", "klar", "--fact", "nivå=låg", "--advance")
    space.ok("record", "A2", "vux", "ej_klar", "--advance")
    space.ok("interrupt", "S1", "--reason", "annat", "--advance")
    return space


@pytest.mark.parametrize(("place", "line", "meant"), PLACES)
def test_a_misspelt_name_is_refused_with_what_was_meant_and_leaves_nothing(
    space: Workspace, place: str, line: str, meant: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = place.split(maxsplit=1)[0]
    reported = next(str(row["seq"]) for row in space.ok("history", "A2", "--json").json if row["kind"] == "reported")
    words = shlex.split(line.replace("t1.yaml", str(space.folder / "t1.yaml")).replace("r.csv", str(space.folder / "r.csv")))
    words = [str(tmp_path / word) if word in ("x", "y") else word.format(reported=reported) for word in words]
    before = left(space)
    # On a later day, when the engine has things to do that it would have to be caught up with; and with a text that would need a key.
    for more in [[], ["--note", "med en anteckning"]] if command in NOTED else [[]]:
        monkeypatch.setattr("sys.stdin", io.StringIO("20121212-1212\n"))
        said = space(command, *words, "--at", "2026-09-20", *more)
        assert said.code in (2, 4), said.out
        asked = [part for part in ("Menade du ", "menade du ", "menades ") if part in said.err]
        assert asked, said.err
        assert meant in said.err.split(asked[0], 1)[1], said.err
        assert left(space) == before
    assert not list(tmp_path.iterdir())


def left(space: Workspace) -> dict[str, Any]:
    """Everything that a command could leave: the rows of all tables, and the files beside them."""
    tables = [name for (name,) in space.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: sorted(space.rows(f"SELECT * FROM {name}"), key=str) for name in tables} | {
        # What SQLite keeps beside a database that is open is none of ours.
        "files": sorted(path.name for path in space.folder.rglob("*") if not path.name.endswith(("-wal", "-shm")))
    }


def test_every_place_that_names_something_is_tried() -> None:
    named = [(name, param) for name, param in _params() if param.metavar]
    asked = {f"{name} {param.opts[0]}" for name, param in named if param.metavar not in FREE or (name, param.opts[0]) in NAMED}
    assert asked == {place for place, *_ in PLACES}


def test_an_employer_named_at_a_follow_up_in_any_letters_has_hired(space: Workspace) -> None:
    space.ok("follow-up", "S1", "avslut", "--outcome", "arbete", "--employer", "måltid söder ab")
    found = space.ok("employer", "dit", "--json").json["employers"]
    assert {row["id"]: row["hired"] for row in found} == {"maltid": 1, "bygg": 0}


def test_a_person_at_work_whom_nobody_knows_is_named_with_who_was_meant(space: Workspace) -> None:
    space.ok("assign", "A1", "handläggare", "Lisa Ek")
    for command in ("caseload", "worklist"):
        assert "menade du Lisa Ek?" in space.ok(command, "--responsible", "Lisa E").err
