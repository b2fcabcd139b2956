"""What `test` prints: what failed, with what was expected, what happened, and both places; and the branches that are left."""

from __future__ import annotations

import sys
from itertools import groupby
from typing import TYPE_CHECKING, Any

from commands.app.error_text import refusal_text, rule_words
from commands.runtime.output import look_of, out, print_message
from commands.runtime.texts import message
from definitions.model import vocabulary as v
from definitions.reporting.text import RED, FindingRenderer
from tracks.scenarios.branches import ORDER
from tracks.scenarios.source_places import locate_failure
from tracks.texts import point_words, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from commands.authoring.track_coverage import TrackCoverage
    from commands.runtime.context import CommandContext
    from definitions.scenarios.model import ScenarioCase
    from definitions.source.diagnostics import Span
    from tracks.scenarios.branches import TrackBranch
    from tracks.scenarios.expectations import Occurrence
    from tracks.scenarios.runner import CaseFailure, CaseResult


class VerdictReport:
    """Prints verdicts in the reader's language; `sources` are the texts of the files, by path."""

    def __init__(self, work: CommandContext, sources: Mapping[str, str]) -> None:
        self.work, self.lang, self.sources = work, work.lang, dict(sources)

    def print(self, verdicts: Sequence[CaseResult], covered: Sequence[TrackCoverage], *, coverage: bool, show: bool) -> None:
        """Print verdicts for people: what failed with both places, how much of each track was covered, and the sum.

        Args:
            verdicts: the cases as they went.
            covered: the coverage of each tested track.
            coverage: whether every branch that no case took is listed.
            show: whether the course of every case is printed.

        """
        for verdict in verdicts:
            if show:
                self._course(verdict)
            # A sentence about a group fails for each of its people; one report with a number says it all.
            for failure, more in _alike(verdict.failures):
                self._failure(verdict, failure, more)
        for one in covered:
            print_message(
                "test.coverage", self.work, track=one.written.track.track, percent=one.percent, taken=one.of - len(one.left), of=one.of
            )
            for branch in one.left if coverage else ():
                place = one.places[branch]
                out(f"  {place}: {self.branch(one, branch)}" if place else f"  {self.branch(one, branch)}")
        left = sum(len(one.left) for one in covered)
        if left and not coverage:
            print_message("test.uncovered", self.work, count=left)
        failed = sum(1 for verdict in verdicts if verdict.failures)
        if failed:
            print_message("test.failed", self.work, failed=failed, cases=len(verdicts))
        else:
            print_message("test.passed", self.work, cases=len(verdicts))

    def _failure(self, verdict: CaseResult, failure: CaseFailure, more: int) -> None:
        sentence = failure.line.sentence
        reason = refusal_text(failure.refusal, self.lang) if failure.refusal else ""
        print_message(f"test.{failure.code}", self.work, place=sentence.span, case=verdict.case.name, reason=reason)
        self._excerpt(sentence.span)
        for key, rows in (("expected", [self._expected(failure, more)]), ("instead", self._instead(failure))):
            for number, row in enumerate(rows):
                print_message("test.row", self.work, label=message(f"test.{key}", self.lang) if number == 0 else "", text=row)
        place = locate_failure(verdict.suite, failure)
        if place:
            print_message("test.row", self.work, label=message("test.track", self.lang), text=place)
            self._excerpt(place, verdict)
        out()

    def _expected(self, failure: CaseFailure, more: int) -> str:
        sentence = failure.line.sentence
        text = sentence.text
        if failure.person and len((sentence.inner or sentence).people) > 1:
            text = message("test.of.more" if more else "test.of", self.lang, text=text, person=failure.person, more=more)
        return f"{failure.line.day or message('test.never', self.lang)}: {text}"

    def _instead(self, failure: CaseFailure) -> list[str]:
        if failure.code in ("refused", "taken"):
            return []
        return [f"{one.day}: {one.text}" for one in failure.instead] or [message("test.nothing", self.lang)]

    def _excerpt(self, span: Span | None, verdict: CaseResult | None = None) -> None:
        if span is None:
            return
        # A failure may lead to a track that was not among the files, such as one that is built upon.
        for written in verdict.suite.unit if verdict else ():
            self.sources.update(written.texts)
        for line in FindingRenderer(self.sources, self.lang, look_of(sys.stdout)).excerpt(span, "^", RED):
            sys.stdout.write(f"{line}\n")

    def _course(self, verdict: CaseResult) -> None:
        """Everything that the engine answered, as the sentences one would write."""
        out(f"{verdict.case.span}: {verdict.case.name}")
        for day, text in _together(verdict.course, verdict.case):
            out(f"  {day}: {text}")
        out()

    def branch(self, covered: TrackCoverage, branch: TrackBranch) -> str:
        """Describe what a case would have to do to take a branch."""
        step = next((one for one in covered.written.track.steps if one.id == branch.about), None)
        values: dict[str, Any] = {
            "about": branch.about,
            "step": branch.about,
            "rule": rule_words(branch.what, self.lang),
            "what": branch.what,
        }
        code = branch.code
        if code == "result" and step:
            result, _, depth = branch.what.partition(" ")
            values |= {"result": word("result", result, self.lang), "times": _times(step.on_result.get(result), int(depth))}
            code = "result.again" if int(depth) else "result"
        elif code.startswith("follow_up"):
            values["what"] = point_words(branch.what, self.lang)
        elif code == ORDER:
            values["what"] = v.word(branch.what, {**v.BUILT_IN, **v.ORDERS}, self.lang)
        if code.startswith("place.") and branch.what:
            code = f"{code}.at"
        return message(f"branch.{code}", self.lang, **values)

    def as_json(self, verdicts: Iterable[CaseResult], covered: Iterable[TrackCoverage]) -> dict[str, Any]:
        """For programs."""
        return {"cases": [self._case(verdict) for verdict in verdicts], "tracks": [self._covered(one) for one in covered]}

    def _case(self, verdict: CaseResult) -> dict[str, Any]:
        return {
            "track": verdict.suite.track, "name": verdict.case.name, **_place(verdict.case.span), "ok": not verdict.failures,
            "failures": [self._plain(verdict, failure) for failure in verdict.failures],
        }  # fmt: skip

    def _plain(self, verdict: CaseResult, failure: CaseFailure) -> dict[str, Any]:
        place = locate_failure(verdict.suite, failure)
        return {
            "code": failure.code, **_place(failure.line.sentence.span), "day": failure.line.day, "person": failure.person,
            "expected": failure.line.sentence.text, "instead": [{"day": one.day, "text": one.text} for one in failure.instead],
            "refusal": refusal_text(failure.refusal, self.lang) if failure.refusal else None, "in_track": _place(place) if place else None,
        }  # fmt: skip

    def _covered(self, one: TrackCoverage) -> dict[str, Any]:
        left = [
            {"branch": b.code, "about": b.about, "what": b.what, **(_place(one.places[b])), "text": self.branch(one, b)} for b in one.left
        ]
        return {"track": one.written.track.track, "branches": one.of, "taken": one.of - len(one.left), "percent": one.percent, "left": left}


def _alike(failures: Sequence[CaseFailure]) -> Iterator[tuple[CaseFailure, int]]:
    """The first failure of each sentence and kind, and how many more people it failed for."""
    for _, group in groupby(failures, key=lambda one: (id(one.line), one.code)):
        first, *others = group
        yield first, len(others)


def _times(action: Any, depth: int) -> int:
    """How often a result must come so that so many bounds are reached."""
    times = 1
    while action is not None and depth:
        times, action, depth = times + action.at_most, action.then, depth - 1
    return times


def _place(span: Span | None) -> dict[str, Any]:
    return {"path": span.path, "line": span.line, "col": span.col} if span else {"path": None, "line": None, "col": None}


def _together(course: Iterable[Occurrence], case: ScenarioCase) -> Iterator[tuple[Any, str]]:
    """The course with a group named once where all in it are alike."""
    days: dict[Any, list[str]] = {}
    for one in course:
        days.setdefault(one.day, []).append(one.text)
    for day, texts in days.items():
        for group, names in case.groups.items():
            _join(texts, group, names)
        yield from ((day, text) for text in texts)


def _join(texts: list[str], group: str, names: Sequence[str]) -> None:
    first = [text for text in texts if text.startswith(f"{names[0]} ")]
    for text in first:
        alike = [f"{name} {text.partition(' ')[2]}" for name in names]
        if all(one in texts for one in alike):
            texts[texts.index(text)] = f"{group} {text.partition(' ')[2]}"
            for one in alike[1:]:
                texts.remove(one)
