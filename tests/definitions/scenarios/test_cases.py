"""A track's own tests as they are read: what a sentence means, and what is said of one that means nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from definitions.loading.loader import Loaded, load_paths, load_text
from definitions.loading.test_files import load_suites
from definitions.model import vocabulary as v
from definitions.model.track import Track
from definitions.reference.explain import render_word_example
from definitions.reference.translate_values import translate_value
from definitions.scenarios import phrases
from definitions.scenarios.event_sentences import event_sentence, todo_sentence
from definitions.scenarios.model import ScenarioCase, Sentence
from definitions.scenarios.scope import Cast
from definitions.scenarios.sentence_parser import parse_expectation as expected_in
from definitions.scenarios.sentence_parser import parse_statement as said_in

LANGS: tuple[v.Lang, ...] = get_args(v.Lang)
MARK = "▶"
TRACK = """\
spår: bygg
namn: Bygg
typ: jobbspår
ägare: Enheten
parter: [kommun]
arbetsgivare: [{id: norrbygg, namn: Norrbygg, avtal: {undertecknat: 2026-01-01}}]
uppgifter: {körkort: ja/nej, nivå: [A, B], inskriven: datum, barn: tal}
målgrupp: {krav: [nivå >= B, körkort]}
intag: {starter: [2026-09-01, 2027-02-01], platser: 3}
steg:
  - {id: plan, typ: kartläggning, längd: 2 veckor, resultat: [lovande]}
  - {id: praktik, typ: praktik, faser: [först, sedan-dess], längd: 8 veckor}
  - {id: dag, typ: insats, namn: Dag, gäller: arbetsgivare, från: start på plan, längd: 1 vecka}
uppföljning: [avslut, 3 månader]
överföringar: {fk: {mottagare: Försäkringskassan}}
"""


def track() -> Track:
    loaded = load_text(TRACK)
    assert loaded.track, loaded.diagnostics
    return loaded.track


def suite(case: str, head: str = "prov: bygg\nfall:\n") -> str:
    return f"{head}  - namn: Ett fall\n{case}"


def case_of(text: str) -> ScenarioCase:
    loaded = load_text(suite(text), around={"bygg": track()})
    assert loaded.suite, [(d.code, str(d.span), d.message("en")) for d in loaded.diagnostics]
    return loaded.suite.cases[0]


def read(said: str = "", then: str = "2026-08-01: kön", people: str = "anmäld: 2026-08-01") -> ScenarioCase:
    when = f"    när: {{{said}}}\n" if said else ""
    return case_of(f"    givet: {{{people}}}\n{when}    så: {{{then}}}\n")


def said(sentence: str) -> Sentence:
    return read(f'2026-08-01: "{sentence}"').statements[0].sentence


def expected(sentence: str) -> Sentence:
    return read(then=f'2026-08-01: "{sentence}"').expectations[0].sentence


@pytest.mark.parametrize(
    ("sentence", "meaning"),
    [
        ("plan klar", Sentence("reported", ("",), "plan", data={"result": "done"})),
        ("plan done", Sentence("reported", ("",), "plan", data={"result": "done"})),
        ("plan lovande, körkort=ja, nivå = B",
         Sentence("reported", ("",), "plan", data={"result": "lovande", "facts": {"körkort": True, "nivå": "B"}})),
        ("plan klar 2026-07-30", Sentence("reported", ("",), "plan", on=date(2026, 7, 30), data={"result": "done"})),
        ("tackar ja", Sentence("accepted", ("",))),
        ("accept", Sentence("accepted", ("",))),
        ("tackar nej skäl=flyttat", Sentence("declined", ("",), data={"reason": "moved"})),
        ("undantas från krav", Sentence("exception", ("",), data={"rule": "entry"})),
        ("undantas från 2 skäl=annat", Sentence("exception", ("",), data={"rule": "körkort", "reason": "other"})),
        ("uppger kön=kvinna barn=3 inskriven=2026-05-01",
         Sentence("stated", ("",), data={"facts": {"sex": "woman", "barn": 3, "inskriven": "2026-05-01"}})),
        ("pausar skäl=sjukdom åter=2026-09-01", Sentence("paused", ("",), data={"reason": "illness", "back": date(2026, 9, 1)})),
        ("praktik fas sedan-dess", Sentence("phase", ("",), "praktik", data={"phase": "sedan-dess"})),
        ("praktik hos norrbygg", Sentence("placed", ("",), "praktik", data={"employer": "norrbygg"})),
        ("praktik beslut plan", Sentence("decided", ("",), "praktik", data={"action": "plan"})),
        ("praktik beslut gör_om", Sentence("decided", ("",), "praktik", data={"action": "retry"})),
        ("plan förkortas 3 dagar", Sentence("lengthened", ("",), "plan", data={"count": -3, "unit": "days"})),
        ("plan lengthen 2 working days", Sentence("lengthened", ("",), "plan", data={"count": 2, "unit": "working days"})),
        ("utfall arbete arbetsgivare=norrbygg", Sentence("outcome", ("",), data={"outcome": "work", "employer": "norrbygg"})),
        ("följs upp 3 månader utfall=studier", Sentence("followed_up", ("",), data={"point": "3 months", "outcome": "studies"})),
        ("överförs Försäkringskassan", Sentence("transferred", ("",), data={"transfer": "Försäkringskassan"})),
        ("överförs Försäkringskassan utfall=annat",
         Sentence("transferred", ("",), data={"transfer": "Försäkringskassan", "outcome": "other"})),
        ("plan görs om skäl=annat", Sentence("added", ("",), "plan", data={"way": "repeat", "reason": "other"})),
        ('får steget kafe 2 veckor efter=plan typ=stöd namn="Ett kafé" 2026-07-30'.replace('"', '\\"'),
         Sentence("added", ("",), on=date(2026, 7, 30), data={
             "way": "add", "new": "kafe", "count": 2, "unit": "weeks", "after": "plan", "type": "stöd", "name": "Ett kafé"})),
        ("add kafe", Sentence("added", ("",), data={"way": "add", "new": "kafe"})),
        ("tilldelas handläggare Åsa Ek", Sentence("assigned", ("",), data={"texts": ("handläggare", "Åsa", "Ek")})),
        ("omgång 2026-09-01 skjuts upp till 2026-09-08", Sentence("start_postponed", start="2026-09-01", data={"date": date(2026, 9, 8)})),
        ("arbetsgivare norrbygg drar sig ur", Sentence("employer_withdrew", employer="norrbygg")),
        (
            "arbetsgivare norrbygg dag klar omgång=2026-09-01",
            Sentence("employer_reported", step="dag", employer="norrbygg", data={"result": "done", "start": "2026-09-01"}),
        ),
        (
            "rättas till plan ej_klar",
            Sentence("corrected", ("",), inner=Sentence("reported", ("",), "plan", data={"result": "not_passed"})),
        ),
        ("tar tillbaka tackar ja", Sentence("withdrawn", ("",), inner=Sentence("accepted", ("",)))),
    ],
)  # fmt: skip
def test_what_people_say(sentence: str, meaning: Sentence) -> None:
    assert said(sentence) == meaning


@pytest.mark.parametrize(
    ("sentence", "meaning"),
    [
        ("plan startar", Sentence("step_started", ("",), "plan")),
        ("plan starts run=2", Sentence("step_started", ("",), "plan", data={"run": 2})),
        ("plan slutar", Sentence("step_completed", ("",), "plan")),
        ("plan slutar lovande", Sentence("step_completed", ("",), "plan", data={"result": "lovande"})),
        ("plan startar inte", Sentence("step_started", ("",), "plan", negated=True)),
        ("not plan starts", Sentence("step_started", ("",), "plan", negated=True)),
        ("plan rapport försenad", Sentence("deadline_missed", ("",), "plan", data={"what": "report"})),
        ("uppföljning försenad avslut", Sentence("deadline_missed", ("",), data={"what": "follow_up", "point": "exit"})),
        ("föreslås omgång=2026-09-01 nummer=2", Sentence("proposed", ("",), data={"start": "2026-09-01", "rank": 2})),
        ("status ej_aktuell", Sentence("status", ("",), data={"status": "not_started"})),
        ("status ej aktuell", Sentence("status", ("",), data={"status": "not_started"})),
        ("ska svara senast=2026-08-10 ansvarig=kommun",
         Sentence("todo", ("",), data={"todo": "answer", "due": date(2026, 8, 10), "role": "kommun"})),
        ("ska uppge körkort", Sentence("todo", ("",), data={"todo": "fact", "fact": "körkort"})),
        ("plan ska beslutas om avslut", Sentence("todo", ("",), "plan", data={"todo": "proposal:end"})),
        ("omgång 2026-09-01 hejdas", Sentence("start_held", start="2026-09-01")),
        ("arbetsgivare norrbygg dag startar", Sentence("subject_step_started", step="dag", employer="norrbygg")),
        ("omgång 2026-09-01 dag startar", Sentence("subject_step_started", step="dag", start="2026-09-01")),
        ("avvisas plan klar", Sentence("rejected", inner=Sentence("reported", ("",), "plan", data={"result": "done"}))),
        ("praktik kön", Sentence("queue", step="praktik", data={"people": ()})),
    ],
)  # fmt: skip
def test_what_follows(sentence: str, meaning: Sentence) -> None:
    assert expected(sentence) == meaning


SEVERAL = "anna: {anmäld: 2026-08-01}, grupp: {antal: 10, anmäld: 2026-08-02}"


def test_several_people_and_those_who_are_alike_are_called_by_name() -> None:
    case = read("2026-08-03: [anna tackar ja, grupp tackar ja, anna grupp-02 pausar]", "2026-08-04: kön grupp-10 anna", SEVERAL)
    assert [person.name for person in case.people] == ["anna", *(f"grupp-{n:02}" for n in range(1, 11))]
    assert [line.sentence.people[:2] for line in case.statements] == [("anna",), ("grupp-01", "grupp-02"), ("anna", "grupp-02")]
    assert case.expectations[0].sentence.data == {"people": ("grupp-10", "anna")}
    assert list(case.groups) == ["grupp"]


def test_a_day_is_a_date_or_counted_from_the_first_referral_of_the_case() -> None:
    case = case_of(
        "    givet: {anmäld: 2026-07-31}\n"
        "    när: {dag 0: tackar ja, 5 arbetsdagar efter anmälan: pausar, 1 month after referral: är åter}\n"
        "    så: {aldrig: antas}\n"
    )
    # The 31st of July is a Friday; the 7th of August the fifth working day after it; August has 31 days.
    assert [line.day for line in case.statements] == [date(2026, 7, 31), date(2026, 8, 7), date(2026, 8, 31)]
    assert case.expectations[0].day is None


def test_where_something_stands_and_how_it_is_written_is_no_part_of_what_it_means() -> None:
    other = case_of("    given: {referred: 2026-08-01}\n    when: {2026-08-01:   plan done}\n    then: {2026-08-01: queue}\n")
    assert other == read("2026-08-01: plan klar")
    assert other.statements[0].sentence.text == "plan done"


IN_FLOW = "{namn: ▶Ett fall, givet: {anmäld: 2026-08-01}, så: {2026-08-01: antas}}\n"
# A mark stands before the place where the finding is expected; it is taken out before the text is read.
WRONG: list[tuple[str, str]] = [
    ("JS044", "    givet: {anmäld: 2026-08-01}\n    så: {2026-08-01: antas}\n  - ▶{namn: Utan så, givet: {anmäld: 2026-08-01}}\n"),
    ("JS043", "    givet: {▶anmält: 2026-08-01, anmäld: 2026-08-01}\n    så: {2026-08-01: antas}\n"),
    ("JS043", "    givet: {anmäld: 2026-08-01}\n    ▶om: {2026-08-01: tackar ja}\n    så: {2026-08-01: antas}\n"),
    ("JS022", "    givet: {anmäld: 2026-08-01}\n    så: {2026-08-01: antas}\n    ▶then: {2026-08-02: antas}\n"),
    ("JS036", "    givet: {anmäld: ▶i går}\n    så: {2026-08-01: antas}\n"),
    ("JS111", "    givet: {anmäld: 2026-08-01, uppgifter: {▶korkort: ja}}\n    så: {2026-08-01: antas}\n"),
    ("JS312", "    givet: {anmäld: 2026-08-01, uppgifter: {nivå: ▶C}}\n    så: {2026-08-01: antas}\n"),
    ("JS042", "    givet: {anmäld: 2026-08-01, utvald: ▶norbygg}\n    så: {2026-08-01: antas}\n"),
    ("JS042", "    givet: {anmäld: 2026-08-01, född: ▶1998}\n    så: {2026-08-01: antas}\n"),
    ("JS301", "    givet: {anmäld: 2026-08-01, spår: ▶annat}\n    så: {2026-08-01: antas}\n"),
    ("JS045", "    givet: ▶anna\n    så: {2026-08-01: antas}\n"),
    ("JS045", "    givet: {anmäld: 2026-08-01}\n    så: ▶antas\n"),
    ("JS032", "    givet: {anmäld: 2026-08-01}\n    så: {2026-08-01: ▶[]}\n"),
    ("JS037", "    givet: {anmäld: 2026-08-01}\n    så: {▶2026-02-30: antas}\n"),
    ("JS303", "    givet: {anmäld: 2026-08-01}\n    så: {▶efter två veckor: antas}\n"),
    ("JS303", "    givet: {anmäld: 2026-08-01}\n    när: {▶aldrig: pausar}\n    så: {2026-08-01: antas}\n"),
    ("JS304", "    givet: {anmäld: 2026-08-01}\n    när: {dag 3: tackar ja, ▶dag 2: pausar}\n    så: {2026-08-01: antas}\n"),
    ("JS305",
     "    givet: {anna: {anmäld: 2026-08-01}, bo: {anmäld: 2026-08-05}}\n    när: {▶dag 1: bo pausar}\n    så: {2026-08-01: kön}\n"),
    ("JS046", "    givet: {anmäld: 2026-08-01}\n    så: {2026-08-01: antas}\n  - " + IN_FLOW),
    ("JS033", "    givet: {anmäld: 2026-08-01}\n    när: {2026-08-02: får steget ▶kafé}\n    så: {2026-08-01: antas}\n"),
    ("JS051", "    givet: {anmäld: 2026-08-01}\n    när: {2026-08-02: får steget ▶plan}\n    så: {2026-08-01: antas}\n"),
    ("JS042", "    givet: {anmäld: 2026-08-01}\n    när: {2026-08-02: får steget a efter=▶b}\n    så: {2026-08-01: antas}\n"),
    ("JS307", "    givet: {anmäld: 2026-08-01}\n    när: {2026-08-02: får stege▶t}\n    så: {2026-08-01: antas}\n"),
    ("JS306", "    givet: {anmäld: 2026-08-01}\n    så: {2026-08-01: ▶plan-2 startar}\n"),
    ("JS310", "    givet: {anna: {anmäld: 2026-08-01}, bo: {anmäld: 2026-08-01}}\n    så: {2026-08-01: ▶antas}\n"),
    ("JS311", "    givet: {▶klar: {anmäld: 2026-08-01}, bo: {anmäld: 2026-08-01}}\n    så: {2026-08-01: antas}\n"),
    ("JS314", "    givet: {anmäld: 2026-08-01}\n    när: {dag 1: [plan klar, ▶körkort=ja]}\n    så: {2026-08-01: antas}\n"),
]  # fmt: skip


def places(text: str) -> list[tuple[str, int, int]]:
    loaded = load_text(text, around={"bygg": track()})
    return [(d.code, d.span.line, d.span.col) for d in loaded.diagnostics]


def marked(text: str) -> tuple[str, int, int]:
    at = text.index(MARK)
    return text.replace(MARK, ""), text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


@pytest.mark.parametrize(("code", "case"), WRONG)
def test_a_mistake_is_found_at_its_place_and_nothing_else_is(code: str, case: str) -> None:
    text, line, col = marked(suite(case))
    assert places(text) == [(code, line, col)]


SENTENCES: list[tuple[str, str, str]] = [
    ("JS306", "▶planen klar", "plan"),
    ("JS306", "plan ▶färdig", ""),
    ("JS306", "▶tackr ja", "tackar ja"),
    ("JS307", "pla▶n", ""),
    ("JS307", "praktik ho▶s", ""),
    ("JS038", "plan förlängs ▶två veckor", ""),
    ("JS307", "uppge▶r", ""),
    ("JS307", "rättas til▶l", ""),
    ("JS308", "plan klar ▶nu", ""),
    ("JS308", "tackar nej ▶sköl=flyttat", "skäl"),
    ("JS308", "pausar ▶körkort=ja", ""),
    ("JS309", "▶antas", "tackar ja"),
    ("JS309", "plan ▶startar", "börjar"),
    ("JS309", "plan ▶rapport väntas", ""),
    ("JS042", "praktik hos ▶norbygg", "norrbygg"),
    ("JS042", "praktik fas ▶föst", "först"),
    ("JS042", "tackar nej skäl=▶flytat", "flyttat"),
    ("JS042", "omgång ▶2026-09-02 ställs in", "2026-09-01"),
    ("JS042", "följs upp ▶2 månader", "3 månader"),
    ("JS042", "undantas från ▶3", ""),
    ("JS036", "omgång 2026-09-01 skjuts upp till ▶måndag", ""),
    ("JS037", "plan klar ▶2026-02-30", ""),
    ("JS312", "uppger nivå=▶C", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "told", "near"),
    [
        ("följs upp 2 månader utfall=arbete", "2 månader", "3 månader"),
        ("undantas från 3", "3", ""),
        ("plan förlängs 2 vekkor", "2 vekkor", ""),
    ],
)
def test_words_that_are_one_value_are_told_and_marked_whole(sentence: str, told: str, near: str) -> None:
    text = suite(f"    givet: {{anmäld: 2026-08-01}}\n    när:\n      2026-08-01: {sentence}\n    så: {{2026-08-01: kön}}\n")
    (found,) = load_text(text, around={"bygg": track()}).diagnostics
    assert f"”{told}”" in found.message("sv")
    assert (found.span.end_col - found.span.col, found.suggestion or "") == (len(told), near)


def test_a_phrase_before_its_step_is_marked_whole_and_turned_the_right_way_round() -> None:
    text = suite("    givet: {anmäld: 2026-08-01}\n    så: {2026-08-01: ska rapporteras plan}\n")
    (found,) = load_text(text, around={"bygg": track()}).diagnostics
    assert (found.code, found.span.end_col - found.span.col) == ("JS315", len("ska rapporteras"))
    assert found.suggestion == "plan ska rapporteras"


@pytest.mark.parametrize(("code", "sentence", "near"), SENTENCES)
def test_a_sentence_that_means_nothing_is_told_with_the_word_and_the_nearest_one(code: str, sentence: str, near: str) -> None:
    text, line, col = marked(
        suite(f"    givet: {{anmäld: 2026-08-01}}\n    när:\n      2026-08-01: {sentence}\n    så: {{2026-08-01: kön}}\n")
    )
    (found,) = load_text(text, around={"bygg": track()}).diagnostics
    assert (found.code, found.span.line, found.span.col, found.suggestion or "") == (code, line, col, near)


def test_a_person_with_a_bad_name_is_told_once_and_not_in_every_sentence() -> None:
    text = suite("    givet: {plan: {anmäld: 2026-08-01}}\n    när: {2026-08-01: plan tackar ja}\n    så: {2026-08-01: plan antas}\n")
    assert [code for code, _, _ in places(text)] == ["JS311"]


def test_tests_lie_beside_their_track_and_are_found_by_the_folder_by_the_file_and_by_the_track(tmp_path: Path) -> None:
    (tmp_path / "bygg.yaml").write_text(TRACK, "utf-8")
    (tmp_path / "bygg.test.yaml").write_text(suite("    givet: {anmäld: 2026-08-01}\n    så: {2026-08-01: kön}\n"), "utf-8")
    (tmp_path / "annat.test.yaml").write_text(
        suite("    givet: {anmäld: 2026-08-01}\n    så: {2026-08-01: kön}\n", "prov: annat\nfall:\n"), "utf-8"
    )
    assert names(load_suites([tmp_path / "bygg.test.yaml"])) == ["bygg.test.yaml"]
    assert names(load_suites([tmp_path / "bygg.yaml"])) == ["bygg.yaml", "bygg.test.yaml"]
    assert [one.path for one in load_suites([tmp_path]) if one.diagnostics] == [str(tmp_path / "annat.test.yaml")]
    assert names(load_paths([tmp_path])) == ["bygg.yaml"]
    (tmp_path / "annat.test.yaml").unlink()
    (tmp_path / "bygg.test.yaml").unlink()
    assert [d.code for one in load_suites([tmp_path]) for d in one.diagnostics] == ["JS313"]


def names(loaded: list[Loaded]) -> list[str]:
    return [Path(one.path).name for one in loaded]


def test_a_track_is_not_tested_while_it_has_errors(tmp_path: Path) -> None:
    (tmp_path / "bygg.yaml").write_text(TRACK.replace("typ: praktik", "typ: prakik"), "utf-8")
    (tmp_path / "bygg.test.yaml").write_text(suite("    givet: {anmäld: 2026-08-01}\n    så: {2026-08-01: kön}\n"), "utf-8")
    found = {Path(one.path).name: [d.code for d in one.diagnostics] for one in load_suites([tmp_path])}
    assert found == {"bygg.yaml": ["JS042"], "bygg.test.yaml": ["JS302"]}


def test_a_track_with_a_warning_alone_is_tested_and_built_on(tmp_path: Path) -> None:
    warned = TRACK.replace(", avtal: {undertecknat: 2026-01-01}", "")
    (tmp_path / "bygg.yaml").write_text(warned, "utf-8")
    (tmp_path / "bygg.test.yaml").write_text(suite("    givet: {anmäld: 2026-08-01}\n    så: {2026-08-01: kön}\n"), "utf-8")
    (tmp_path / "variant.yaml").write_text("spår: variant\nbygger_på: bygg\nnamn: Variant\n", "utf-8")
    found = {Path(one.path).name: [d.code for d in one.diagnostics] for one in load_suites([tmp_path])}
    assert found == {"bygg.yaml": ["JS140"], "bygg.test.yaml": [], "variant.yaml": ["JS140"]}


@pytest.mark.parametrize("table", [phrases.STATEMENTS, phrases.EXPECTATIONS])
def test_every_phrase_is_one_of_its_subject_in_both_languages(table: tuple[phrases.Phrase, ...]) -> None:
    for lang in LANGS:
        found = [(phrase.subject, phrase.words(lang)) for phrase in table]
        assert len(found) == len(set(found))


def test_what_the_engine_answers_is_told_as_it_is_written() -> None:
    for phrase in phrases.EXPECTATIONS:
        if phrase.kind in phrases.STATES or phrase.subject == "queue":
            continue
        step = "plan" if phrase.subject == "step" else "dag" if "step" in phrase.subject else ""
        data = {**phrase.more, **({"employer": "norrbygg"} if phrase.subject == "employer step" else {})}
        data |= {"start": "2026-09-01"} if phrase.subject in ("start", "start step") else {}
        if phrase.more.get("what") == "follow_up":
            data["what"] = "follow_up 3 months"
        elif "point" in phrase.takes:
            data["point"] = "3 months"
        told = event_sentence(phrase.kind, step, data, "sv")
        assert told is not None
        again = expected(told)
        assert (again.kind, again.step, again.employer or again.start) == (phrase.kind, step, data.get("employer") or data.get("start", ""))


@pytest.mark.parametrize(
    "phrase", [one for one in phrases.EXPECTATIONS if one.kind == "todo"], ids=lambda one: f"{one.subject} {one.english}"
)
def test_what_is_on_the_worklist_is_told_as_it_is_written(phrase: phrases.Phrase) -> None:
    day = "2026-09-01"
    kind = {
        "fact": "fact:körkort", "follow_up": "follow_up:3 months", "start_held": f"start_held:{day}", "unsigned": f"unsigned:{day}",
        "start_left": f"start_left:{day}",
    }.get(phrase.more["todo"], phrase.more["todo"])  # fmt: skip
    if kind == "subject_report":
        kind = "subject_report:norrbygg:2026-09-01" if phrase.subject == "employer step" else "subject_report::2026-09-01"
    step = "plan" if phrase.subject == "step" else "dag" if "step" in phrase.subject else ""
    again = expected(todo_sentence(kind, step, date(2026, 8, 10), "kommun", "sv"))
    assert (again.kind, again.step, again.data["todo"], again.data["due"]) == ("todo", step, phrase.more["todo"], date(2026, 8, 10))


@pytest.mark.parametrize(
    ("form", "swedish", "english"),
    [
        ("sentence", "anna plan klar, körkort=ja", "anna plan done, körkort=yes"),
        ("sentence", "tackar nej, skäl=egen_önskan", "decline, reason=own_wish"),
        ("sentence", "plan förlängs 1 arbetsdag", "plan lengthen 1 working day"),
        ("sentence", "följs upp avslut,  utfall=arbete", "follow-up exit,  outcome=work"),
        ("sentence", "inte plan startar", "not plan starts"),
        ("sentence", "plan startar inte, gång=2", "plan starts not, run=2"),
        ("sentence", "omgång 2026-09-01 skjuts upp till 2026-09-08", "start 2026-09-01 postpone 2026-09-08"),
        ("sentence", "status ej_aktuell", "status not_started"),
        ("sentence", "ska uppge utvald", "to state selected"),
        ("sentence", "avvisas praktik beslut gör_om", "refused praktik decide retry"),
        ("day", "dag 14", "day 14"),
        ("day", "2 veckor efter anmälan", "2 weeks after referral"),
        ("day", "aldrig", "never"),
        ("day", "2026-09-01", "2026-09-01"),
    ],
)
def test_a_sentence_is_said_in_both_languages(form: str, swedish: str, english: str) -> None:
    assert translate_value(swedish, form, "en") == english
    assert translate_value(english, form, "sv") == swedish


NAMED = """\
spår: s
namn: S
typ: jobbspår
ägare: Enheten
parter: [kommun]
arbetsgivare: [{id: norrbygg, namn: N, bransch: F, avtal: {typ: avsiktsförklaring, undertecknat: 2026-01-01}}]
uppgifter: {körkort: ja/nej}
målgrupp: {krav: [körkort]}
intag: {starter: [2026-10-05], platser: 2}
steg:
- {id: praktik, typ: praktik, faser: [början], längd: 2 veckor}
- {id: dag, typ: insats, namn: D, gäller: arbetsgivare, längd: 1 vecka}
uppföljning: [avslut, 3 månader]
överföringar: {vård: {mottagare: Försäkringskassan}}
"""


@pytest.mark.parametrize("lang", LANGS)
def test_the_example_of_every_sentence_is_that_sentence(lang: v.Lang) -> None:
    track = load_text(NAMED).track
    assert track
    cast = Cast((track,), {"anna": ("anna",), "bo": ("bo",)}, lang)
    for table, known, reads in (("said", phrases.STATEMENTS, said_in), ("expected", phrases.EXPECTATIONS, expected_in)):
        for one in {one.english: one for one in reversed(known)}.values():
            _, _, day = render_word_example(table, one.english, lang).removesuffix("}").partition(": {")
            about = "anna " if one.subject in ("person", "step") and one.kind not in phrases.OF_NOBODY else ""
            said = (
                day.partition(": ")[2].replace(f"{one.words(lang)} ", f"{one.words(lang)} bo ")
                if one.kind == "rejected"
                else day.partition(": ")[2]
            )
            assert reads(about + said, cast).kind == ("lengthened" if one.kind == "shortened" else one.kind)


@pytest.mark.parametrize("lang", LANGS)
def test_the_example_of_every_detail_can_be_read(lang: v.Lang) -> None:
    track = load_text(NAMED).track
    assert track
    cast = Cast((track,), {"": ("",)}, lang)
    for name in phrases.DETAILS:
        key, _, day = render_word_example("detail", name, lang).removesuffix("}").partition(": {")
        reads = said_in if key in ("när", "when") else expected_in
        assert name in reads(day.partition(": ")[2], cast).data
