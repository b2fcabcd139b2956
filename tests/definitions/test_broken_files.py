"""The broken files: each says in its first line what is found in it, and that is found, at that place, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from definitions.explaining import explained
from definitions.loading import Loaded, load_paths

BROKEN = Path(__file__).parent / "broken"
FILES = sorted(BROKEN.rglob("JS*.yaml"))
# What no file can show: one that is not there, one that is not a file, one of 2 MB, an empty folder.
NO_FILE = {"JS001", "JS002", "JS003", "JS071"}


def first_line(file: Path) -> str:
    data = file.read_bytes()
    return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1").splitlines()[0]


def loaded(file: Path) -> Loaded:
    given = file if file.parent == BROKEN else file.parent
    return next(one for one in load_paths([given]) if one.path == str(file))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_the_first_line_of_a_broken_file_says_is_found_there(file: Path) -> None:
    expected = re.findall(r"(JS\d{3}) (\d+):(\d+)", first_line(file))
    assert expected
    assert {code for code, _, _ in expected} == {file.stem}
    assert [(d.code, str(d.span.line), str(d.span.col)) for d in loaded(file).diagnostics] == expected


def test_no_code_lacks_a_broken_file() -> None:
    assert sorted({file.stem for file in FILES} | NO_FILE) == list(explained())
    assert {file.stem for file in FILES} & NO_FILE == set()
