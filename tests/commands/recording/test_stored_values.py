"""A stored value that the version asking does not admit: every pair of types, every place where a fact is read, both engines (rule 47)."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pytest

from tests.commands.workspace import Workspace, workspace

if TYPE_CHECKING:
    from pathlib import Path


class Type(NamedTuple):
    """A type of a fact, a condition that asks for it, and values that meet it."""

    words: str
    rule: str
    value: str
    later: str


TYPES: Final = {
    "yes": Type("ja/nej", "{}", "ja", "ja"),
    "number": Type("tal", "{} >= 2", "3", "4"),
    "date": Type("datum", "days_since({}) >= 2", "2026-05-01", "2026-05-02"),
    "choice": Type("[A, B, C]", "{} >= B", "C", "B"),
    "other": Type("[K, L, B]", "{} >= K", "K", "L"),
}
PAIRS: Final = [f"{was}-{becomes}" for was, becomes in permutations(TYPES, 2)]
# Each place where a fact is read has a fact of its own, so that none hides the fault of another.
FACTS: Final = ("entry_", "keeps", "rank", "asked", "needed", "given", "firm", "counted")
SHARED: Final = ("entry_", "keeps", "rank", "counted")


def track(pair: str, of: str) -> str:
    rule = {name: f"'{TYPES[of].rule.format(name)}'" for name in FACTS}
    return f"""
spår: {pair}
namn: {pair}
typ: jobbspår
ägare: enheten
parter: [kommun]
arbetsgivare: [{{id: ab, namn: AB, bransch: F, kräver: [{rule["firm"]}], avtal: {{typ: avsikt, undertecknat: 2026-06-01}}}}]
uppgifter: {{{", ".join(f"{name}: {TYPES[of].words}" for name in FACTS)}}}
målgrupp: {{krav: [{rule["entry_"]}], löpande_krav: [{rule["keeps"]}]}}
intag: {{platser: 3, turordning: [rank högst först]}}
steg:
  - {{id: one, typ: insats, namn: One, längd: 1 vecka, ger: [given]}}
  - {{id: two, typ: insats, namn: Two, om: {rule["asked"]}, längd: 1 vecka}}
  - {{id: three, typ: insats, namn: Three, kräver: {rule["needed"]}, längd: 1 vecka}}
  - {{id: job, typ: praktik, längd: 2 veckor}}
uppföljning: [avslut]
överföringar: {{bort: {{mottagare: till-{pair}}}}}
mål: [{{id: met, namn: Met, räknar: {rule["counted"]}, bland: antagna, mätt: någon gång, minst: 50 %}}]
"""


def receiver(pair: str, of: str) -> str:
    """A track that somebody is transferred to, with the facts of the same names."""
    facts = ", ".join(f"{name}: {TYPES[of].words}" for name in FACTS)
    steps = "[{id: one, typ: insats, namn: One, längd: 1 vecka}]"
    return f"spår: till-{pair}\nnamn: T\ntyp: förberedande spår\nägare: enheten\nparter: [kommun]\nuppgifter: {{{facts}}}\nsteg: {steps}\n"


def said(of: str, later: str = "") -> list[str]:
    return [word for name in FACTS for word in ("--fact", f"{name}={getattr(TYPES[of], 'later' if name == later else 'value')}")]


@dataclass
class Changed:
    """W waits and P is under way, in each track, when its facts change their type; by which engine they were taken on."""

    space: Workspace
    told: dict[str, Any]

    def todos(self) -> dict[str, dict[str, Any]]:
        """What is to be done for everybody: by its kind, with the value that stands."""
        found: dict[str, dict[str, Any]] = {}
        for row in self.space.ok("worklist", "--json").json:
            found.setdefault(row["ref"], {})[row["kind"]] = row["stands"]
        return found

    def each(self, *args: str) -> None:
        """Say something in every track; what is between braces is a fact with a value of the new type."""
        for pair in PAIRS:
            given = TYPES[pair.split("-")[1]].value
            self.space.ok(*(word.format(pair=pair, **{name: f"{name}={given}" for name in FACTS}) for word in args))

    def on(self, day: str, **wanted: set[str]) -> None:
        """Take all tracks to a day; what is then to be done for W, P … in each of them."""
        self.space.ok("advance", "--engine", "local", "--at", day)
        todos = self.todos()
        for pair in PAIRS:
            assert {who: set(todos.get(f"{who}-{pair}", ())) for who in wanted} == wanted, (pair, day)


def by_prefect(space: Workspace, day: date) -> None:
    """Advance with the function that the tasks of the flow run, on the operations that they are bound to."""
    from flows.adapter import LedgerOperations
    from flows.advance import advance_unit
    from flows.port import binding

    operations = LedgerOperations(str(space.database))
    with binding(operations):
        for unit in operations.units(()):
            advance_unit.fn("run", unit, day, f"{day}T07:00:00.000000Z")
            assert operations.verify("run", unit) == 0


@pytest.fixture(scope="module")
def applied(tmp_path_factory: pytest.TempPathFactory) -> Changed:
    space = workspace(tmp_path_factory.mktemp("types") / "w")
    first = [space.file(f"a{n}.yaml", track(pair, pair.split("-")[0])) for n, pair in enumerate(PAIRS)]
    there = [space.file(f"b{n}.yaml", receiver(pair, pair.split("-")[1])) for n, pair in enumerate(PAIRS)]
    space.ok("apply", *first, *there, "--at", "2026-08-01")
    for pair in PAIRS:
        for who in "WP":
            space.ok("enrol", pair, f"{who}-{pair}", *said(pair.split("-")[0]), "--at", "2026-09-01")
    space.ok("advance", "--engine", "local")
    for pair in PAIRS:
        space.ok("offer", f"P-{pair}")
        space.ok("accept", f"P-{pair}")
    space.ok("advance", "--engine", "local", "--at", "2026-09-02")
    again = [space.file(f"a{n}.yaml", track(pair, pair.split("-")[1])) for n, pair in enumerate(PAIRS)]
    assert "--confirm-facts" in space("apply", *again).err
    told = space.ok("apply", *again, "--confirm-facts", "--json").json
    return Changed(space, {row["track"]: row for row in told})


@pytest.fixture(scope="module")
def changed(applied: Changed, tmp_path_factory: pytest.TempPathFactory) -> Changed:
    """The same as the local engine takes it on; the flow has taken on a copy."""
    copy = Workspace(tmp_path_factory.mktemp("flow"))
    with sqlite3.connect(applied.space.database) as source, sqlite3.connect(copy.database) as into:
        source.backup(into)
    source.close()
    into.close()
    by_prefect(copy, date(2026, 9, 3))
    applied.space.ok("advance", "--engine", "local", "--at", "2026-09-03")
    for table in ("event", "todo", "claim"):
        columns = "stream, seq, kind, effective, data" if table == "event" else "*"
        rows = f"SELECT {columns} FROM {table} ORDER BY 1, 2, 3"
        assert copy.rows(rows) == applied.space.rows(rows)
    return applied


def test_apply_names_whom_a_new_type_concerns(applied: Changed) -> None:
    for pair in PAIRS:
        assert applied.told[pair]["unknown"] == {name: [f"P-{pair}", f"W-{pair}"] for name in FACTS}


def test_what_cannot_be_read_is_on_the_worklist_with_what_stands(changed: Changed) -> None:
    todos = changed.todos()
    for pair in PAIRS:
        value = {"ja": True, "3": 3}.get(value := TYPES[pair.split("-")[0]].value, value)
        assert todos[f"W-{pair}"] == {"entry": None} | {f"fact:{name}": value for name in SHARED}
        assert todos[f"P-{pair}"] == {"fact:keeps": value, "fact:counted": value}


@pytest.mark.parametrize("question", ["why", "status", "history", "status --facts", "why --entry"])
def test_every_question_about_a_person_is_answered(changed: Changed, question: str) -> None:
    command, *options = question.split()
    for pair in PAIRS:
        for who in "WP":
            answer = changed.space.ok(command, f"{who}-{pair}", *options).out
            assert question != "why" or "uppges på nytt" in answer


@pytest.mark.parametrize("question", ["queue", "status", "report --json", "report --html -", "outcomes", "graph"])
def test_every_question_about_a_track_is_answered(changed: Changed, question: str) -> None:
    command, *options = question.split()
    for pair in PAIRS:
        changed.space.ok(command, pair, *options)


@pytest.mark.parametrize(
    "question",
    ["export", "export --what events --restricted", "caseload", "verify", "verify --rebuild", "advance --engine local --dry-run"],
)
def test_every_question_about_all_is_answered(changed: Changed, question: str) -> None:
    changed.space.ok(*question.split())


def through_the_queue(at: Changed) -> None:
    # Whose value of the order cannot be read comes after whose can, though referred before her.
    at.each("state", "W-{pair}", "--fact", "{entry_}")
    for pair in PAIRS:
        at.space.ok("enrol", pair, f"N-{pair}", *said(pair.split("-")[1]))
        at.space.ok("enrol", pair, f"M-{pair}", *said(pair.split("-")[1]))
    at.on("2026-09-04", W={"fact:keeps", "fact:rank", "fact:counted"}, N={"offer"}, M={"offer"})
    at.each("state", "W-{pair}", "--fact", "{rank}")
    at.each("misregister", "M-{pair}", "--reason", "annat")
    at.on("2026-09-05", W={"fact:keeps", "fact:counted", "offer"})
    at.each("state", "W-{pair}", "--fact", "{keeps}")
    at.each("offer", "W-{pair}")
    at.each("accept", "W-{pair}")
    at.on("2026-09-07", W={"fact:counted"})


def through_the_steps(at: Changed) -> None:
    # Admitted under the new version, with values that were said to the old one: what a step gives is asked for anew.
    at.each("record", "W-{pair}", "one", "klar", "--advance")
    at.on("2026-09-08", W={"fact:counted", "fact:given", "fact:asked"})
    at.each("state", "W-{pair}", "--fact", "{given}", "--fact", "{asked}", "--advance")
    at.each("record", "W-{pair}", "two", "klar", "--advance")
    at.on("2026-09-09", W={"fact:counted", "fact:needed", "requirement"})
    at.each("state", "W-{pair}", "--fact", "{needed}", "--advance")
    at.each("record", "W-{pair}", "three", "klar", "--advance")
    at.on("2026-09-10", W={"fact:counted", "fact:firm", "placement"})
    at.each("state", "W-{pair}", "--fact", "{firm}", "--advance")
    at.each("record", "W-{pair}", "job", "klar", "--advance")
    at.on("2026-09-11", W={"fact:counted", "follow_up:exit"})


def through_the_goals(at: Changed) -> None:
    for pair in PAIRS:
        (goal,) = at.space.ok("report", pair, "--json", "--limit", "0").json["goals"]
        assert (goal["numerator"], goal["denominator"], goal["unknown"]) == (0, 2, 2)
    at.each("state", "W-{pair}", "--fact", "{counted}")
    at.each("state", "P-{pair}", "--fact", "{counted}", "--at", "2026-09-12")
    at.on("2026-09-12", W={"follow_up:exit"}, P={"fact:keeps", "report"})
    for pair in PAIRS:
        (goal,) = at.space.ok("report", pair, "--json", "--limit", "0").json["goals"]
        assert (goal["numerator"], goal["unknown"]) == (2, 0)
    at.each("correct", "P-{pair}", "1", "--fact", "{keeps}")
    at.on("2026-09-12", P={"report"})


def apply_the_old_version(at: Changed) -> None:
    at.space.ok("apply", *(at.space.file(f"c{n}.yaml", track(p, p.split("-")[0])) for n, p in enumerate(PAIRS)), "--confirm-facts")


def back_to_the_old_version(at: Changed) -> None:
    # Her own version is the old one, and a step of it reads what was said to it.
    for pair in PAIRS:
        at.space.ok("record", f"P-{pair}", "one", "klar", "--fact", f"given={TYPES[pair.split('-')[0]].value}", "--advance")
        assert "Two" in at.space.ok("status", f"P-{pair}").out
        at.space.ok("transfer", f"P-{pair}", "bort", "--reason", "annat", "--advance")
    apply_the_old_version(at)
    at.on("2026-09-13")
    assert at.space("verify").code == 0
    assert at.space.ok("verify", "--rebuild").code == 0


def test_to_state_anew_leads_on_at_every_place(changed: Changed) -> None:
    for way in (through_the_queue, through_the_steps, through_the_goals, back_to_the_old_version):
        way(changed)


def test_the_fault_of_one_track_stops_no_other(changed: Changed, monkeypatch: pytest.MonkeyPatch) -> None:
    from tracks.engine.rules import admission

    def failing(context: Any) -> None:
        raise ZeroDivisionError

    first, *others = PAIRS
    # The tests before may run elsewhere.
    apply_the_old_version(changed)
    for pair in PAIRS:
        changed.space.ok("enrol", pair, f"Z-{pair}", *said(pair.split("-")[0]))
    whole = admission.decide_admission
    monkeypatch.setattr(admission, "decide_admission", lambda c: failing(c) if c.view.shared.track.track == first else whole(c))
    answer = changed.space("advance", "--engine", "local", "--at", "2026-09-14")
    assert (answer.code, first in answer.err) == (1, True)
    assert all(changed.space.rows(f"SELECT status FROM enrolment WHERE ref = 'Z-{pair}'") == [("waiting",)] for pair in others)


def test_a_transfer_takes_no_value_along_that_cannot_be_read(tmp_path: Path) -> None:
    def going(of: str) -> str:
        steps = "[{id: one, typ: insats, namn: One, längd: 1 vecka}]"
        declared = f"uppgifter: {{redo: ja/nej{f', f: {TYPES[of].words}' if of else ''}}}\nmålgrupp: {{krav: [redo]}}\n"
        return f"spår: här\nnamn: H\ntyp: förberedande spår\nägare: e\nparter: [k]\n{declared}steg: {steps}\n"

    there = going("date").replace("spår: här", "spår: där")
    space = workspace(tmp_path / "w", there, going("number") + "överföringar: {dit: {mottagare: där}}\n")
    space.ok("enrol", "här", "A1", "--fact", "f=3", "--at", "2026-09-01")
    # A version may leave a fact out: what was said stands, and whom a later type concerns is named all the same.
    space.ok("apply", space.file("t1.yaml", going("") + "överföringar: {dit: {mottagare: där}}\n"))
    again = space.file("t1.yaml", going("date") + "överföringar: {dit: {mottagare: där}}\n")
    assert "A1" in space("apply", again).err
    space.ok("apply", again, "--confirm-facts")
    # She is admitted under the version that cannot read what she said.
    space.ok("state", "A1", "--fact", "redo=ja", "--advance")
    space.ok("transfer", "A1", "dit", "--reason", "annat", "--advance")
    assert space.rows("SELECT track, status FROM enrolment ORDER BY 1") == [("där", "active"), ("här", "transferred")]
    assert [row["name"] for row in space.ok("status", "A1/2", "--facts", "--json").json[0]["facts"]] == ["channel", "redo"]


def test_who_has_left_is_named_and_asked_for_what_a_goal_cannot_read(tmp_path: Path) -> None:
    def followed(of: str) -> str:
        goal = f"mål: [{{id: m, namn: M, räknar: '{TYPES[of].rule.format('f')}', bland: antagna, mätt: någon gång, minst: 50 %}}]\n"
        steps = "steg: [{id: one, typ: insats, namn: One, längd: 1 vecka}]\nuppföljning: [avslut, 3 månader]\n"
        return f"spår: s\nnamn: S\ntyp: förberedande spår\nägare: e\nparter: [k]\nuppgifter: {{f: {TYPES[of].words}}}\n{steps}{goal}"

    space = workspace(tmp_path / "w", followed("number"))
    space.ok("enrol", "s", "A1", "--fact", "f=3", "--at", "2026-09-01", "--advance")
    space.ok("record", "A1", "one", "klar", "--advance")
    space.ok("follow-up", "A1", "avslut", "--outcome", "arbete", "--advance")
    assert space.ok("worklist", "--json").json == []
    changed = space.file("n.yaml", followed("date"))
    assert "A1" in space("apply", changed).err
    space.ok("apply", changed, "--confirm-facts", "--at", "2026-09-05")
    space.ok("verify")
    space.ok("advance", "--engine", "local", "--at", "2026-09-07")
    space.ok("verify")
    assert [(row["ref"], row["kind"], row["stands"]) for row in space.ok("worklist", "--json").json] == [("A1", "fact:f", 3)]
    space.ok("state", "A1", "--fact", "f=2026-05-01", "--advance")
    assert space.ok("worklist", "--json").json == []
