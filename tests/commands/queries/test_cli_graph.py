"""`graph`: a track as a picture and as text, with how many stand where."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from definitions.loading.document import is_test
from tests.commands.workspace import ALONE, QUEUED, Workspace, typed, workspace

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[3]
EXAMPLE = str(ROOT / "examples" / "jobbnatet" / "jobbnatet.yaml")
SVG = "{http://www.w3.org/2000/svg}"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Eight are in their first step and six in their second or waiting for it; one is offered a place, and one waits for one."""
    space = workspace(tmp_path_factory.mktemp("w"), QUEUED, ALONE)
    for n in range(14):
        space.ok("enrol", "alone", f"B{n}", "--at", "2026-09-01", "--advance")
        space.ok("begin", f"B{n}", "plan", "--on", "2026-09-01", "--advance")
    for n in range(6):
        space.ok("record", f"B{n}", "plan", "done", *(["--fact", "car=nej"] if n < 5 else []), "--at", "2026-09-08", "--advance")
    space.ok("enrol", "kö", "A1", "--fact", "redo=ja", "--advance")
    space.ok("enrol", "kö", "A2", "--fact", "redo=ja", "--advance")
    return space


def shown(text: str) -> Mapping[str, tuple[str, str]]:
    """How many go on with each step and wait for it, as the picture says."""
    root = ET.fromstring(text)  # noqa: S314 - our own text
    cards = [[one.text or "" for one in group.iter(f"{SVG}text")] for group in root.iter(f"{SVG}g") if group.find(f"{SVG}text") is not None]
    lines = {card[0]: " ".join(card) for card in cards}
    found = {name: re.search(r"Nu: (\S+) pågår, (\S+) väntar", said) for name, said in lines.items()}
    return {name: (match[1], match[2]) for name, match in found.items() if match}


def test_without_anything_said_a_track_is_printed_as_mermaid(space: Workspace) -> None:
    assert space.ok("graph", "kö").out.startswith("flowchart TD\n")
    assert space.ok("graph", "kö", "--format", "mermaid").out == space.ok("graph", "kö").out


def test_on_a_terminal_it_is_said_how_to_get_a_picture(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    assert space.ok("graph", "kö").err == ""
    monkeypatch.setattr(io, "StringIO", Terminal)
    said = space.ok("graph", "kö")
    assert said.out.startswith("flowchart TD\n")
    assert said.err == "Det här är Mermaid-text. En bild: jobbspar graph kö -o kö.svg\n"
    assert space.ok("graph", "kö", "--format", "svg").err == ""


def test_the_name_of_the_file_says_the_form(space: Workspace) -> None:
    for name in ("kö.svg", "KÖ.SVG"):
        path = space.folder / name
        assert f"Skrev {path}" in space.ok("graph", "kö", "-o", str(path)).out
        assert ET.parse(path).getroot().tag == f"{SVG}svg"  # noqa: S314 - our own file
    path = space.folder / "kö.mmd"
    space.ok("graph", "kö", "--out", str(path))
    assert path.read_text("utf-8") == space.ok("graph", "kö").out


def test_a_dash_prints_the_picture(space: Workspace) -> None:
    assert space.ok("graph", "kö", "--format", "svg", "-o", "-").out == space.ok("graph", "kö", "--format", "svg").out
    assert space.ok("graph", "kö", "--format", "svg").out.startswith("<svg ")


def test_a_file_is_drawn_without_a_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = typed("--lang", "en", "graph", EXAMPLE, "--format", "svg")
    assert (said.code, said.err) == (0, "")
    assert "at most once" in said.out
    assert list(tmp_path.iterdir()) == []


def test_a_file_may_build_on_a_track_in_force(space: Workspace) -> None:
    variant = space.file("variant.yaml", "spår: gren\nnamn: Gren\nbygger_på: alone\nutan: [theory]\n")
    assert "Gren" in space.ok("graph", variant, "--format", "svg").out


def test_a_track_in_force_is_drawn_as_its_file_is(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w")
    space.ok("apply", str(ROOT / "examples"), "--at", "2026-08-01")
    for file in sorted(path for path in (ROOT / "examples").glob("*/*.yaml") if not is_test(path.name)):
        for form in ("svg", "mermaid"):
            assert space.ok("graph", file.stem, "--format", form).out == space.ok("graph", str(file), "--format", form).out


def test_both_languages_are_whole(space: Workspace) -> None:
    swedish, english = (space("graph", "alone", "--format", "svg", lang=lang).out for lang in ("sv", "en"))
    for word in ("Antagning", "Avslut", "Så läses bilden", "2\u00a0veckor", "börjar inom"):
        assert (word in swedish, word in english) == (True, False)
    for word in ("Admission", "Exit", "How to read the picture", "2\u00a0weeks", "begins within"):
        assert (word in swedish, word in english) == (False, True)


def test_the_same_picture_is_the_same_bytes(space: Workspace) -> None:
    first, second = (space.folder / name for name in ("1.svg", "2.svg"))
    space.ok("graph", "alone", "--counts", "-o", str(first))
    space.ok("graph", "alone", "--counts", "-o", str(second))
    assert first.read_bytes() == second.read_bytes()


def test_the_counts_are_those_of_status_where_nobody_runs_two_steps(space: Workspace) -> None:
    found = shown(space.ok("graph", "alone", "--format", "svg", "--counts", "--limit", "0").out)
    status = {row["name"]: row["people"] for row in space.ok("status", "alone", "--json").json["steps"]}
    assert {name: int(now) for name, (now, _) in found.items() if now != "0"} == status == {"Plan": 8, "Theory": 5}
    assert found["Theory"] == ("5", "1")


def test_it_can_be_asked_how_it_was_on_a_day_and_what_was_known_then(space: Workspace) -> None:
    for asked in (("--as-of", "2026-09-07"), ("--known-at", "2026-09-07")):
        said = space.ok("graph", "alone", "--format", "svg", "--counts", *asked, "--limit", "0").out
        assert shown(said)["Plan"] == ("14", "0")
        assert shown(said)["Theory"] == ("0", "0")
    assert "Läget 7\u00a0september\u00a02026." in space.ok("graph", "alone", "--format", "svg", "--counts", "--as-of", "2026-09-07").out


def test_small_counts_are_hidden_unless_asked_for(space: Workspace) -> None:
    said = space.ok("graph", "alone", "--format", "svg", "--counts").out
    # Five are in the theory, and are hidden with the one who waits: else those under way less those in a step would be one.
    assert shown(said) == {"Plan": ("8", "–"), "Theory": ("–", "–"), "Match": ("0", "–")}
    assert "Läget 8\u00a0september\u00a02026." in said
    assert "färre än 5" in said
    assert shown(space.ok("graph", "alone", "--format", "svg", "--counts", "--limit", "9").out)["Plan"] == ("–", "–")


def test_who_has_no_place_yet_is_counted_at_admission(space: Workspace) -> None:
    assert "Nu: 2 väntar på att börja" in space.ok("graph", "kö", "--counts", "--limit", "1").out
    assert "Nu: – väntar på att börja" in space.ok("graph", "kö", "--counts").out


def test_without_counts_nothing_is_said_of_people(space: Workspace) -> None:
    for form in ("svg", "mermaid"):
        assert "Nu:" not in space.ok("graph", "alone", "--format", form).out


def files_of(space: Workspace) -> set[str]:
    """What lies in the workspace, but for what SQLite keeps beside the database while it is open."""
    return {path.name for path in space.folder.iterdir()} - {f"jobbspar.db-{end}" for end in ("shm", "wal")}


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("nope",), 4, "Inget spår nope är i kraft"),
        (("nope.yaml",), 2, "Det finns ingen fil nope.yaml"),
        (("kö", "--format", "png"), 2, "--format kan vara mermaid, svg, inte png."),
        (("kö", "--counts", "--limit", "x"), 2, "--limit kan vara 0, 1, 2 …, inte x."),
        ((EXAMPLE, "--counts"), 2, "gäller ett spår i kraft"),
        ((EXAMPLE, "--as-of", "2026-08-01"), 2, "gäller ett spår i kraft"),
        (("kö", "--as-of", "2026-07-01"), 4, "fanns inte här 2026-07-01"),
        (("kö", "--as-of", "2027-01-01"), 2, "2027-01-01 ligger i framtiden"),
        (("kö", "-o", "no/such/folder.svg"), 5, "no/such/folder.svg"),
    ],
)
def test_what_cannot_be_drawn_is_refused_and_leaves_no_file(space: Workspace, args: tuple[str, ...], code: int, words: str) -> None:
    before = files_of(space)
    said = space("graph", *args)
    assert (said.code, said.out) == (code, "")
    assert words in said.err
    assert files_of(space) == before


def test_a_file_with_faults_is_not_drawn(space: Workspace) -> None:
    bad = space.file("bad.yaml", ALONE.replace("steps:", "stegg:"))
    said = space("graph", bad)
    assert said.code == 2
    assert f"jobbspar check {bad}" in said.err


def test_a_picture_of_another_form_is_refused_with_the_way_to_get_it(tmp_path: Path) -> None:
    path = tmp_path / "bild.PNG"
    said = typed("graph", str(EXAMPLE), "-o", str(path), "--lang", "sv")
    assert (said.code, "skrivs som .svg" in said.err, path.exists()) == (2, True, False)


def test_a_picture_and_a_handbook_call_a_track_that_receives_by_its_name(tmp_path: Path) -> None:
    there = "spår: dar\nnamn: Spåret där\ntyp: förberedande spår\nägare: ame\nsteg: [{id: s, typ: insats, namn: S, längd: 1 vecka}]\n"
    here = (
        there.replace("dar\nnamn: Spåret där", "har\nnamn: Här")
        + "överföringar: {dit: {mottagare: dar}, fk: {mottagare: Försäkringskassan}}\n"
    )
    space = workspace(tmp_path / "w", there, here)
    for command in (("graph", "har"), ("graph", "har", "--format", "svg"), ("handbook", "har", "-o", "-")):
        said = space.ok(*command).out
        assert "Till Spåret där" in said
        assert ("Till dar" in said, "Försäkringskassan" in said) == (False, True)
