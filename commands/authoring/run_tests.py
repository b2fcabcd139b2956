"""`test`: a track's own cases, lived by the engine itself, and which branches of the track they take."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

from typer import Context, Option

from commands.app.options import Json
from commands.app.track_sources import InForce
from commands.authoring.check_apply import Paths, must_exist
from commands.authoring.test_report import VerdictReport
from commands.authoring.track_coverage import WHOLE, TrackCoverage, coverage_of_tracks
from commands.runtime import errors
from commands.runtime.output import out_json, print_findings
from definitions.model.exit_codes import ExitCode
from definitions.progress import Stage, WorkProgress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from definitions.scenarios.model import Suite
    from tracks.scenarios.runner import CaseResult


def run_tests(
    ctx: Context,
    paths: Paths,
    *,
    coverage: Annotated[bool, Option("--coverage")] = False,
    show: Annotated[bool, Option("--show")] = False,
    only: Annotated[str | None, Option("--only", metavar="TEXT")] = None,
    fail_under: Annotated[str, Option("--fail-under", metavar="PERCENT")] = "0",
    json: Json = False,
) -> int:
    """Live the cases, and say which did not go as expected."""
    from definitions.loading.test_files import load_suites
    from definitions.reporting.formats import has_errors

    work, least = ctx.obj, _percent(fail_under)
    must_exist(paths)
    loaded = load_suites(paths, InForce(work), work.progress)
    if has_errors(loaded):
        print_findings(loaded, work, sys.stderr)
        return ExitCode.USAGE
    suites = [one.suite for one in loaded if one.suite]
    verdicts, covered = _run_cases(suites, only, work.progress)
    # A misspelt name would otherwise pass as a run in which nothing failed.
    if only and not verdicts:
        raise errors.NO_SUCH_CASE(text=only[:80])
    report = VerdictReport(work, {one.path: one.text for one in loaded})
    if json:
        out_json(report.as_json(verdicts, covered))
    else:
        report.print(verdicts, covered, coverage=coverage, show=show)
    failed = any(verdict.failures for verdict in verdicts)
    return ExitCode.FINDINGS if failed or any(one.percent < least for one in covered) else 0


def _percent(text: str) -> int:
    # Coverage is rounded down to whole percent, so a fraction could never be reached.
    if not text.isdecimal() or int(text) > WHOLE:
        raise errors.BAD_CHOICE(name="--fail-under", choices="0–100", value=text[:20])
    return int(text)


def _run_cases(suites: Sequence[Suite], only: str | None, progress: WorkProgress) -> tuple[list[CaseResult], list[TrackCoverage]]:
    from tracks.scenarios.coverage import Coverage
    from tracks.scenarios.runner import run_case

    coverage = Coverage()
    wanted = (only or "").casefold()
    chosen = [(suite, case) for suite in suites for case in suite.cases if wanted in case.name.casefold()]
    verdicts = [run_case(*one, coverage) for one in progress.each(chosen, Stage.TRYING_CASES, len(chosen))]
    return verdicts, list(coverage_of_tracks({suite.track: suite.tested for suite in suites}, coverage))
