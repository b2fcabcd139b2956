"""What a run shows in Prefect's UI: counts, the small ones masked, and never anything about one person."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final, cast

from prefect.artifacts import create_markdown_artifact, create_progress_artifact, create_table_artifact, update_progress_artifact
from prefect.events import emit_event

from flows.prefect_settings import language
from flows.texts import message
from tracks.privacy.small_cells import LIMIT, mask_line, shown, small
from tracks.texts import todo_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from flows.port import FlowRun, Tally, TrackCounts, Unit

MASK: Final = f"<{LIMIT}"
HIDDEN: Final = "–"
_LETTERS: Final = str.maketrans("åäö_", "aao-")
_MARK: Final = 6


def slug(track: str) -> str:
    """A track id in the letters that Prefect takes in a key; two ids never give one key."""
    # Prefect's keys take lowercase ASCII letters, digits and dashes only. `å` and `a` would give the same key: hence the mark.
    plain = track.translate(_LETTERS)
    return plain if plain == track else f"{plain}-{hashlib.sha256(track.encode()).hexdigest()[:_MARK]}"


def masked(count: int) -> str:
    """A count as it may be seen by everybody who sees the UI."""
    hidden = shown(count)
    return MASK if hidden is None else str(hidden)


def _mark(count: int, seen: int | None) -> str:
    """A count beside others; one that is hidden for their sake is no small one, and is not said to be."""
    return masked(count) if seen is not None or small(count) else HIDDEN


def show_plan(run: FlowRun, units: Sequence[Unit]) -> None:
    """Show before the work what will be done."""
    lang = language()
    rows = "\n".join(f"| {number} | {', '.join(unit)} |" for number, unit in enumerate(units, 1))
    head = f"| {message('run.unit', lang)} | {message('run.tracks', lang)} |\n| ---: | --- |"
    text = f"# advance\n\n{message('run.told', lang, run=run.id, until=run.until.isoformat())}\n\n{head}\n{rows}\n"
    create_markdown_artifact(text, key="plan", description=message("run.plan", lang))


class ProgressArtifact:
    """How many of the run's units are ready."""

    def __init__(self, total: int) -> None:
        self._total = total
        # An empty run is ready at once; Prefect would show nought percent for ever.
        made = create_progress_artifact(0.0 if total else 100.0, key="progress", description=message("run.progress", language()))
        self._artifact = cast("UUID", made)

    def update(self, number: int) -> None:
        """Show that so many units are ready."""
        update_progress_artifact(self._artifact, 100.0 * number / self._total)


def show_counts(track: str, counts: TrackCounts) -> None:
    """Show how many people of a track are where and what is late, as far as its report shows it."""
    lang = language()
    overdue = {todo_words(kind, lang): count for kind, count in counts.overdue.items()}
    _table(f"people-per-step-{slug(track)}", message("run.people", lang, track=track), message("run.step", lang), counts.people)
    _table(f"overdue-{slug(track)}", message("run.overdue", lang, track=track), message("run.what", lang), overdue)


def emit_finished(run: FlowRun, tracks: Sequence[str], tally: Tally) -> None:
    """Emit Prefect's event that the run is over, for whoever listens (automations, other systems).

    Args:
        run: the run that is over.
        tracks: the ids of the tracks that were advanced.
        tally: what was written and read; small counts are masked.

    """
    # The kinds sum to the events, so one hidden alone would follow from the others.
    line = mask_line(list(tally.kinds.values()))
    kinds = {f"kind.{kind}": _mark(count, seen) for (kind, count), seen in zip(tally.kinds.items(), line.counts, strict=True)}
    events = _mark(tally.events, shown(tally.events) if line.total is not None or not kinds else None)
    payload = {"until": run.until.isoformat(), "events": events, "due": masked(tally.read)}
    emit_event(
        "jobbspar.run.finished",
        resource={"prefect.resource.id": f"jobbspar.run.{run.id}", "prefect.resource.name": f"run {run.id}"},
        related=[{"prefect.resource.id": f"jobbspar.track.{track}", "prefect.resource.role": "track"} for track in tracks],
        payload=payload | kinds,
    )


def _table(key: str, description: str, heading: str, values: Mapping[str, int | None]) -> None:
    number = message("run.number", language())
    rows = [{heading: name, number: HIDDEN if count is None else str(count)} for name, count in values.items()]
    create_table_artifact(rows or [{heading: HIDDEN, number: "0"}], key=key, description=description)
