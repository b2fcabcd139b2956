from __future__ import annotations

import io
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from commands.runtime.progress import SILENCE, ShownProgress, _Line
from definitions.progress import SILENT, Stage, WorkProgress
from tests.commands.runtime.terminals import COLUMNS, ROOT, in_terminal, screen, sends, types
from tests.commands.workspace import ALONE, QUEUED, Workspace, once, workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

# A command in the place of one of ours: it works for SECONDS, and does ACT after.
SLOW = """
import sys, time
import cli
from typer import Context
from definitions.progress import Stage

def slow(ctx: Context) -> None:
    {before}
    ctx.obj.progress.begin(Stage.VERIFYING, 20000)
    ctx.obj.progress.count(3200)
    time.sleep({seconds})
    {after}

cli.load_command = lambda name: slow
sys.argv[0] = "jobbspar"
sys.argv[1:] = [{command!r}]
cli.app()
"""


def _slow(after: str = "print('done')", before: str = "pass", seconds: float = 2, command: str = "advance") -> str:
    return SLOW.format(before=before, after=after, seconds=seconds, command=command)


def test_what_takes_longer_says_within_two_seconds_that_it_works_on_what_and_how_far_it_is_and_leaves_only_its_answer() -> None:
    seen = in_terminal(_slow(seconds=3))
    assert seen.first < 2
    assert "Verifying logs: 3 200 of 20 000 (" in seen.written
    assert (seen.left, seen.code) == (["done"], 0)


def test_the_line_is_there_too_where_the_answer_is_collected_for_a_pager() -> None:
    seen = in_terminal(_slow(command="verify"))
    assert "Verifying" in seen.written
    assert seen.left == ["done"]


def test_in_a_pipe_nothing_of_it_is_there() -> None:
    done = subprocess.run([sys.executable, "-c", _slow()], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("done\n", "")


def test_what_answers_at_once_shows_nothing_of_it() -> None:
    assert in_terminal(_slow(seconds=0.2)).written == "done\r\n"


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["interrupted at the terminal", "asked to end"]
)
def test_nothing_of_it_is_left_where_the_work_is_interrupted(number: signal.Signals, code: int) -> None:
    seen = in_terminal(_slow(seconds=9), at_word="Verifying", do=sends(number))
    assert (seen.left, seen.code) == ([], code)


def test_the_sign_of_an_interruption_is_wiped_away_with_it() -> None:
    seen = in_terminal(_slow(seconds=9), at_word="Verifying", do=types("\x03"))
    assert (seen.left, seen.code) == ([], 130)


def test_a_refusal_stands_alone() -> None:
    seen = in_terminal(_slow("from commands.runtime.errors import NO_ACTOR, LOST_ONLY; raise LOST_ONLY()"))
    assert "Verifying" in seen.written
    assert len(seen.left) == 1
    assert seen.left[0].startswith("Error: ")


def test_what_a_command_writes_meanwhile_stands_in_its_own_lines() -> None:
    after = "print('first', file=sys.stderr); print('second'); time.sleep(2); print('third')"
    seen = in_terminal(_slow(after))
    assert seen.left == ["first", "second", "third"]
    assert seen.written.count("Verifying") >= 2


def test_whoever_is_asked_is_not_written_over_and_the_line_comes_back_when_she_has_answered() -> None:
    asked = "from commands.app.prompt import ask; time.sleep(2.5); print(repr(ask('Name')))"
    seen = in_terminal(_slow(before=f"exec({asked!r})", seconds=2), at_word="Name: ", do=types("Åsa\n"))
    question, answer = seen.written.index("Name: "), seen.written.index("'Åsa'")
    assert "advance, jobbspar.db: at work (" in seen.written[:question]
    assert seen.written[question:answer] == "Name: Åsa\r\n"
    assert "Verifying" in seen.written[answer:]
    assert seen.left == ["Name: Åsa", "'Åsa'", "done"]


class _Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_line_never_fills_its_row_and_takes_the_place_of_a_longer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commands.runtime.progress._columns", lambda _: COLUMNS)
    clock, texts, stream = _Clock(), ["å" * 90, "短い", "\x1b[2Jx"], io.StringIO()
    line = _Line(stream, lambda: texts.pop(0), clock)
    line.show()
    assert stream.getvalue() == ""
    clock.now += SILENCE
    for left in ("å" * (COLUMNS - 1), "短い", "\ufffd[2Jx"):
        line.show()
        assert screen(stream.getvalue()) == [left]
    assert max(len(part) for part in stream.getvalue().split("\r")) < COLUMNS


def test_a_command_in_the_background_writes_no_line_where_somebody_types_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commands.runtime.progress._is_waited_for", lambda _: False)
    clock, stream = _Clock(), io.StringIO()
    line = _Line(stream, lambda: "Verifying", clock)
    clock.now += 9
    line.show()
    assert stream.getvalue() == ""


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("stage", Stage)
def test_every_stage_has_words_for_how_far_it_is(stage: Stage, lang: str) -> None:
    progress = ShownProgress(lang, _Clock())
    progress.begin(stage, what="kö")
    assert progress.text().endswith("(0 s)")
    progress.count()
    assert ": 1 (" in progress.text()
    progress.begin(stage, 12000, "kö")
    progress.reach(3200)
    assert f": 3 200 {'av' if lang == 'sv' else 'of'} 12 000 (" in progress.text()
    assert "{" not in progress.text()


def test_each_piece_is_told_when_the_next_is_asked_for_and_whoever_is_silent_hands_them_on() -> None:
    heard = _Heard()
    pieces = heard.each("abc", Stage.VERIFYING, 3)
    assert next(pieces) == "a"
    assert heard.told == [[Stage.VERIFYING, 3, 0]]
    assert [*pieces] == ["b", "c"]
    assert heard.told == [[Stage.VERIFYING, 3, 3]]
    assert [*SILENT.each("abc", Stage.VERIFYING)] == ["a", "b", "c"]


class _Heard(WorkProgress):
    """Keeps all that it is told: each stage with its total and what is done of it."""

    def __init__(self) -> None:
        self.told: list[list[Any]] = []

    def begin(self, stage: Stage, total: int | None = None, what: str = "") -> None:
        self.told.append([stage, total, 0])

    def reach(self, done: int) -> None:
        self.told[-1][2] = done

    def count(self, more: int = 1) -> None:
        self.told[-1][2] += more


@pytest.fixture
@once
def space(tmp_path: Path) -> Workspace:
    space = workspace(tmp_path / "w", QUEUED, ALONE)
    people = space.file("people.csv", "ref,redo,poäng\n" + "".join(f"P-{n},ja,{n}\n" for n in range(7)))
    space.ok("import", people, "--track", "kö", "--at", "2026-09-01")
    space.ok("enrol", "alone", "B1", "--note", "hemligt", "--at", "2026-09-01")
    space.file("more.csv", "ref\nQ-1\nQ-2\nQ-3\n")
    space.file("heads.json", "")
    space.ok("verify", "--export", str(space.folder / "heads.json"))
    return space


@pytest.mark.parametrize(
    ("line", "stages"),
    [
        ("import more.csv --track alone --advance", {
            Stage.READING_FILE: None, Stage.CHECKING_ROWS: 3, Stage.WRITING_ROWS: 3, Stage.SAVING: None, Stage.ADVANCING: 4,
        }),
        ("import more.csv --track alone --dry-run", {Stage.CHECKING_ROWS: 3, Stage.WRITING_ROWS: 3}),
        ("verify", {Stage.EXAMINING_DATABASE: None, Stage.VERIFYING: 10, Stage.UNLOCKING: 1}),
        ("verify --against heads.json", {Stage.COMPARING_HEADS: 10}),
        ("verify --rebuild", {Stage.VERIFYING: 10, Stage.REBUILDING: 0}),
        ("report kö --html r.html", {Stage.READING_LOGS: 7, Stage.COUNTING: None}),
        ("outcomes kö", {Stage.READING_LOGS: 7, Stage.COUNTING: None}),
        ("export --what events -o e.csv", {Stage.EXPORTING: 10, Stage.WRITING_FILE: None}),
        ("export -o s.csv", {Stage.EXPORTING: 8}),
        ("advance --engine local --at 2026-09-08", {Stage.ADVANCING: None}),
        ("advance --dry-run --at 2026-09-08", {Stage.ADVANCING: None}),
        ("check tracks t0.yaml t1.yaml", {Stage.CHECKING_FILES: 4}),
        ("apply tracks", {Stage.CHECKING_FILES: 1, Stage.CATCHING_UP: None}),
        ("test tracks", {Stage.CHECKING_FILES: 2, Stage.TRYING_CASES: None}),
        ("begin B1 plan", {Stage.CATCHING_UP: None}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_may_take_long_tells_what_it_is_at_and_how_far(
    space: Workspace, monkeypatch: pytest.MonkeyPatch, line: str, stages: dict[Stage, int | None]
) -> None:
    heard = _Heard()
    monkeypatch.setattr("commands.runtime.progress.progress_of", lambda _: heard)
    monkeypatch.chdir(space.folder)
    assert space(*line.split()).code == 0
    found = {stage: done for stage, _, done in heard.told}
    assert {stage: found.get(stage) if done is not None else None for stage, done in stages.items()} == stages
    assert set(stages) <= set(found)
    assert [told for told in heard.told if told[1] is not None and told[1] != told[2]] == []


def test_every_stage_is_begun_somewhere() -> None:
    begun = "".join(path.read_text(encoding="utf-8") for path in _sources())
    assert [stage.name for stage in Stage if f"Stage.{stage.name}" not in begun] == []


def _sources() -> Sequence[Path]:
    return [path for top in ("commands", "tracks", "flows", "definitions") for path in (ROOT / top).rglob("*.py")]
