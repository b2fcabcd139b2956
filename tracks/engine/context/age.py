"""Age by year and month of birth: birthdays count on the first of the month (rule R48)."""

from __future__ import annotations

from datetime import date


def age_on(born: str | None, day: date) -> int | None:
    """Whole years on a day; None where the month of birth (`YYYY-MM`) is not known."""
    if not born:
        return None
    # Only year and month of birth are kept, so the birthday counts as the 1st (rule R48).
    return day.year - int(born[:4]) - (day.month < int(born[5:7]))


def birthday_after(born: str | None, day: date) -> date | None:
    """The next day on which the age changes."""
    if not born:
        return None
    this = date(day.year, int(born[5:7]), 1)
    return this if this > day else this.replace(year=day.year + 1)
