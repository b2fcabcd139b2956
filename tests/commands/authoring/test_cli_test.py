"""`jobbspar test`: what is printed of cases that pass and that fail, of branches that are left, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.workspace import Said, Workspace, typed, workspace

TRACK = """\
spår: norr
namn: Norr
typ: förberedande spår
ägare: Enheten
parter: [kommun]
uppgifter: {bil: ja/nej}
steg:
  - {id: plan, typ: kartläggning, längd: 2 veckor, ger: [bil]}
  - {id: kurs, typ: insats, namn: Kurs, om: inte bil, längd: 1 vecka}
uppföljning: [avslut]
"""
PASSING = """\
prov: norr
fall:
  - namn: Den som har bil behöver ingen kurs
    givet: {anmäld: 2026-08-03}
    när: {2026-08-17: "plan klar, bil=ja"}
    så: {2026-08-17: [kurs hoppas över, fullföljer]}
"""
FAILING = """\
prov: norr
fall:
  - namn: Den som har bil behöver ingen kurs
    givet: {anmäld: 2026-08-03}
    när: {2026-08-17: "plan klar, bil=nej"}
    så: {2026-08-17: kurs hoppas över}
  - namn: Flera
    givet:
      grupp: {antal: 3, anmäld: 2026-08-03}
    när:
      2026-08-04: grupp tackar ja
    så:
      dag 1: grupp status pågår
      dag 2: grupp inte status pågår
      aldrig: grupp plan startar
      2026-08-05: avvisas grupp avbryter
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("norr.yaml").write_text(TRACK, "utf-8")
    return tmp_path


def run(cases: str, *args: str, lang: str = "sv") -> Said:
    Path("norr.test.yaml").write_text(cases, "utf-8")
    return typed("test", ".", "--lang", lang, *args)


@pytest.mark.usefixtures("folder")
def test_what_passes_is_told_with_how_much_of_the_track_is_tested() -> None:
    said = run(PASSING)
    assert (said.code, said.err) == (0, "")
    # plan: its report in time and late, three results; kurs: its condition three ways, the same five; the end, and a follow-up.
    assert said.out == (
        "norr: 4 av 16 vägar genom spåret är prövade (25 %).\n"
        "12 vägar är inte prövade; `--coverage` säger vilka, och vad ett fall skulle göra.\n"
        "1 fall gick som väntat.\n"
    )


SWEDISH = """\
norr.test.yaml:6:22: fel i fallet ”Den som har bil behöver ingen kurs”: det här hände inte.
     6 |     så: {2026-08-17: kurs hoppas över}
       |                      ^^^^^^^^^^^^^^^^
  Väntat:    2026-08-17: kurs hoppas över
  I stället: 2026-08-17: kurs startar
  I spåret:  norr.yaml:9:45
     9 |   - {id: kurs, typ: insats, namn: Kurs, om: inte bil, längd: 1 vecka}
       |                                             ^^^^^^^^

norr.test.yaml:11:19: fel i fallet ”Flera”: det här togs inte emot. ”tackat ja” kan inte registreras på en inskrivning med status pågår; \
`jobbspar why grupp-1` visar läget.
    11 |       2026-08-04: grupp tackar ja
       |                   ^^^^^^^^^^^^^^^
  Väntat:    2026-08-04: grupp tackar ja (grupp-1 och 2 till)
  I spåret:  norr.yaml:1:7
     1 | spår: norr
       |       ^^^^

norr.test.yaml:14:14: fel i fallet ”Flera”: så stod det inte.
    14 |       dag 2: grupp inte status pågår
       |              ^^^^^^^^^^^^^^^^^^^^^^^
  Väntat:    2026-08-05: grupp inte status pågår (grupp-1 och 2 till)
  I stället: 2026-08-05: grupp-1 status pågår
  I spåret:  norr.yaml:1:7
     1 | spår: norr
       |       ^^^^

norr.test.yaml:15:15: fel i fallet ”Flera”: det här skulle inte hända.
    15 |       aldrig: grupp plan startar
       |               ^^^^^^^^^^^^^^^^^^
  Väntat:    aldrig: grupp plan startar (grupp-1 och 2 till)
  I stället: 2026-08-03: grupp-1 plan startar
  I spåret:  norr.yaml:8:10
     8 |   - {id: plan, typ: kartläggning, längd: 2 veckor, ger: [bil]}
       |          ^^^^

norr.test.yaml:16:19: fel i fallet ”Flera”: det här skulle avvisas men togs emot.
    16 |       2026-08-05: avvisas grupp avbryter
       |                   ^^^^^^^^^^^^^^^^^^^^^^
  Väntat:    2026-08-05: avvisas grupp avbryter (grupp-1 och 2 till)
  I spåret:  norr.yaml:1:7
     1 | spår: norr
       |       ^^^^

norr: 3 av 16 vägar genom spåret är prövade (18 %).
13 vägar är inte prövade; `--coverage` säger vilka, och vad ett fall skulle göra.
2 av 2 fall gick inte som väntat.
"""


@pytest.mark.usefixtures("folder")
def test_what_fails_is_told_with_what_was_expected_what_happened_and_both_places() -> None:
    said = run(FAILING)
    assert (said.code, said.err) == (3, "")
    assert said.out == SWEDISH


@pytest.mark.usefixtures("folder")
def test_what_fails_is_told_in_english_too() -> None:
    said = run(FAILING, "--only", "bil", lang="en")
    assert said.code == 3
    assert said.out == (
        "norr.test.yaml:6:22: error in “Den som har bil behöver ingen kurs”: this did not happen.\n"
        "     6 |     så: {2026-08-17: kurs hoppas över}\n"
        "       |                      ^^^^^^^^^^^^^^^^\n"
        "  Expected:  2026-08-17: kurs hoppas över\n"
        "  Instead:   2026-08-17: kurs startar\n"
        "  In track:  norr.yaml:9:45\n"
        "     9 |   - {id: kurs, typ: insats, namn: Kurs, om: inte bil, längd: 1 vecka}\n"
        "       |                                             ^^^^^^^^\n"
        "\n"
        "norr: 3 of 16 branches of the track are tested (18%).\n"
        "13 branches are not tested; `--coverage` says which, and what a case would do.\n"
        "1 of 1 case did not go as expected.\n"
    )


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("lang", "left"),
    [
        (
            "sv",
            """\
norr: 4 av 16 vägar genom spåret är prövade (25 %).
  norr.yaml:8:42: Låt rapporten om plan bli försenad.
  norr.yaml:8:5: Rapportera plan som ej klar.
  norr.yaml:8:5: Rapportera plan som avbruten.
  norr.yaml:9:45: Låt villkoret för kurs gälla när steget nås.
  norr.yaml:9:45: Låt det vara okänt om ”inte bil” stämmer när kurs nås, så att steget väntar.
  norr.yaml:9:62: Rapportera kurs i tid.
  norr.yaml:9:62: Låt rapporten om kurs bli försenad.
  norr.yaml:9:5: Rapportera kurs som klar.
  norr.yaml:9:5: Rapportera kurs som ej klar.
  norr.yaml:9:5: Rapportera kurs som avbruten.
  norr.yaml:10:15: Svara i tid på uppföljningen avslut.
  norr.yaml:10:15: Låt uppföljningen avslut bli försenad.
1 fall gick som väntat.
""",
        ),
        (
            "en",
            """\
norr: 4 of 16 branches of the track are tested (25%).
  norr.yaml:8:42: Let the report on plan be late.
  norr.yaml:8:5: Report plan as not passed.
  norr.yaml:8:5: Report plan as interrupted.
  norr.yaml:9:45: Let the condition of kurs hold when the step is reached.
  norr.yaml:9:45: Let it be unknown whether “not bil” when kurs is reached, so that it waits.
  norr.yaml:9:62: Report kurs in time.
  norr.yaml:9:62: Let the report on kurs be late.
  norr.yaml:9:5: Report kurs as done.
  norr.yaml:9:5: Report kurs as not passed.
  norr.yaml:9:5: Report kurs as interrupted.
  norr.yaml:10:15: Answer the follow-up exit in time.
  norr.yaml:10:15: Let the follow-up exit be late.
1 case went as expected.
""",
        ),
    ],
)
def test_coverage_says_where_each_branch_stands_and_what_a_case_would_do(lang: str, left: str) -> None:
    said = run(PASSING, "--coverage", lang=lang)
    assert (said.code, said.out) == (0, left)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("least", "code"), [("25", 0), ("26", 3), ("0", 0), ("100", 3)])
def test_fail_under_ends_with_3_when_less_is_tested(least: str, code: int) -> None:
    assert run(PASSING, "--fail-under", least).code == code


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("least", ["101", "-1", "mycket"])
def test_a_share_is_a_whole_number_of_percent(least: str) -> None:
    said = run(PASSING, "--fail-under", least)
    assert (said.code, said.out) == (2, "")
    assert "--fail-under" in said.err


@pytest.mark.usefixtures("folder")
def test_show_tells_all_that_happens_as_sentences_and_a_group_once() -> None:
    people = PASSING.replace("{anmäld", "{grupp: {antal: 3, anmäld").replace("03}", "03}}").replace('"plan', '"grupp-2 plan')
    said = run(people.replace("[kurs", "[grupp-2 kurs").replace("över, ", "över, grupp-2 "), "--show")
    assert said.out.startswith(
        "norr.test.yaml:3:11: Den som har bil behöver ingen kurs\n"
        "  2026-08-03: grupp antas\n"
        "  2026-08-03: grupp plan startar\n"
        "  2026-08-17: grupp plan rapport väntas\n"
        "  2026-08-17: grupp-2 plan slutar klar\n"
        "  2026-08-17: grupp-2 kurs hoppas över\n"
        "  2026-08-17: grupp-2 fullföljer\n"
    )


@pytest.mark.usefixtures("folder")
def test_a_name_that_no_case_has_ends_with_4() -> None:
    said = run(PASSING, "--only", "cykel")
    assert (said.code, said.out, said.err) == (4, "", "Fel: Inget fall har ”cykel” i sitt namn.\n")


@pytest.mark.usefixtures("folder")
def test_for_programs_there_is_the_same_as_json() -> None:
    said = run(FAILING, "--json")
    assert said.code == 3
    first, second = said.json["cases"]
    assert (first["track"], first["name"], first["path"], first["line"], first["col"], first["ok"]) == (
        "norr", "Den som har bil behöver ingen kurs", "norr.test.yaml", 3, 11, False,
    )  # fmt: skip
    assert first["failures"] == [
        {
            "code": "missing", "path": "norr.test.yaml", "line": 6, "col": 22, "day": "2026-08-17", "person": "",
            "expected": "kurs hoppas över", "instead": [{"day": "2026-08-17", "text": "kurs startar"}], "refusal": None,
            "in_track": {"path": "norr.yaml", "line": 9, "col": 45},
        }
    ]  # fmt: skip
    assert [(one["code"], one["person"]) for one in second["failures"]] == [
        (code, f"grupp-{number}") for code in ("refused", "state", "unwanted", "taken") for number in (1, 2, 3)
    ]
    (track,) = said.json["tracks"]
    assert (track["track"], track["branches"], track["taken"], track["percent"], len(track["left"])) == ("norr", 16, 3, 18, 13)
    assert track["left"][0] == {
        "branch": "report.missed", "about": "plan", "what": "", "path": "norr.yaml", "line": 8, "col": 42,
        "text": "Låt rapporten om plan bli försenad.",
    }  # fmt: skip


@pytest.mark.parametrize("path", [".", "norr.test.yaml", "norr.yaml", "norr.yaml norr.test.yaml"])
def test_tests_are_found_by_their_folder_their_file_and_the_file_of_their_track(folder: Path, path: str) -> None:
    (folder / "norr.test.yaml").write_text(PASSING, "utf-8")
    said = typed("test", *path.split(), "--lang", "sv")
    assert (said.code, said.out.splitlines()[-1]) == (0, "1 fall gick som väntat.")


def test_where_there_are_no_tests_nothing_is_said_to_have_passed(folder: Path) -> None:
    for path in (".", "norr.yaml"):
        said = typed("test", path, "--lang", "sv")
        assert (said.code, said.out) == (2, "")
        assert said.err.startswith(f"{path}:1:1: fel JS313: Här finns inga prov.\n")
    assert typed("test", str(folder / "saknas")).code == 2


@pytest.mark.usefixtures("folder")
def test_tests_that_cannot_be_read_end_with_2_and_nothing_is_lived() -> None:
    said = run(PASSING.replace("hoppas över", "hoppar över"))
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("norr.test.yaml:6:28: fel JS306: ”hoppar” går inte att förstå här. Menade du ”hoppas över”?\n")


def test_check_reads_tests_beside_tracks_and_apply_leaves_them_alone(tmp_path: Path) -> None:
    space: Workspace = workspace(tmp_path)
    (tmp_path / "spår").mkdir()
    space.file("spår/norr.yaml", TRACK)
    space.file("spår/norr.test.yaml", PASSING)
    assert space.ok("check", str(tmp_path / "spår")).out == "Inget att anmärka på: 2 filer.\n"
    assert [row["track"] for row in space.ok("apply", str(tmp_path / "spår"), "--at", "2026-08-01", "--json").json] == ["norr"]
    space.file("spår/norr.test.yaml", PASSING.replace("kurs", "kursen"))
    said = space("check", str(tmp_path / "spår"))
    assert (said.code, said.out.splitlines()[0].partition(": ")[2]) == (2, "fel JS306: ”kursen” går inte att förstå här. Menade du ”kurs”?")
    assert space.ok("apply", str(tmp_path / "spår")).code == 0


@pytest.mark.parametrize("args", [("apply", "--at", "2026-08-01"), ("graph",), ("handbook",)])
def test_tests_are_no_track_where_a_track_is_wanted(tmp_path: Path, args: tuple[str, ...]) -> None:
    space = workspace(tmp_path, TRACK)
    space.file("norr.yaml", TRACK)
    test = space.file("norr.test.yaml", PASSING)
    said = space(args[0], test, *args[1:])
    assert (said.code, said.out) == (2, "")
    assert said.err == f"Fel: I {test} står prov och inget spår; `jobbspar test {test}` kör dem.\n"


def test_a_track_in_force_can_be_tested_without_its_file(tmp_path: Path) -> None:
    space = workspace(tmp_path, TRACK)
    (tmp_path / "prov").mkdir()
    test = space.file("prov/norr.test.yaml", FAILING)
    said = space("test", test)
    assert (said.code, "I spåret:" in said.out) == (3, False)
    assert space.events == 1
