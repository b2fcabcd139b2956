"""Every kind of fact, said by its command and by a row of a file: the same words, the same refusals, and nothing dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from commands.importing.columns import COLUMN_NAMES, columns_of
from commands.importing.csv import SheetRow
from commands.importing.row_to_fact import parse_kind
from commands.importing.row_words import unkept_cells
from commands.recording.said import parse_said
from tests.commands.workspace import ALONE, QUEUED, Workspace, lived_in, workspace
from tracks.events.kinds.table import KINDS, sayable
from tracks.texts import word

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tracks.events.kinds.kind import Kind

# The command of each kind and what is said, by the columns of a row; each `{column}` of a command is the cell of that name.
COMMANDS: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "interested": ("interest", {}),
    "selected": ("select {employer}", {"employer": "ab"}),
    "offered": ("offer", {}),
    "accepted": ("accept", {}),
    "declined": ("decline --reason {reason}", {"reason": "sjukdom"}),
    "refused": ("refuse --reason {reason}", {"reason": "annat"}),
    "exception": ("except {value} --reason {reason}", {"value": "krav", "reason": "annat"}),
    "began": ("begin {step}", {"step": "plan"}),
    "reported": ("record {step} {value}", {"step": "plan", "value": "klar"}),
    "stated": ("state --fact car={car}", {"car": "ja"}),
    "phase": ("phase {step} {value}", {"step": "plan", "value": "ett"}),
    "placed": ("place {step} {employer}", {"step": "plan", "employer": "ab"}),
    "decided": ("decide {step} {value}", {"step": "plan", "value": "nästa"}),
    "closed": ("close --reason {reason}", {"reason": "annat"}),
    "paused": ("pause --reason {reason} --back {value}", {"reason": "sjukdom", "value": "2026-09-20"}),
    "resumed": ("resume", {}),
    "waived": ("deviate {step} skip --reason {reason}", {"step": "theory", "reason": "annat"}),
    "moved": ("move {value}", {"value": "2026-11-02"}),
    "interrupted": ("interrupt --reason {reason}", {"reason": "annat"}),
    "transferred": ("transfer {value} --reason {reason}", {"value": "fk", "reason": "annat"}),
    "outcome": ("outcome {value}", {"value": "arbete"}),
    "contacted": ("contact {step}", {"step": "plan"}),
    "followed_up": ("follow-up {value} --outcome {outcome}", {"value": "avslut", "outcome": "arbete"}),
    "misregistered": ("misregister --reason {reason}", {"reason": "annat"}),
}
WRONG: Final[Mapping[str, tuple[str, ...]]] = {
    "reason": ("trött",), "outcome": ("rik",), "employer": ("xx",), "step": ("nope",), "car": ("kanske",), "value": ("nope", "2026-W45"),
}  # fmt: skip
PLACES: Final = [
    pytest.param(kind, column, word, id=f"{kind}-{column}-{word}")
    for kind, (_, said) in COMMANDS.items() for column in said for word in WRONG[column]
    # A reason in words of one's own is taken, as a note; and this track has no employers that it could know.
    if (kind, column) != ("selected", "employer") and not (column == "reason" and KINDS[kind].own_words)
]  # fmt: skip
MISSING: Final = [
    (kind, column) for kind, (_, said) in COMMANDS.items() for column in said if (kind, column) not in
    {("declined", "reason"), ("paused", "value"), ("contacted", "step")}
]  # fmt: skip

# What a kind takes beside, and a wrong word for it.
OPTIONAL: Final = [
    (kind, column) for kind, (_, said) in COMMANDS.items() for column in KINDS[kind].takes
    if column in ("outcome", "reason") and column not in said and not KINDS[kind].own_words
]  # fmt: skip


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """B1 is in her first step."""
    return lived_in(tmp_path_factory.mktemp("rows") / "w")


def by_command(space: Workspace, kind: str, said: Mapping[str, str], *options: str) -> tuple[int, str]:
    """How the command ends, and what it is refused for."""
    command, *words = COMMANDS[kind][0].split()
    found = space(command, "B1", *(word.format(**said) for word in words), *options)
    return found.code, found.err.removeprefix("Fel: ").strip()


def by_row(space: Workspace, kind: str, said: Mapping[str, str]) -> tuple[int, list[tuple[str, str]]]:
    """How the import of one row ends: its code, and the columns and words of what is refused."""
    cells = {"on": "2026-09-08", "ref": "B1", "what": kind, **said}
    path = space.file("r.csv", ";".join(cells) + "\n" + ";".join(cells.values()) + "\n")
    found = space("import", path, "--as", "reports", "--track", "alone", "--json", "--dry-run")
    refused = found.json["refused"] if found.code else []
    return found.code, [(list(cells)[row["column"] - 1], row["message"]) for row in refused]


def test_every_kind_that_a_row_can_say_has_its_command_here() -> None:
    assert set(COMMANDS) == {kind.name for kind in sayable()}
    assert not {"assigned", "corrected", "added"} & set(COMMANDS)


@pytest.mark.parametrize(("kind", "column", "wrong"), PLACES)
def test_what_a_command_refuses_a_row_is_refused_for_in_the_same_words(space: Workspace, kind: str, column: str, wrong: str) -> None:
    said = {**COMMANDS[kind][1], column: wrong}
    # The row is only tried, and so first: what is right for both is then written by the command.
    row_code, refused = by_row(space, kind, said)
    code, words = by_command(space, kind, said)
    assert code == row_code
    assert code == 0 or words in [message for _, message in refused]


@pytest.mark.parametrize(("kind", "column"), OPTIONAL)
def test_what_may_be_said_beside_is_refused_in_a_row_as_in_a_command(space: Workspace, kind: str, column: str) -> None:
    wrong = WRONG[column][0]
    code, refused = by_row(space, kind, {**COMMANDS[kind][1], column: wrong})
    told = by_command(space, kind, COMMANDS[kind][1], f"--{column}", wrong)
    assert (code, told[0]) == (2, 2)
    assert told[1] in [words for _, words in refused]


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "26-09-01", "0026-09-01", "2026-09-09", "1999-12-31", "igår"])
@pytest.mark.parametrize("kind", sorted(set(COMMANDS) - {"followed_up"}))
def test_a_day_that_cannot_be_is_refused_in_a_row_as_in_a_command(space: Workspace, kind: str, day: str) -> None:
    code, refused = by_row(space, kind, {**COMMANDS[kind][1], "on": day})
    told = by_command(space, kind, COMMANDS[kind][1], "--on", day)
    assert (code, told[0]) == (2, 2)
    assert told[1] in [words for _, words in refused]


@pytest.mark.parametrize(("kind", "column"), MISSING)
def test_what_a_command_must_be_told_a_row_must_tell(space: Workspace, kind: str, column: str) -> None:
    said = {name: cell for name, cell in COMMANDS[kind][1].items() if name != column}
    code, refused = by_row(space, kind, said)
    assert code == 2
    assert "är tom" in refused[0][1] or column == "car"
    command, *words = COMMANDS[kind][0].split()
    at = next(number for number, word in enumerate(words) if f"{{{column}}}" in word)
    kept = words[: at - words[at - 1].startswith("--")] + words[at + 1 :]
    assert space(command, "B1", *(word.format(**said) for word in kept)).code == 2


@pytest.mark.parametrize("kind", COMMANDS)
def test_a_cell_that_would_not_be_kept_is_refused_by_the_name_of_its_column(space: Workspace, kind: str) -> None:
    about, said = KINDS[kind], COMMANDS[kind][1]
    kept = {"ref", "number", "on", "what", "note", "by", *about.asks, *about.takes, *said, *(["value"] if about.value else [])}
    for column in {*COLUMN_NAMES, "car"} - kept - ({"car"} if "facts" in kept else set()):
        code, refused = by_row(space, kind, {**said, column: "ja"})
        assert code == 2
        assert any(place == column and "sparas inte" in message for place, message in refused), column


@pytest.mark.parametrize(
    "column", sorted(set(COLUMN_NAMES) - {"ref", "number", "name", "protected", "on", "channel", "born", "note", "by"})
)
def test_a_referral_keeps_all_that_its_row_says_or_is_refused(space: Workspace, column: str) -> None:
    path = space.file("p.csv", f"ref;{column}\nC1;ja\n")
    said = space("import", path, "--as", "people", "--track", "alone", "--dry-run", "--json")
    assert (said.code, [(row["column"], "sparas inte i en rad om anmäld" in row["message"]) for row in said.json["refused"]]) == (
        2,
        [(2, True)],
    )


@pytest.mark.parametrize(
    ("kind", "field", "table", "code"),
    [("paused", "reason", "reason", "illness"), ("reported", "result", "result", "not_passed"), ("outcome", "what", "outcome", "work")],
)
def test_words_of_both_languages_in_any_case_are_the_same(kind: str, field: str, table: str, code: str) -> None:
    words = [word(table, code, lang) for lang in ("sv", "en")]
    for typed in (code, *words, *(one.upper() for one in words), *(one.replace(" ", "_") for one in words)):
        assert parse_said(kind, {field: typed}).data == {field: code}


def test_a_row_is_called_as_its_command_is_in_any_case() -> None:
    for kind, (command, _) in COMMANDS.items():
        name = command.split()[0]
        if name != "deviate":
            assert {parse_kind(name), parse_kind(name.upper()), parse_kind(name.replace("-", " "))} == {kind}
        assert {parse_kind(word("kind", kind, lang).upper()) for lang in ("sv", "en")} == {kind}


def test_what_a_row_can_say_is_listed_in_the_language_of_the_reader(space: Workspace) -> None:
    _, [(place, words)] = by_row(space, "flyger", {})
    assert (place, "tackat_ja" in words, "accepted" in words) == ("what", True, False)
    assert by_row(space, "börjar", {})[1][0][1].endswith("Menade du började?")


def test_notes_of_referrals_and_transfers_are_kept_as_their_commands_keep_them(tmp_path: Path) -> None:
    space = lived_in(tmp_path / "w")
    space.ok("import", space.file("p.csv", "ref;note\nC1;canary\n"), "--as", "people", "--track", "alone")
    assert "canary" in space.ok("history", "C1", "--notes").out
    assert "canary" not in str(space.rows("SELECT data FROM event"))
    space.ok("import", space.file("r.csv", "on;ref;what;value;reason\n2026-09-08;A1;undantag;krav;prövat i samråd\n"), "--track", "kö")
    assert "prövat i samråd" in space.ok("history", "A1", "--notes").out


def test_the_name_of_who_says_a_row_is_checked_as_that_of_a_command(space: Workspace) -> None:
    code, refused = by_row(space, "contacted", {"by": "engine"})
    assert (code, refused[0][0]) == (2, "by")


def test_a_transfer_of_a_file_that_was_taken_back_is_not_made_again_by_the_same_file(tmp_path: Path) -> None:
    away = ALONE + "transfers: {fk: {to: Försäkringskassan}, on: {to: kö}}\n"
    space = workspace(tmp_path / "w", QUEUED, away)
    for ref in ("B1", "B2"):
        space.ok("enrol", "alone", ref, "--at", "2026-09-01", "--advance")
    rows = "on;ref;what;value;reason\n2026-09-02;B1;överföring;fk;annat\n2026-09-02;B2;överföring;on;annat\n"
    path = space.file("r.csv", rows)
    assert space.ok("import", path, "--track", "alone", "--at", "2026-09-02", "--json").json["written"] == 2
    number = next(str(row["seq"]) for row in space.ok("history", "B1", "--json").json if row["kind"] == "transferred")
    space.ok("correct", "B1", number, "--withdraw", "--advance")
    again = space.ok("import", path, "--track", "alone", "--json").json
    assert (again["written"], again["repeated"]) == (0, 2)
    assert space.rows("SELECT ref, track, status FROM enrolment ORDER BY stream") == [
        ("B1", "alone", "active"), ("B2", "alone", "active"), ("B2", "kö", "referred"),
    ]  # fmt: skip
    space.ok("transfer", "B1", "fk", "--reason", "annat", "--key", "k1")
    assert space.ok("transfer", "B1", "fk", "--reason", "annat", "--key", "k1", "--json").json == []


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_what_each_kind_of_row_has_for_columns_is_told_as_it_is_read(space: Workspace, lang: str) -> None:
    told = space("explain", "import", lang=lang).out.splitlines()
    for kind in sayable():
        (line,) = [one for one in told if one.startswith(f"{word('kind', kind.name, lang)}: ")]
        assert line in space("explain", kind.name, lang=lang).out
        for name in {*kind.asks, *kind.takes, *(["value"] if kind.value else [])} - {"facts"}:
            assert COLUMN_NAMES[name][lang == "sv"] in line
    assert ("värde (åter: ÅÅÅÅ-MM-DD)" if lang == "sv" else "value (back: YYYY-MM-DD)") in "\n".join(told)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_help_of_the_import_names_every_column_and_where_each_kind_is_told(space: Workspace, lang: str) -> None:
    said = "".join(space("import", "--help", lang=lang).out.split())
    assert [name for name, words in COLUMN_NAMES.items() if words[lang == "sv"] not in said] == []
    assert "jobbsparexplainimport" in said


@pytest.mark.parametrize("kind", [None, *sayable()], ids=lambda kind: kind.name if kind else "referred")
def test_every_column_that_a_row_is_said_to_have_is_kept(kind: Kind | None) -> None:
    for names in {columns_of(kind).must, (*columns_of(kind).must, *columns_of(kind).may)}:
        cells = {name: "x" for name in names if name != "facts"}
        # An employer stands in one of two columns.
        if kind and kind.value == "employer" and "value" in cells:
            cells.pop("employer", None)
        assert list(unkept_cells(SheetRow(1, cells, {}), kind)) == []
