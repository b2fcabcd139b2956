"""Many files are shared out over processes, and the same is found as when one reads them all."""

from __future__ import annotations

import concurrent.futures
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from definitions.loading import parallel
from definitions.loading.loader import Loaded, load_paths
from definitions.loading.parallel import FileReport, check_paths, check_share
from tests.benchmarks.made_tracks import track

EXAMPLES = Path(__file__).parents[3] / "examples"
BROKEN = Path(__file__).parent / "broken"


def told(paths: list[Path]) -> list[Loaded]:
    """What one process finds, without what the files hold."""
    loaded = load_paths(paths, tests=True)
    return [replace(one, track=None, indicator=None, suite=None, text=one.text if one.diagnostics else "") for one in loaded]


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "FEWEST", 2)
    monkeypatch.setattr(parallel, "A_SHARE", 3)
    monkeypatch.setattr(parallel, "processors", lambda: 2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files that stand alone, two of one id, one based on another, one that transfers to another, and one that cannot be read."""
    for number in range(8):
        (tmp_path / f"{number}.yaml").write_text(track(Random(number), number, 8), "utf-8")
    (tmp_path / "twice.yaml").write_text((tmp_path / "3.yaml").read_text("utf-8"), "utf-8")
    (tmp_path / "base.yaml").write_text(
        "spår: bas\nnamn: Bas\ntyp: förberedande spår\nsteg: [{id: a, typ: praktik, längd: 1 vecka}]\n", "utf-8"
    )
    (tmp_path / "variant.yaml").write_text("spår: variant\nbygger_på: bas\n", "utf-8")
    way = "överföringar: {x: {mottagare: variant}, y: {mottagare: saknas}}\n"
    (tmp_path / "way.yaml").write_text(
        f"spår: väg\nnamn: V\ntyp: förberedande spår\nsteg: [{{id: a, typ: praktik, längd: 1 vecka}}]\n{way}", "utf-8"
    )
    (tmp_path / "latin.yaml").write_bytes("spår: å\n".encode("latin-1"))
    return tmp_path


@pytest.mark.usefixtures("shared")
def test_shared_out_the_same_is_found_in_the_same_order(folder: Path) -> None:
    found = check_paths([folder, EXAMPLES], {})
    assert found == told([folder, EXAMPLES])
    by_name = {Path(one.path).name: one for one in found}
    assert [d.code for d in by_name["twice.yaml"].diagnostics] == ["JS067"]
    assert [d.code for d in by_name["way.yaml"].diagnostics] == ["JS114"]
    assert by_name["variant.yaml"].id == "variant"


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("paths", [[BROKEN], [EXAMPLES, EXAMPLES], [EXAMPLES / "filur", BROKEN / "JS001.yaml"]])
def test_shared_out_the_broken_files_are_found_broken_as_ever(paths: list[Path]) -> None:
    assert check_paths(paths, {}) == told(paths)


def test_what_stands_alone_is_said_at_once_and_of_the_rest_only_the_id(folder: Path) -> None:
    alone, based, latin = check_share([folder / "base.yaml", folder / "variant.yaml", folder / "latin.yaml"])
    assert alone == FileReport((False, "bas"), Loaded(str(folder / "base.yaml"), id="bas"))
    assert based == FileReport((False, "variant"), None)
    assert latin.loaded is not None
    assert latin.loaded.text


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("fault", [OSError("no semaphores here"), ImportError("no processes here"), BrokenProcessPool("killed")])
def test_where_there_can_be_no_processes_one_reads_all(monkeypatch: pytest.MonkeyPatch, folder: Path, fault: Exception) -> None:
    def pool(*_: Any, **__: Any) -> Any:
        raise fault

    monkeypatch.setattr(concurrent.futures, "ProcessPoolExecutor", pool)
    assert check_paths([folder], {}) == told([folder])


def test_few_files_are_not_shared_out(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(parallel, "_shared_out", None)
    assert len(check_paths([folder], {})) == len(list(folder.iterdir()))
