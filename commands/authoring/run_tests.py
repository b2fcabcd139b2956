"""`test`: a track's own cases, lived by the engine itself, and which branches of the track they take."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final

from typer import Context, Option

from commands.app.options import Json
from commands.app.track_sources import InForce
from commands.authoring.check_apply import BAD_INPUT, Paths, must_exist
from commands.authoring.test_report import Report
from commands.runtime import errors
from commands.runtime.output import out_json, show_findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from definitions.scenarios.model import Suite, TrackSource
    from tracks.scenarios.branches import TrackBranch
    from tracks.scenarios.coverage import Coverage
    from tracks.scenarios.runner import CaseResult

FINDINGS: Final = 3
WHOLE: Final = 100


@dataclass(frozen=True, slots=True)
class Covered:
    """The branches of one track: how many there are, and which of them no case took, each with its place."""

    written: TrackSource
    of: int
    left: tuple[TrackBranch, ...]
    places: Mapping[TrackBranch, Any]

    @property
    def percent(self) -> int:
        """Whole percent, rounded down, so that 100 means all."""
        return WHOLE * (self.of - len(self.left)) // self.of if self.of else WHOLE


def run_tests(
    ctx: Context,
    paths: Paths,
    coverage: Annotated[bool, Option("--coverage")] = False,
    show: Annotated[bool, Option("--show")] = False,
    only: Annotated[str | None, Option("--only", metavar="TEXT")] = None,
    fail_under: Annotated[str, Option("--fail-under", metavar="PERCENT")] = "0",
    json: Json = False,
) -> int:
    """Live the cases, and say which did not go as expected."""
    from definitions.loading.test_files import load_suites
    from definitions.reporting.formats import refused

    work, least = ctx.obj, _percent(fail_under)
    must_exist(paths)
    loaded = load_suites(paths, InForce(work))
    if refused(loaded):
        show_findings(loaded, work, sys.stderr)
        return BAD_INPUT
    suites = [one.suite for one in loaded if one.suite]
    verdicts, covered = _lived(suites, only)
    if only and not verdicts:
        raise errors.NO_SUCH_CASE(text=only[:80])
    report = Report(work, {one.path: one.text for one in loaded})
    if json:
        out_json(report.as_json(verdicts, covered))
    else:
        report.tell(verdicts, covered, coverage=coverage, show=show)
    failed = any(verdict.failures for verdict in verdicts)
    return FINDINGS if failed or any(one.percent < least for one in covered) else 0


def _percent(text: str) -> int:
    if not text.isdecimal() or int(text) > WHOLE:
        raise errors.BAD_CHOICE(name="--fail-under", choices="0–100", value=text[:20])
    return int(text)


def _lived(suites: Sequence[Suite], only: str | None) -> tuple[list[CaseResult], list[Covered]]:
    from tracks.scenarios.coverage import Coverage
    from tracks.scenarios.runner import lived

    coverage = Coverage()
    wanted = (only or "").casefold()
    verdicts = [lived(suite, case, coverage) for suite in suites for case in suite.cases if wanted in case.name.casefold()]
    return verdicts, list(_covered({suite.track: suite.tested for suite in suites}, coverage))


def _covered(tested: Mapping[str, TrackSource], coverage: Coverage) -> Iterable[Covered]:
    from tracks.access.views import plan_of
    from tracks.scenarios.branches import branches

    for name, written in sorted(tested.items()):
        every = branches(plan_of(written.track))
        left = tuple(branch for branch in every if branch not in coverage.taken[name])
        yield Covered(written, len(every), left, {branch: written.place(every[branch]) for branch in left})
