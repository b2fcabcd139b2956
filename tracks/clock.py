"""One clock per command: the instant that a command calls now, and the day it is in Stockholm."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from typing import Self

STOCKHOLM = ZoneInfo("Europe/Stockholm")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


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

    @classmethod
    def at(cls, text: str) -> Self:
        """From a date (which means 00:00 Stockholm) or an ISO instant. Raises ValueError for anything else."""
        # Since 3.11 fromisoformat takes `20260901` and weeks too, which people do not write.
        if _DATE.fullmatch(text):
            return cls.of(datetime.combine(date.fromisoformat(text), datetime.min.time(), STOCKHOLM))
        instant = datetime.fromisoformat(text)
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
