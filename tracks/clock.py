"""One clock per command: the instant that a command calls now, and the day it is in Stockholm."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple
from zoneinfo import ZoneInfo

from definitions.model.calendar import written_day

if TYPE_CHECKING:
    from typing import Self

STOCKHOLM = ZoneInfo("Europe/Stockholm")
# Days. A workspace may rest over a summer, which is said; a system clock that far after all that was recorded needs a person's word.
RESTED: Final = 30
JUMPED: Final = 400


class Clock(NamedTuple):
    """`recorded` is the instant as UTC text with microseconds, `today` the date it is in Stockholm."""

    recorded: str
    today: date

    def not_before(self, recorded: str) -> Clock:
        """The same clock, or the instant recorded last where this one was set back: what is recorded never goes back."""
        return self if self.recorded >= recorded else Clock.recorded_at(recorded)

    def after(self, recorded: str) -> Clock:
        """The same clock, or the next microsecond where that has been recorded: of one instant nobody could say what came first."""
        # Two facts of one microsecond would have no order, and withdrawals go by it.
        return self if self.recorded > recorded else Clock.of(datetime.fromisoformat(recorded) + timedelta(microseconds=1))

    def days_after(self, recorded: str | None) -> int:
        """How many whole days have passed since an instant was recorded; none where there is none."""
        return (datetime.fromisoformat(self.recorded) - datetime.fromisoformat(recorded or self.recorded)).days

    @classmethod
    def at(cls, text: str) -> Self:
        """From a date (which means 00:00 Stockholm) or an ISO instant. Raises ValueError for anything else."""
        day, at = written_day(text[:10]), text[10:]
        instant = datetime.fromisoformat(text) if at else datetime.combine(day, datetime.min.time(), STOCKHOLM)
        return cls.of(instant if instant.tzinfo else instant.replace(tzinfo=STOCKHOLM))

    @classmethod
    def of(cls, instant: datetime) -> Self:
        """From an instant with a time zone."""
        # Always six digits and Z, so that texts compare as the instants do.
        utc = instant.astimezone(UTC)
        return cls(utc.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), instant.astimezone(STOCKHOLM).date())

    @classmethod
    def recorded_at(cls, text: str) -> Self:
        """From a recorded instant as the log writes it."""
        return cls.of(datetime.fromisoformat(text))
