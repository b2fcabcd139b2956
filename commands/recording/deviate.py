"""`deviate`: a step more, again, not at all, longer or shorter for one participant than her track says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple

from typer import Argument, Context, Option

from commands.app.options import FactOptions, Reason, Ref, StepId, fact_command
from commands.app.prompt import ask_text
from commands.recording.said import parse_reason_or_note
from commands.recording.session import LockedNote, conclude, open_session, record_fact
from commands.recording.track_facts import parse_choice
from commands.runtime import errors
from commands.runtime.output import note
from commands.runtime.texts import message
from commands.runtime.typed_values import parse_length
from definitions.model.exit_codes import ExitCode
from definitions.model.refusal import Refusal
from tracks.recording.refusals import NOTHING_TO_REPEAT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from commands.runtime.context import CommandContext
    from definitions.loading.single_step import LoadedStep
    from tracks.access.ledgers import Present
    from tracks.events.snapshots import Enrolment
    from tracks.recording.operations import Recorded
    from tracks.recording.reported_fact import FactContext

_WAYS: Final = ("add", "repeat", "skip", "shorten", "lengthen")


@fact_command
def deviate(
    ctx: Context,
    ref: Ref,
    step: StepId,
    what: Annotated[str, Argument(metavar="add|repeat|skip|shorten|lengthen")],
    *,
    length: Annotated[str | None, Argument(metavar="LENGTH")] = None,
    reason: Reason,
    name: Annotated[str | None, Option("--name", metavar="NAME")] = None,
    kind: Annotated[str | None, Option("--type", metavar="TYPE")] = None,
    after: Annotated[list[str] | None, Option("--after", metavar="STEP")] = None,
    yaml: Annotated[str | None, Option("--yaml", metavar="TEXT|FILE")] = None,
    how: FactOptions,
) -> int:
    """Record that a step is added, repeated, skipped, shortened or lengthened for one participant."""
    work = ctx.obj
    way = parse_choice("deviate", what, _WAYS)
    if way in ("add", "repeat"):
        written = {"name": name, "type": kind, "length": length, "after": after or None}
        return _record_step(work, ref, step, way, written, yaml, _Deviation(*parse_reason_or_note(reason, how.note), how))
    by = {} if way == "skip" else parse_length(length or _ask_length(work), -1 if way == "shorten" else 1)
    record_fact(work, ref, how, "waived" if way == "skip" else "lengthened", step, data={**by, "reason": reason})
    return 0


def _ask_length(work: CommandContext) -> str:
    """Ask by how much, where it was left out; refuse as the command line itself does where nobody can be asked."""
    question = message("ask.length", work.lang)
    found = ask_text(question)
    if not found:
        problem = message("usage.missing", work.lang, name=message("metavar.LENGTH", work.lang), help=question)
        raise errors.NOT_UNDERSTOOD(problem=problem, command="jobbspar deviate")
    return found


class _Deviation(NamedTuple):
    """Why a step is added or repeated: the reason as data, the free text beside it, and the options of the command."""

    why: Mapping[str, str]
    note: str | None
    how: FactOptions


def _record_step(
    work: CommandContext, ref: str, step: str, way: str, written: Mapping[str, Any], yaml: str | None, deviation: _Deviation
) -> int:
    """Record a step of her own, read with its findings as a step of a track is; or again one that has ended."""
    from commands.app.prompt import typed_text
    from tracks.recording.operations import fact_told, record_fact_within
    from tracks.recording.reported_fact import ReportedFact

    # What is piped in can be read once only.
    typed = typed_text() if yaml == "-" else None
    read: list[LoadedStep] = []
    with open_session(work, ref=ref) as session:
        day, kept = session.day(deviation.how.on), LockedNote(session, deviation.note)

        def act(now: Present) -> Recorded:
            case = _case(now, ref, step, day)
            read[:] = [] if way == "repeat" else [_read(work, case, step, written, yaml, typed)]
            data = _found(read[0], step) if read else _repeated(case, step, day)
            content = {"step": data, **deviation.why, **kept.data}
            fact = ReportedFact("added", day, data["id"], data=content, key=deviation.how.key)
            told = fact_told(now, None, ref, fact)
            return told or kept.kept(now, record_fact_within(now, session.actor, case.enrolment, fact))

        try:
            recorded = session.write(act)
        except _NoStep:
            return ExitCode.USAGE
        finally:
            for one in read:
                if one.diagnostics:
                    note(_findings(work, one))
        conclude(work, session, [recorded], deviation.how.after)
    return 0


def _repeated(case: FactContext, step: str, day: date) -> Any:
    """A step again, as data; where it was said of that day already, and goes on, what was said. Raises NOTHING_TO_REPEAT, STEP_SHARED."""
    from definitions.model.values import plain
    from tracks.recording.validation.deviations import again

    try:
        return plain(again(case, step))
    except Refusal as refused:
        said = _added(case.enrolment, step, day)
        if refused.code is not NOTHING_TO_REPEAT or not said:
            raise
        return said[-1]["step"]


def _added(one: Enrolment, step: str, day: date) -> list[Any]:
    """What was said on a day of a step that was added under this id, or is this one again."""
    return [
        field.value
        for (name, _, what), field in sorted(one.progress.fields.items())
        if what == "added" and field.effective == day and (name == step or name.rpartition("-")[0] == step)
    ]


class _NoStep(Exception):
    """What was written is no step, as its findings say."""


def _found(read: LoadedStep, step: str) -> Any:
    """The step that was read, as data. Raises OTHER_STEP."""
    from definitions.model.values import plain

    if read.step is None:
        raise _NoStep
    if read.step.id != step:
        raise errors.OTHER_STEP(given=step, found=read.step.id)
    return plain(read.step)


def _case(now: Present, ref: str, step: str, day: date) -> FactContext:
    """The enrolment, with the track as it is for this participant."""
    from tracks.access.views import person_view
    from tracks.recording.drafts import enrolment_told
    from tracks.recording.operations import find_enrolment, track_row
    from tracks.recording.reported_fact import FactContext

    one = enrolment_told(now, ref, lambda one: bool(_added(one, step, day))) or find_enrolment(now, ref)
    return FactContext(person_view(now, track_row(now, one.track), one), one, now.clock_of(one.track, one.stream))


def _read(
    work: CommandContext, case: FactContext, step: str, written: Mapping[str, Any], yaml: str | None, typed: str | None
) -> LoadedStep:
    """A step from a file, from the input, as YAML on the command line, or by the options."""
    from pathlib import Path

    from definitions.loading.single_step import load_step, load_step_file

    # Read again as it was read first, a step that is there already is found to be the same.
    track = case.view.own.track
    if case.enrolment.progress.get("added", step):
        track = replace(track, steps=tuple(one for one in track.steps if one.id != step))
    if yaml is None:
        return load_step(_options(work, written), "deviate", track, work.lang, step)
    if typed is not None:
        return load_step(typed, "-", track, work.lang, step)
    # A step in YAML always has a colon, and a path seldom has one.
    if ":" in yaml:
        return load_step(yaml, "--yaml", track, work.lang, step)
    if not Path(yaml).exists():
        raise errors.FILE_MISSING(path=yaml[:80])
    return load_step_file(Path(yaml), track, work.lang, step)


def _options(work: CommandContext, written: Mapping[str, Any]) -> str:
    """The options as the YAML that they stand for, a line each; JSON's strings and lists are YAML's too."""
    from json import dumps

    from definitions.model.vocabulary import key

    # Made into YAML so that the options meet the same checks, and the same findings, as a step in a file.
    given = {"type": "insats", **{name: value for name, value in written.items() if value}}
    return "".join(f"{key(name, work.lang)}: {dumps(value, ensure_ascii=False)}\n" for name, value in given.items())


def _findings(work: CommandContext, read: LoadedStep) -> str:
    from definitions.reporting.text import render_text

    found: Sequence[Any] = [read]
    return render_text(found, work.lang).rstrip()
