"""The schema takes what the loader takes, and both refuse what is not in the form of a track."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import jsonschema  # type: ignore[import-untyped]
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from definitions.loading.document import parse_file
from definitions.loading.loader import load_paths, load_text
from definitions.model import vocabulary as v
from definitions.model.track import Track
from definitions.reference.example_files import key_examples
from definitions.reference.json_schema import FILE, MODELINE, build_schema
from definitions.reference.translate import translate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[3]
LANGS: tuple[v.Lang, ...] = get_args(v.Lang)
KEYS = key_examples()
FACTS = {"svenska": ["A", "B", "C", "D"], "körkort": "ja/nej", "inskriven": "datum", "samtycke": "ja/nej"}
EMPLOYERS = [
    {"id": name, "name": name, "agreement": {"signed": "2026-01-01"}} for name in ("norrbygg", "betong")
]  # fmt: skip
STEPS = [{"id": name, "type": "yrkesvux"} for name in ("kartläggning", "teori", "vux", "team", "praktik")]
WHOLE: dict[str, Any] = {
    "spår": "x", "name": "X", "typ": "jobbspår", "parter": ["kommun", "vuxenutbildningen"], "facts": FACTS, "arbetsgivare": EMPLOYERS,
    "period": {"till": "2030-01-01"}, "steg": STEPS, "överföringar": {"fk": {"to": "Försäkringskassan", "tar_med": ["körkort"]}},
    "mål": [{"id": "ut", "namn": "Ut", "indikator": "kolada"}], "texter": {"Bakgrund": "Behovet av folk"},
    "målgrupp": {"krav": ["svenska >= B", {"regel": "körkort", "skäl": "Bilen"}]},
    "intag": {"starter": ["2026-10-05", {"datum": "2027-02-01", "platser": "6"}], "turordning": ["företräde"], "svar_inom": "2 veckor"},
}  # fmt: skip
UNKNOWN = "xyzzy"


@cache
def validator(lang: v.Lang) -> Any:
    made = build_schema(lang)
    jsonschema.Draft202012Validator.check_schema(made)
    return jsonschema.Draft202012Validator(made)


@cache
def around() -> dict[str, Track]:
    return {one.track.track: one.track for one in load_paths([ROOT / "examples"]) if one.track}


def taken(value: object) -> bool:
    loaded = load_text(json.dumps(value, ensure_ascii=False), around=around())
    return loaded.track is not None or loaded.indicator is not None or loaded.suite is not None


def meant(text: str) -> object:
    loaded = load_text(text, around=around())
    return loaded.track.meaning() if loaded.track else loaded.suite.cases if loaded.suite else loaded.indicator


def valid(value: object) -> bool:
    answers: set[bool] = {validator(lang).is_valid(value) for lang in LANGS}
    assert len(answers) == 1
    return answers.pop()


def numbered(value: Any) -> Any:
    """As an editor reads it: digits are numbers."""
    if isinstance(value, dict):
        return {key: numbered(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [numbered(inner) for inner in value]
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 12 else value


def read(text: str) -> Any:
    return yaml.load(text, yaml.BaseLoader)  # noqa: S506 - it makes texts only


@pytest.mark.parametrize("file", [*ROOT.glob("examples/*/*.yaml"), *ROOT.glob("definitions/indicators/*.yaml")], ids=lambda file: file.stem)
@pytest.mark.parametrize("lang", LANGS)
def test_what_is_shipped_is_valid_in_both_languages(file: Path, lang: v.Lang) -> None:
    value = read(translate(file.read_text("utf-8"), lang))
    assert valid(value)
    assert valid(numbered(value))


def in_its_place(section: str, given: dict[str, Any]) -> dict[str, Any]:
    """A track in which some keys of a section are given."""
    whole = deepcopy(WHOLE)
    name = v.english_key(next(iter(given))) or ""
    if section in CASES:
        return in_a_case(section, given)
    if section == "track":
        return of_track(whole, name, given)
    if section == "indicator file":
        return merged({"indicator": "egen", "name": "Egen", "source": "Vi", "counts": "utfall = arbete"}, given)
    if section in GOAL:
        with_new(whole["mål"], of_goal(section, name, given))
    elif section in EMPLOYER:
        inner = given if section == "employer" else {section: given}
        with_new(whole["arbetsgivare"], merged({"id": "prov", "name": "P", "agreement": {"signed": "2026-01-01"}}, inner))
    elif section in STEP:
        inner = given if section == "step" else {"on_result": {"ej_klar": merged(STEP[section], given)}}
        with_new(whole["steg"], merged({"id": "prov", "type": "praktik"}, inner))
    else:
        key, value = SINGLE[section](given)
        whole[key] = {**whole[key], **value} if key in ("facts", "överföringar") else value
    return whole


GOAL = ("goal", "decision", "comparison")
CASES = ("test file", "case", "person")
EMPLOYER = ("employer", "need", "agreement")
STEP: dict[str, dict[str, Any]] = {"step": {}, "goto": {"goto": "team"}, "retry": {"retry": "1"}, "transfer action": {}}
SINGLE: dict[str, Callable[[dict[str, Any]], tuple[str, dict[str, Any]]]] = {
    "period": lambda given: ("period", given),
    "fact": lambda given: ("facts", {"prov": merged({"type": "ja/nej"}, given)}),
    "target_group": lambda given: ("målgrupp", given),
    "condition": lambda given: ("målgrupp", {"entry": merged({"rule": "körkort", "reason": "Så"}, given)}),
    "intake": lambda given: ("intag", merged({"starts": ["2026-12-01"]}, given)),
    "start": lambda given: ("intag", {"starts": [merged({"date": "2026-12-01"}, given)]}),
    "transfer": lambda given: ("överföringar", {"prov": merged({"to": "AF"}, given)}),
}


def in_a_case(section: str, given: dict[str, Any]) -> dict[str, Any]:
    person = {"anmäld": "2012-03-05", "uppgifter": {"bistånd": "ja"}}
    track = "bygg-norrort" if section == "person" and v.english_key(next(iter(given))) == "selected" else "jobbtorg-stockholm"
    case: dict[str, Any] = {"namn": "Ett fall", "givet": person, "så": {"2012-03-05": "kön"}}
    if section == "person":
        case["givet"] = merged(person if track != "bygg-norrort" else {"anmäld": "2012-03-05"}, given)
    if section == "case":
        names = {v.SPELLINGS["case"][key] for key in given if key in v.SPELLINGS["case"]}
        case = {**{key: value for key, value in case.items() if v.SPELLINGS["case"][key] not in names}, **given}
    return merged({"prov": track, "fall": [case]}, given if section == "test file" else {})


def of_track(whole: dict[str, Any], name: str, given: dict[str, Any]) -> dict[str, Any]:
    if name in ("based_on", "without"):
        return merged({"track": "z", "based_on": "bygg-norrort"}, given)
    return merged({key: value for key, value in whole.items() if key not in ("mål", "överföringar", "målgrupp")}, given)


def of_goal(section: str, name: str, given: dict[str, Any]) -> dict[str, Any]:
    decision = {"date": "2026-01-01", "by": "X", "reason": "Y"}
    first: dict[str, Any] = {"decision": decision, "comparison": {"name": "Riket", "value": "3 %"}}.get(section, {})
    counted = {} if name == "indicator" else {"counts": "utfall = arbete"}
    settled = {"decision": decision} if name == "status" else {}
    return merged({"id": "prov", "name": "P", **counted, **settled}, given if section == "goal" else {section: merged(first, given)})


def with_new(those: list[dict[str, Any]], new: dict[str, Any]) -> None:
    those[:] = [*(one for one in those if one["id"] != new.get("id")), new]


def merged(first: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    names = {v.english_key(key) for key in given}
    return {**{key: value for key, value in first.items() if v.english_key(key) not in names}, **given}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", KEYS)
def test_the_example_of_a_key_and_its_default_are_taken_by_the_loader_and_the_schema(name: str, lang: v.Lang) -> None:
    section, _, key = name.partition(".")
    for value in filter(None, KEYS[name]):
        whole = in_its_place(section, read(translate(f"{v.key(key, 'sv', section)}: {value}", lang, section)))
        found = load_text(json.dumps(whole, ensure_ascii=False), around=around()).diagnostics
        assert [d.message("en") for d in found if d.severity.value == "error"] == []
        assert list(validator(lang).iter_errors(whole)) == []
        assert valid(numbered(whole))


EXAMPLES = [(name.partition(".")[0], name.partition(".")[2], written.example) for name, written in KEYS.items()]
OTHER = [
    *("1", "0", "x", "löpande", "rolling", "ja/nej", "2 veckor", "1 working day", "2026-12-01", "70 %", "70,5", "exit", "avslut"),
    *(" vid  behov", "slut på team", "1 week before end of team", "A", "1200 per week", "not ut", "körkort", "hired", "avsluta", "no"),
    *("support", "restricted", "3 months after exit", "periodens slut", "svenska högst först", "kön", "etnicitet", "", "å", "12 ", "-"),
]
ANYTHING = st.one_of(
    st.sampled_from(OTHER),
    st.lists(st.sampled_from(OTHER), max_size=3),
    st.dictionaries(st.sampled_from(OTHER), st.sampled_from(OTHER), max_size=2),
)


@given(st.lists(st.tuples(st.sampled_from(EXAMPLES), st.sampled_from(LANGS), st.none() | ANYTHING), min_size=1, max_size=3))
@settings(max_examples=400, deadline=None)
def test_what_the_loader_takes_the_schema_takes_and_rewriting_keeps_what_it_means(
    edits: list[tuple[tuple[str, str, str], v.Lang, Any]],
) -> None:
    section = edits[0][0][0]
    given_: dict[str, Any] = {}
    for (where, key, example), lang, instead in edits:
        if where == section and not any(v.english_key(known) == key for known in given_):
            given_ |= read(translate(f"{v.key(key, 'sv')}: {example}", lang, section)) if instead is None else {v.key(key, lang): instead}
    whole = in_its_place(section, given_)
    if taken(whole):
        assert valid(whole), whole
        assert valid(numbered(whole)), whole
        text = json.dumps(whole, ensure_ascii=False)
        meanings = [meant(translate(text, lang)) for lang in LANGS]
        assert meanings == [meant(text)] * 2


def broken(value: Any) -> Iterator[tuple[str, Any]]:
    """Every way to put one thing into a value that has no place there; what steps and goals are called is not asked here."""
    wrong: Any
    for wrong in ({UNKNOWN: {"q": []}}, [[]], ""):
        yield f"{wrong!r} for {value!r}"[:80], wrong
    if isinstance(value, dict):
        yield f"a key more in {value!r}"[:80], {**value, UNKNOWN: {"q": []}}
        for key, inner in value.items():
            yield from ((name, {**value, key: new}) for name, new in broken(inner))
    if isinstance(value, list):
        for at, inner in enumerate(value):
            yield from ((name, [*value[:at], new, *value[at + 1 :]]) for name, new in broken(inner))


def test_what_is_not_in_the_form_of_a_track_is_refused_by_both() -> None:
    assert taken(WHOLE)
    assert valid(WHOLE)
    said = [(name, taken(value), valid(value)) for name, value in broken(WHOLE)]
    assert len(said) > 200
    assert [one for one in said if one[1] or one[2]] == []


@pytest.mark.parametrize("key", ["spår", "name", "typ"])
def test_a_missing_key_is_missed_by_both(key: str) -> None:
    less = {name: value for name, value in WHOLE.items() if name != key}
    assert not taken(less)
    assert not valid(less)


def test_a_key_in_both_languages_is_refused_by_both() -> None:
    twice = {**WHOLE, "namn": "X"}
    assert not taken(twice)
    assert not valid(twice)


@pytest.mark.parametrize("lang", LANGS)
def test_every_key_has_words_for_the_hover_and_codes_are_listed_for_completion(lang: v.Lang) -> None:
    made = build_schema(lang)
    for section in v.SECTIONS:
        properties = made["$defs"][section.replace(" ", "_")]["properties"]
        assert all(prop["description"] for prop in properties.values())
        assert next(iter(properties)) == v.key(v.SECTIONS[section][0], lang)
    assert made["$defs"]["form_subject"]["enum"][0] == v.word("participant", v.SUBJECTS, lang)


def test_the_line_for_editors_is_a_comment_and_names_a_file_beside() -> None:
    assert MODELINE.startswith("# ")
    assert MODELINE.endswith(f"$schema={FILE}\n")
    assert parse_file(ROOT / "commands" / "first_track.sv.yaml").root is not None
