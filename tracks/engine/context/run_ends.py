"""How a run of a step ended: what is over is not completed (rules R19, R26, R30). Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from definitions.model.track import Step
    from tracks.events.fold import Field

# Apart from those who are in a step now, everybody who began or passed it stands in one of these.
ENDS: Final = ("done", "not_passed", "interrupted", "skipped")
_LEADS_OUT: Final = frozenset({"end", "transfer"})


def end_of(result: str) -> str:
    """What a result says of a run, as one of `ENDS`: a result of the step's own is an end by report, wherever it leads (rule R14)."""
    return "not_passed" if result == "not_hired" else result if result in ENDS else "done"


def breaks_off(step: Step, result: str) -> bool:
    """Whether a result breaks off what runs beside the step: an interruption, or one of its own that leads out of the track (rule R26)."""
    action = step.on_result.get(result)
    own = result not in ENDS and result not in ("hired", "not_hired")
    return result == "interrupted" or bool(own and action and action.kind in _LEADS_OUT)


def broken_by_exit(step: Step, exit_: Field) -> bool:
    """Whether an exit breaks off a step beside the chain that goes on: all but completion do, and closing before an end of its own."""
    kind = exit_.value["kind"]
    if kind == "closed":
        return step.length is not None or bool(step.until and step.until.anchor != "exit")
    return bool(kind != "completed")
