"""What YAML may and may not hold: each fault is refused with its code and its place, and text stays text."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from definitions.loading.loader import load_paths, load_text
from definitions.source.nodes import Map, Scalar
from definitions.source.reader import normalize_line_ends, read_text

WHOLE = "spår: x\nnamn: X\ntyp: förberedande spår\nsteg:\n- {id: kartläggning, typ: kartläggning, längd: 2 veckor}\n"


def found(text: str) -> list[tuple[str, int, int]]:
    return [(d.code, d.span.line, d.span.col) for d in load_text(text).diagnostics]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [("JS007", 1, 1)], id="empty"),
        pytest.param("# bara en kommentar\n", [("JS007", 1, 1)], id="only comments"),
        pytest.param("ett ord", [("JS007", 1, 1)], id="a word"),
        pytest.param("- a\n- b\n", [("JS007", 1, 1)], id="a list"),
        pytest.param("spår: x\nnamn: X\nspår: y\n", [("JS022", 3, 1)], id="duplicate key"),
        pytest.param("spår: x\nSpår: y\n", [("JS022", 2, 1)], id="duplicate key but for case"),
        pytest.param("spår: x\n\tnamn: X\n", [("JS024", 2, 1)], id="tab"),
        pytest.param("spår: x\nsteg:\n  - id: a\n\t  typ: b\n", [("JS024", 4, 1)], id="tab deeper"),
        pytest.param("a: &a [*a]\n", [("JS010", 1, 8)], id="alias of itself"),
        pytest.param("a: *b\n", [("JS016", 1, 4)], id="alias of nothing"),
        pytest.param("a: " + "[" * 60, [("JS008", 1, 53)], id="depth 60"),
        pytest.param("[" * 100_000, [("JS008", 1, 51)], id="depth 100 000"),
        pytest.param("a: !!python/object/apply:os.system [ls]\n", [("JS017", 1, 4)], id="tag"),
        pytest.param("a: !x b\n", [("JS017", 1, 4)], id="own tag"),
        pytest.param("a: &b {c: d}\ne: {<<: *b}\n", [("JS020", 2, 5)], id="merge key"),
        pytest.param("spår: x\n---\nspår: y\n", [("JS018", 2, 1)], id="two documents"),
        pytest.param("? [a, b]\n: c\n", [("JS019", 1, 3)], id="complex key"),
        pytest.param("spår: x\nnamn: a\x00b\n", [("JS006", 2, 8)], id="NUL"),
        pytest.param("spår: x\nnamn: a\u202eb\n", [("JS006", 2, 8)], id="bidi control"),
        pytest.param('spår: x\nnamn: "a\\0b"\n', [("JS006", 2, 7)], id="escaped NUL"),
        pytest.param("namn: \ud800\n", [("JS006", 1, 7)], id="lone surrogate"),
        pytest.param("namn: a: b\n", [("JS011", 1, 8)], id="colon in value"),
        pytest.param("a: [b, c\nd: e\n", [("JS025", 1, 4)], id="open bracket"),
        pytest.param('a: "b\n', [("JS013", 1, 4)], id="open quote"),
        pytest.param("a: b\nc\nd: e\n", [("JS014", 2, 1)], id="no colon"),
        pytest.param("a: b\n c: d\n", [("JS011", 2, 3)], id="indent after a value"),
        pytest.param("a:\n  b: c\n d: e\n", [("JS015", 3, 2)], id="bad indent"),
        pytest.param("a: %b\n", [("JS078", 1, 4)], id="per cent"),
        pytest.param("a: b\n" * 400_001, [("JS003", 1, 1)], id="2 MB"),
    ],
)
def test_a_fault_in_the_yaml_is_found_where_it_stands(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert [(d.code, d.span.line, d.span.col) for d in read_text(normalize_line_ends(text), "x")[1]] == expected
    assert {code for code, _, _ in expected} <= {code for code, _, _ in found(text)}


def test_a_key_given_twice_shows_both_places() -> None:
    (diagnostic,) = [d for d in load_text("spår: x\nnamn: X\nnamn: Y\n").diagnostics if d.code == "JS022"]
    assert [str(span) for span in diagnostic.related] == ["<text>:2:1"]
    assert diagnostic.message("sv") == "”namn” står redan på rad 2."


def test_scalars_stay_as_written() -> None:
    root, findings, _ = read_text("a: no\nb: 12:30\nc: 0123\nd: 1.10\ne: ~\nf: 1_000\ng: 0x1F\nh: .nan\n", "x")
    assert isinstance(root, Map)
    assert not findings
    assert [value.text for _, value in root if isinstance(value, Scalar)] == ["no", "12:30", "0123", "1.10", "~", "1_000", "0x1F", ".nan"]


def test_an_alias_bomb_is_refused_before_it_is_expanded() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    assert [code for code, _, _ in found("\n".join(lines))] == ["JS009"]


def test_an_alias_stands_for_what_it_names() -> None:
    one = (
        "spår: x\nnamn: X\ntyp: förberedande spår\nsteg:\n- {id: a, typ: praktik, längd: &l 2 veckor}\n- {id: b, typ: praktik, längd: *l}\n"
    )
    track = load_text(one).track
    assert track is not None
    assert track.steps[0].length == track.steps[1].length


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\ufeff" + WHOLE, id="byte order mark"),
        pytest.param(WHOLE.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(WHOLE.replace("\n", "\r"), id="CR"),
        pytest.param(WHOLE.replace("\n", "\u2028"), id="line separator"),
        pytest.param("# kommentar\n\n" + WHOLE.replace("\n", " # mer\n"), id="comments"),
        pytest.param("---\n" + WHOLE + "...\n", id="document marks"),
    ],
)
def test_the_form_of_a_file_does_not_change_its_meaning(text: str) -> None:
    loaded, plain = load_text(text), load_text(WHOLE)
    assert loaded.track is not None
    assert plain.track is not None
    assert loaded.track.meaning() == plain.track.meaning()


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\u2028", "\x85"])
def test_columns_are_right_whatever_ends_the_lines(ends: str) -> None:
    assert found((WHOLE + "vecker: 3\n").replace("\n", ends)) == [("JS043", 6, 1)]


def test_letters_in_two_parts_are_joined_with_a_warning() -> None:
    loaded = load_text(WHOLE.replace("kartläggning, typ", "kartla\u0308ggning, typ"))
    assert [(d.code, d.severity.value, d.span.line, d.span.col) for d in loaded.diagnostics] == [("JS021", "warning", 5, 13)]
    assert loaded.track is not None
    assert loaded.track.steps[0].id == "kartläggning"


def checked(path: Path) -> list[tuple[str, int, int]]:
    (loaded,) = load_paths([path])
    assert loaded.track is None
    return [(d.code, d.span.line, d.span.col) for d in loaded.diagnostics]


def test_a_file_in_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "latin.yaml"
    file.write_bytes(WHOLE.encode("latin-1"))
    assert checked(file) == [("JS004", 1, 3)]
    file.write_bytes(WHOLE.encode("utf-16"))
    assert checked(file) == [("JS005", 1, 1)]


def test_a_file_that_is_no_file_is_refused(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo.yaml"
    os.mkfifo(fifo)
    assert checked(fifo) == [("JS002", 1, 1)]
    assert checked(Path("/dev/zero")) == [("JS002", 1, 1)]
    ring = tmp_path / "ring.yaml"
    ring.symlink_to(ring)
    assert checked(ring) == [("JS001", 1, 1)]


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    assert checked(tmp_path / "saknas.yaml") == [("JS084", 1, 1)]
    (tmp_path / "länk.yaml").symlink_to(tmp_path / "saknas.yaml")
    assert checked(tmp_path / "länk.yaml") == [("JS084", 1, 1)]


def test_a_file_that_may_not_be_read_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("definitions.source.reader.os.open", refuse)
    (found,) = load_paths([tmp_path / "x.yaml"])[0].diagnostics
    assert found.code == "JS085"
    assert "denied" not in found.message("sv")


def test_a_file_of_more_than_2_mb_is_refused_before_the_rest_is_read(tmp_path: Path) -> None:
    file = tmp_path / "stor.yaml"
    with file.open("wb") as out:
        out.truncate(500_000_000)
    assert checked(file) == [("JS003", 1, 1)]


def test_a_hundred_findings_are_enough() -> None:
    assert len(load_text("spår: x\n" + "".join(f"nyckel{n}: 1\n" for n in range(1000))).diagnostics) == 100
