"""The table of kinds: each entry is whole, its typed data knows its JSON both ways, and no second list of kinds stands anywhere."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from commands.wording import events as wording
from tests.house import SHIPPED
from tracks import texts
from tracks.events.event import Draft
from tracks.events.fold import Progress, evolve
from tracks.events.hash_chain import append
from tracks.events.kinds.data import Data
from tracks.events.kinds.facts import Offered, Paused, Referred
from tracks.events.kinds.kind import TELLING_FIELDS, Group, Kind, entry
from tracks.events.kinds.table import KINDS, OF_A_VERSION, check_data, is_correctable, kind_that_set, typed
from tracks.events.snapshots import Enrolment
from tracks.recording import corrections
from tracks.recording.validation.validators import VALIDATORS
from tracks.scenarios import actions, event_branches, source_places

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
DAY = date(2026, 9, 7)
EVERY = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
EXAMPLES: dict[type, Any] = {str: "2026-09-07", int: 3, bool: True, list: ["a"], dict: {"a": 1}}


def example(kind: Kind, *, whole: bool) -> dict[str, Any]:
    """Data of a kind as an event holds it: all that it may have, or no more than it must."""
    forms = kind.data.forms
    return {name: EXAMPLES[forms[name].json] for name in forms if whole or name in kind.data.needed}


def sealed(*drafts: Draft) -> list[Any]:
    one = Enrolment("p/1", "p", "t", Progress())
    return append(one, drafts, actor="Ann", recorded="2026-09-07T08:00:00.000000Z", version=1, track_hash=bytes(32))


@EVERY
def test_a_kind_names_only_fields_of_its_own_data(kind: Kind) -> None:
    forms = kind.data.forms
    assert {*kind.corrects, *filter(None, (kind.value, kind.beside_unless))} <= forms.keys()
    # Whoever was selected by nobody named stands in a field of its own.
    assert set(re.findall(r"{(\w+)}", kind.sets)) <= kind.data.needed | ({"employer"} if kind.name == "selected" else set())
    assert kind.data.kind == kind.name
    assert kind.default_reason == "" or kind.default_reason in texts.TABLES["reason"]


@EVERY
def test_people_report_facts_in_some_status_and_the_engine_writes_the_rest(kind: Kind) -> None:
    assert bool(kind.allowed) is (kind.is_fact and not kind.of_track and kind.name != "referred")
    assert bool(kind.actor) is (kind.group is not Group.FACT)
    if not kind.is_fact or kind.of_track:
        assert (kind.gives_facts, kind.words, kind.value) == (False, (), "")
    # Of a track all is put right that people say of it, but the version in force.
    assert bool(kind.corrects) is (kind.name not in OF_A_VERSION) or not kind.of_track or not kind.is_fact
    assert kind.is_fact or not kind.corrects
    assert kind.of_track or not kind.once


@EVERY
def test_a_kind_of_an_intake_or_an_end_leads_to_a_status(kind: Kind) -> None:
    # Whom a cancelled start drops has come in or not, and is interrupted or not started.
    assert kind.leads_to or kind.sets not in ("intake", "close") or kind.name == "start_dropped"
    assert kind.leads_to or kind.beside != "close"


@EVERY
def test_a_kind_has_a_page_of_its_own_and_words_in_both_languages(kind: Kind) -> None:
    assert kind.data.__doc__ != Data.__doc__
    assert kind.name in texts.TABLES["kind"]
    assert all(texts.message(f"kind.{kind.name}", lang) for lang in ("sv", "en"))


def test_no_two_kinds_share_a_word_of_rows() -> None:
    words = [word for kind in KINDS.values() for word in kind.words]
    assert len(words) == len(set(words))
    assert not set(words) & KINDS.keys() - {"phase"}


@EVERY
@pytest.mark.parametrize("whole", [True, False])
def test_typed_data_reads_and_writes_the_json_of_an_event(kind: Kind, *, whole: bool) -> None:
    data = example(kind, whole=whole)
    read = kind.data.from_json(data)
    assert read.to_json() == data
    assert kind.data.from_json(read.to_json()) == read
    (event,) = sealed(Draft(kind.name, DAY, "", 0, data))
    assert typed(event) == read


@EVERY
def test_what_does_not_fit_its_kind_is_never_sealed(kind: Kind) -> None:
    good = example(kind, whole=True)
    wrong: list[dict[str, Any]] = [{**good, "unheard_of": "Anna Ek"}]
    wrong += [{other: value for other, value in good.items() if other != name} for name in kind.data.needed]
    wrong += [{**good, name: ("Anna Ek",) if form.json is not list else "Anna Ek"} for name, form in kind.data.forms.items()]
    for data in wrong:
        with pytest.raises(TypeError) as refused:
            sealed(Draft(kind.name, DAY, "", 0, data))
        assert "Anna" not in str(refused.value)


def test_what_is_no_kind_is_never_sealed_but_folded_as_nothing() -> None:
    with pytest.raises(TypeError, match="no kind: greeted"):
        check_data("greeted", {})
    assert evolve(Progress(), Draft("greeted", DAY), 1) == Progress()


@EVERY
def test_the_fold_has_the_field_of_a_kind_and_says_which_kind_set_it(kind: Kind) -> None:
    data = example(kind, whole=False)
    fields = evolve(Progress(), Draft(kind.name, DAY, "s", 1, data), 1).fields
    assert bool(fields) is bool(kind.sets)
    for (_, _, name), field in fields.items():
        base = name.partition(":")[0]
        assert base in TELLING_FIELDS or field.value in ({}, {**dict(kind.implies), **data})
        if name != kind.marks and base != "ended":
            assert kind_that_set(base, field.value) == kind.name


def test_typed_data_is_made_of_typed_values_and_cannot_be_changed() -> None:
    paused = Paused(reason="illness", back=date(2026, 9, 14))
    assert paused.draft(DAY) == Draft("paused", DAY, "", 0, {"reason": "illness", "back": "2026-09-14"})
    assert Offered.from_json({"start": "", "until": "2026-09-14"}) == Offered(start=None, until=date(2026, 9, 14))
    assert Referred(from_="p/1").to_json() == {"from": "p/1"}
    assert (repr(paused), paused == Paused(reason="illness")) == ("Paused(…)", False)
    with pytest.raises(AttributeError):
        paused.back = None  # type: ignore[misc]
    with pytest.raises(TypeError, match="Offered: start"):
        Offered(until=DAY)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="Paused: until"):
        Paused.from_json({"until": "2026-09-14"})


def test_two_kinds_cannot_have_one_name() -> None:
    with pytest.raises(ValueError, match="two kinds are called paused"):
        entry(Kind("paused", Group.FACT))(Data)


def test_the_tables_of_functions_have_kinds_that_the_table_has() -> None:
    facts = {name for name, kind in KINDS.items() if kind.allowed}
    assert VALIDATORS.keys() <= facts
    assert corrections._FITS.keys() <= {name for name in KINDS if is_correctable(name)}
    assert all(KINDS[name].corrects or KINDS[name].gives_facts for name in corrections._FITS)
    assert actions._EVENTS.keys() <= facts
    assert {*event_branches._TRACK_KINDS, *event_branches._PLAIN, *event_branches._KINDS} <= KINDS.keys()
    assert set(wording._OF_A_START) <= {name for name, kind in KINDS.items() if "start" in kind.data.forms}
    todos = (
        "entry ongoing longest queue over offer answer interest transfer follow_up report start contact placement requirement employer_left"
    )
    more = "dates decision proposal:end proposal:transfer fact subject_report"
    assert {*source_places._AROUND, *source_places._OF_STEP} - {*todos.split(), *more.split()} <= KINDS.keys()


# What a kind means to a room above the table, as functions, as branches of a track, or as keys of its file.
OF_FUNCTIONS = {
    "tracks/recording/corrections.py", "tracks/recording/validation/validators.py", "tracks/engine/rules/orphaned_facts.py",
    "tracks/scenarios/actions.py", "tracks/scenarios/coverage.py", "tracks/scenarios/event_branches.py",
    "tracks/scenarios/source_places.py", "commands/wording/events.py",
}  # fmt: skip
MANY = 4


def lists_of_kinds() -> Iterator[str]:
    """The sets, tuples, lists and mappings in shipped code, outside the table, whose members are the names of several kinds."""
    for path in (path for top in SHIPPED for path in sorted((ROOT / top).rglob("*.py"))):
        name = str(path.relative_to(ROOT))
        if name.startswith("tracks/events/kinds/") or name in OF_FUNCTIONS:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Dict | ast.Set | ast.Tuple | ast.List):
                continue
            members = node.keys if isinstance(node, ast.Dict) else node.elts
            names = {one.value for one in members if isinstance(one, ast.Constant) and isinstance(one.value, str)}
            if len(names & KINDS.keys()) >= MANY:
                yield f"{name}:{node.lineno}"


def test_no_second_list_of_kinds_stands_in_the_code() -> None:
    assert list(lists_of_kinds()) == []
