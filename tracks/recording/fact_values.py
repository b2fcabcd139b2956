"""Values of facts as people give them, checked by the type that the track declares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from definitions.model.fact_values import MONTH, STATED, describe_fact_values, find_fact, parse_fact_value
from definitions.model.track import Fact
from tracks.events.codes import REASONS
from tracks.recording import refusals

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from tracks.engine.context.inputs import View

# No enrolment is as old as this; the same holds for the days of a file.
_FIRST_YEAR: Final = 2000


def checked_facts(view: View, said: Mapping[str, Any], track: str) -> dict[str, Any]:
    """Parse the values of facts by the types that a track declares.

    Args:
        view: The track as it holds for the person.
        said: The values as people give them, by the name of the fact in either language.
        track: The id of the track, for messages.

    Returns:
        The facts by id, as JSON values.

    Raises:
        Refusal: UNKNOWN_FACT, BAD_VALUE, or FACT_TWICE where one is named in both languages.

    """
    return dict(_checked(view.own.track.facts, view.shared.track.facts, said, track))


def _checked(own: Mapping[str, Fact], in_force: Mapping[str, Fact], said: Mapping[str, Any], track: str) -> Iterator[tuple[str, Any]]:
    seen: set[str] = set()
    for given, value in said.items():
        fact = find_fact(own, given)
        if fact is None:
            raise refusals.UNKNOWN_FACT(track=track, fact=given, facts=", ".join([*own, *STATED]))
        if fact.id in seen:
            raise refusals.FACT_TWICE(name=given)
        seen.add(fact.id)
        meant = parse_fact_value(fact, value)
        # What keeps a place, and goals, are asked by the version in force, which may declare the fact otherwise than her own.
        if meant is None and (asked := find_fact(in_force, given)):
            meant = parse_fact_value(asked, value)
        if meant is None:
            raise refusals.BAD_VALUE(fact=fact.id, value=value, expected=describe_fact_values(fact))
        yield fact.id, meant


def check_reason(said: Mapping[str, Any]) -> None:
    """Check that a reason, where there is one, is a code: the log holds no free text.

    Raises:
        Refusal: UNKNOWN_REASON.

    """
    reason = said.get("reason")
    if reason is not None and reason not in REASONS:
        raise refusals.UNKNOWN_REASON(reason=reason, reasons=", ".join(REASONS))


def check_reported_day(day: date, today: date) -> None:
    """Check the day of what is reported: it has come, and is not so old that its year must be a slip of the pen.

    Raises:
        Refusal: DATE_IN_FUTURE or DATE_LONG_AGO.

    """
    if day > today:
        raise refusals.DATE_IN_FUTURE(day=day, today=today)
    if day.year < _FIRST_YEAR:
        raise refusals.DATE_LONG_AGO(day=day, first=_FIRST_YEAR)


def check_born(born: Any, day: date) -> None:
    """Check a month of birth: `YYYY-MM`, and not after the day of the referral.

    Raises:
        Refusal: BAD_VALUE or BORN_LATER.

    """
    if not MONTH.fullmatch(str(born)):
        raise refusals.BAD_VALUE(fact="born", value=born, expected="YYYY-MM")
    if str(born) > f"{day:%Y-%m}":
        raise refusals.BORN_LATER(born=born, day=day)


def yes_or_no(name: str, value: Any) -> bool:
    """Parse yes or no as people write it in either language.

    Raises:
        Refusal: BAD_VALUE.

    """
    fact = Fact(name, "yes/no")
    meant = parse_fact_value(fact, value)
    if meant is None:
        raise refusals.BAD_VALUE(fact=name, value=value, expected=describe_fact_values(fact))
    return bool(meant)
