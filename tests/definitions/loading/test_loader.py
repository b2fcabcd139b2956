"""Files and folders: variants, transfers, indicators, what is found where, and what a file's meaning is."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from definitions.checks.goals import READY
from definitions.loading.document import ParsedFile
from definitions.loading.loader import Loaded, load_paths, load_text, shipped_indicators
from definitions.model.track import Track

BASE = """\
spår: bas
namn: Bas
typ: förberedande spår
parter: [kommun, skola]
uppgifter: {körkort: ja/nej}
steg:
- {id: kartläggning, typ: kartläggning, längd: 2 veckor, ger: [körkort]}
- {id: kurs, typ: insats, namn: Kurs, ansvarig: skola, längd: 4 veckor, om: körkort}
- {id: språk, typ: insats, namn: Språk, parallellt_med: kurs}
- {id: praktik, typ: praktik, längd: 8 veckor}
"""
SIMPLE = "namn: X\ntyp: förberedande spår\nsteg: [{id: a, typ: praktik, längd: 8 veckor}]\n"


EXAMPLES = Path(__file__).parents[3] / "examples"


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")


def track(loaded: Loaded) -> Track:
    assert not loaded.diagnostics
    assert loaded.track is not None
    return loaded.track


def codes(loaded: Loaded) -> list[tuple[str, int, int]]:
    return [(d.code, d.span.line, d.span.col) for d in loaded.diagnostics]


def test_a_variant_replaces_keys_changes_steps_and_leaves_out_others() -> None:
    base = track(load_text(BASE))
    text = """\
spår: lokal
bygger_på: bas
namn: Lokal
utan: [praktik]
steg:
- {id: kurs, längd: 6 veckor}
- {id: extra, typ: insats, namn: Extra, efter: kartläggning, längd: 1 vecka}
- {id: sist, typ: stöd, längd: 1 vecka}
"""
    it = track(load_text(text, around={"bas": base}))
    assert (it.track, it.name, it.type, it.partners) == ("lokal", "Lokal", "förberedande spår", ("kommun", "skola"))
    assert [step.id for step in it.steps] == ["kartläggning", "extra", "kurs", "språk", "sist"]
    kurs = it.steps[2]
    assert str(kurs.length) == "6 weeks"
    assert (kurs.responsible, kurs.when[0].rule, kurs.name) == ("skola", "körkort", "Kurs")
    assert it.steps[3].alongside == "kurs"
    assert it.facts == base.facts


def test_a_step_of_a_variant_may_go_alongside_another_step() -> None:
    base = track(load_text(BASE))
    text = "spår: lokal\nbygger_på: bas\nsteg: [{id: språk, parallellt_med: praktik}]\n"
    it = track(load_text(text, around={"bas": base}))
    assert str(it.steps[2].begins) == "start of praktik"
    assert str(it.steps[2].until) == "end of praktik"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("spår: lokal\nbygger_på: baa\n", [("JS115", 2, 12)]),
        ("spår: lokal\nbygger_på: bas\nutan: [kursen]\n", [("JS117", 3, 7)]),
        ("spår: lokal\nbygger_på: bas\nutan: [kurs]\n", [("JS120", 2, 12)]),
        ("spår: lokal\nbygger_på: bas\nparter: [kommun]\n", [("JS112", 2, 12)]),
        ("spår: lokal\nbygger_på: bas\nsteg: [{id: kurs, efter: kartlaggning}]\n", [("JS120", 3, 26)]),
    ],
)
def test_a_mistake_in_a_variant_is_found_in_the_variant(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert sorted(set(codes(load_text(text, around={"bas": track(load_text(BASE))})))) == expected


def test_a_variant_of_a_variant_or_of_a_broken_track_is_refused(tmp_path: Path) -> None:
    write(tmp_path, a=BASE, b="spår: b\nbygger_på: bas\n", c="spår: c\nbygger_på: b\n", d="spår: d\nbygger_på: e\n", e="spår: e\n")
    loaded = {Path(one.path).stem: one for one in load_paths([tmp_path])}
    assert loaded["b"].track is not None
    assert codes(loaded["c"]) == [("JS116", 2, 12)]
    assert codes(loaded["d"]) == [("JS119", 2, 12)]
    assert [span.path for span in loaded["d"].diagnostics[0].related] == [str(tmp_path / "e.yaml")]


def test_a_track_is_found_among_the_given_beside_the_file_or_in_force(tmp_path: Path) -> None:
    transfer = f"spår: x\n{SIMPLE}överföringar: {{till: {{mottagare: y}}}}\n"
    write(tmp_path, x=transfer)
    (alone,) = load_paths([tmp_path / "x.yaml"])
    assert codes(alone) == [("JS114", 5, 34)]
    (in_force,) = load_paths([tmp_path / "x.yaml"], {"y": track(load_text(f"spår: y\n{SIMPLE}"))})
    assert track(in_force).transfers["till"].local
    elsewhere = tmp_path / "annan"
    elsewhere.mkdir()
    write(elsewhere, y=f"spår: y\n{SIMPLE}")
    given = load_paths([tmp_path / "x.yaml", elsewhere])
    assert [one.track is not None for one in given] == [True, True]
    write(tmp_path, y=f"spår: y\n{SIMPLE}")
    (beside,) = load_paths([str(tmp_path / "x.yaml")])
    assert track(beside).transfers["till"].to == "y"


def test_an_authority_need_not_be_found() -> None:
    it = track(load_text(f"spår: x\n{SIMPLE}överföringar: {{fk: {{mottagare: Försäkringskassan}}}}\n"))
    assert not it.transfers["fk"].local


def test_folders_are_read_with_all_below_them_but_not_tests_or_hidden_files(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    write(deep, x=f"spår: x\n{SIMPLE}")
    (deep / "y.yml").write_text(f"spår: y\n{SIMPLE}", "utf-8")
    (deep / "x.test.yaml").write_text("given: []\n", "utf-8")
    (deep / ".hidden.yaml").write_text("a: b\n", "utf-8")
    (deep / "people.csv").write_text("a;b\n", "utf-8")
    loaded = load_paths([tmp_path, deep / "x.yaml"])
    assert [Path(one.path).name for one in loaded] == ["x.yaml", "y.yml"]
    assert all(one.track for one in loaded)


def test_a_folder_without_tracks_and_a_file_of_another_kind_are_told(tmp_path: Path) -> None:
    assert [codes(one) for one in load_paths([tmp_path])] == [[("JS071", 1, 1)]]
    write(tmp_path, people="people: [a, b]\n")
    assert [codes(one) for one in load_paths([tmp_path])] == [[("JS070", 1, 1)]]


def test_one_id_in_two_files_is_told_at_the_second(tmp_path: Path) -> None:
    write(tmp_path, a=f"spår: x\n{SIMPLE}", b=f"track: x\n{SIMPLE}")
    first, second = load_paths([tmp_path])
    assert first.track is not None
    assert codes(second) == [("JS067", 1, 8)]


OWN = "indikator: egen\nnamn: Egen\nkälla: Kommunen\nräknar: körkort och utfall = arbete\nmätt: 3 månader\n"


def test_the_municipalitys_own_indicator_is_found_beside_the_track(tmp_path: Path) -> None:
    goal = "mål: [{id: m, namn: M, indikator: egen, minst: 12.50 %}]\n"
    write(tmp_path, x=BASE + goal, egen=OWN)
    (loaded,) = load_paths([tmp_path / "x.yaml"])
    it = track(loaded)
    (m,) = it.goals
    assert m.measure is not None
    assert (m.measure.counts[0].rule, m.measure.at, str(m.measure.at_length)) == ("körkort and outcome = work", "length", "3 months")
    assert (m.measure.among, m.at_least and m.at_least.number) == ("exits", "12.5")
    assert it.indicators["egen"].source == "Kommunen"
    both = load_paths([tmp_path])
    assert [one.indicator is not None for one in both] == [True, False]


def test_an_indicator_that_asks_what_the_track_does_not_know_is_told_at_the_goal(tmp_path: Path) -> None:
    write(tmp_path, x=f"spår: x\n{SIMPLE}mål: [{{id: m, namn: M, indikator: egen}}]\n", egen=OWN)
    (loaded,) = load_paths([tmp_path / "x.yaml"])
    assert codes(loaded) == [("JS156", 5, 35)]


def test_the_shipped_indicators_are_those_of_the_reference() -> None:
    assert sorted(shipped_indicators()) == sorted(READY)
    assert (
        shipped_indicators()["dua_hired"].measure.counts[0].rule == "(outcome = work or outcome = work_with_support) and employer in track"
    )
    assert shipped_indicators()["dua_completed"].measure.counts[0].rule == "completed"
    assert (shipped_indicators()["jobbnatet_ever"].measure.at, shipped_indicators()["jobbnatet_ever"].measure.among) == ("ever", "admitted")


@pytest.mark.parametrize(
    ("measured", "among"),
    [
        ("avslut", "exits"),
        ("6 månader", "exits"),
        ("1 månad efter avslut", "exits"),
        ("2026-01-01", "admitted"),
        ("någon gång", "admitted"),
        ("periodens slut", "admitted"),
    ],
)
def test_a_goal_counts_among_exits_or_admitted_as_its_day_tells(measured: str, among: str) -> None:
    goal = f"period: {{till: 2027-01-01}}\nmål: [{{id: m, namn: M, räknar: utfall = arbete, mätt: {measured}}}]\n"
    (it,) = track(load_text(BASE + goal)).goals
    assert it.measure is not None
    assert it.measure.among == among


def test_a_goal_may_count_among_those_of_a_condition() -> None:
    goal = "mål: [{id: m, namn: M, räknar: utfall = arbete, bland: inte körkort}]\n"
    (it,) = track(load_text(BASE + goal)).goals
    assert it.measure is not None
    assert (it.measure.among, it.measure.among_rule[0].rule) == ("condition", "not körkort")


def test_the_meaning_does_not_know_the_order_of_keys_or_their_language() -> None:
    swedish = track(load_text(BASE))
    mixed = BASE.replace("namn: Bas\ntyp: förberedande spår\n", "type: förberedande spår\nname: Bas\n").replace("längd", "length")
    assert track(load_text(mixed)).meaning() == swedish.meaning()
    assert "key_language" not in swedish.meaning()
    assert track(load_text(BASE.replace("4 veckor", "5 veckor"))).meaning() != swedish.meaning()


@pytest.mark.parametrize("folder", [EXAMPLES, Path(__file__).parent / "broken"], ids=lambda folder: folder.name)
def test_files_that_name_no_other_can_be_read_before_the_others(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    paths = [folder, *sorted(inner for inner in folder.iterdir() if inner.is_dir())]
    at_once = [load_paths([path]) for path in paths]
    assert any(one.track for one in at_once[0]) or folder != EXAMPLES
    monkeypatch.setattr(ParsedFile, "names_others", lambda _self, _shipped: True)
    assert at_once == [load_paths([path]) for path in paths]


def test_a_file_that_was_read_before_can_still_be_named(tmp_path: Path) -> None:
    write(
        tmp_path,
        a=BASE,
        b="spår: variant\nbygger_på: bas\nnamn: V\n",
        c=BASE.replace("Bas", "En annan"),
        d=f"spår: v2\nbygger_på: bas\n{SIMPLE}",
    )
    base, variant, again, second = load_paths([tmp_path])
    assert track(variant).steps == track(base).steps
    assert codes(again) == [("JS067", 1, 7)]
    assert [str(span) for span in again.diagnostics[0].related] == [f"{tmp_path / 'a.yaml'}:1:7"]
    assert [step.id for step in track(second).steps] == ["kartläggning", "kurs", "språk", "praktik", "a"]


def test_reading_makes_no_rings_of_objects() -> None:
    load_paths([EXAMPLES])
    gc.collect()
    load_paths([EXAMPLES])
    assert gc.collect() == 0
    assert gc.isenabled()


UNLIMITED = """
track: {name}
name: N
type: förberedande spår
intake: {{places: {places}}}
steps: [{{id: a, type: insats, name: A, places: {places}}}]
"""


def test_unlimited_places_are_those_of_a_track_that_says_no_number(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(UNLIMITED.format(name="a", places=3), "utf-8")
    (tmp_path / "b.yaml").write_text("spår: b\nbygger_på: a\nintag: {platser: obegränsat}\nsteg: [{id: a, platser: obegränsat}]\n", "utf-8")
    base, variant = (one.track for one in load_paths([tmp_path]))
    assert base
    assert variant
    assert [(one.intake.places, one.steps[0].places) for one in (base, variant)] == [(3, 3), (None, None)]


def test_steps_that_would_be_called_the_same_are_told_apart_by_their_ids() -> None:
    steps = """
- {id: praktik, typ: praktik, längd: 4 veckor}
- {id: praktik-butik, typ: praktik, längd: 4 veckor}
- {id: praktik_lager, typ: praktik, längd: 4 veckor}
- {id: ett, typ: insats, namn: Kurs, längd: 1 vecka}
- {id: två, typ: insats, namn: kurs, längd: 1 vecka}
- {id: karta, typ: kartläggning, längd: 1 vecka}
"""
    found = load_text(f"spår: x\nnamn: X\ntyp: förberedande spår\nsteg:{steps}").track
    assert found is not None
    assert [step.name for step in found.steps] == ["Praktik", "Praktik butik", "Praktik lager", "Kurs (ett)", "kurs (två)", "Kartläggning"]
