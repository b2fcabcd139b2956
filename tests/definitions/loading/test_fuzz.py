"""Whatever is written, reading it ends with a track or with findings that have a place; `make fuzz` looks for longer."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from definitions.loading.loader import Loaded, load_paths, load_text
from definitions.source.diagnostics import Span, finding
from tests.definitions.loading import fuzzer
from tests.definitions.loading.fuzzer import TOPS, broken, edited, flow, of_bytes, reading, right, sound, tracks


@given(st.text(max_size=200))
@example("{")
@example("a: &a [*a]")
@example("\ufeff")
@example("\ufeff\ufeff")
@example("%YAML 9.9\n---\na: b")
@example("? : ?")
@example("?\r!!x")
@example("---")
def test_any_text_is_taken_or_refused(text: str) -> None:
    reading(text)


@given(st.binary(max_size=200))
@example(b"\xff\xfe")
@example("å".encode("latin-1"))
def test_any_bytes_are_taken_or_refused(data: bytes) -> None:
    of_bytes(data)


@given(TOPS)
def test_any_values_under_known_keys_are_taken_or_refused(values: dict[str, object]) -> None:
    reading(flow(values))


@given(edited())
@settings(max_examples=150)
def test_a_track_with_one_edit_is_taken_or_refused(text: str) -> None:
    reading(text)
    broken(text)


@given(edited(5))
@settings(max_examples=50)
def test_a_track_with_several_edits_is_taken_or_refused(text: str) -> None:
    reading(text)
    broken(text)


@pytest.mark.parametrize("track", tracks())
def test_a_track_that_is_right_has_nothing_to_be_said_of(track: str) -> None:
    if "mottagare" not in track and "to:" not in track:
        right(track)
    broken(track)


def test_a_finding_outside_its_text_would_be_seen() -> None:
    for place in (Span("x", 2, 1, 2), Span("x", 1, 9, 10), Span("x", 1, 1, 9)):
        with pytest.raises(AssertionError):
            sound(Loaded("x", diagnostics=(finding("JS043", place, {"key": "a", "known": "b"}),), text="a: b"))


def test_what_takes_too_long_would_be_seen() -> None:
    def never_ends(_: object) -> None:
        while True:
            pass

    before = signal.signal(signal.SIGPROF, fuzzer.stop)
    try:
        with pytest.raises(fuzzer.TooLong):
            fuzzer.timed(never_ends, [])(None)
    finally:
        signal.signal(signal.SIGPROF, before)


def test_a_file_that_changes_kind_between_runs_is_read_anew(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    right_one = load_text(tracks()[-1])
    for data in (b"", b"\xff", right_one.text.encode(), b"\x00"):
        file.write_bytes(data)
        (loaded,) = load_paths([file])
        sound(loaded)
        assert (loaded.track is not None) == (data == right_one.text.encode())
