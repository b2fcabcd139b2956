"""What a track itself asks of a person, in whatever order its rows are read."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import TYPE_CHECKING, Any

from tracks.engine.context.input_builder import track_view
from tracks.engine.rules.track_todos import track_todos
from tracks.events.snapshots import Claim

if TYPE_CHECKING:
    from collections.abc import Callable

World = Any


def test_more_people_than_places_are_told_since_the_first_one_too_many_in_any_order_of_rows(world: Callable[..., World]) -> None:
    w = world("intake: {places: 2}\nsteps: [{id: kurs, type: insats, name: Kurs}]")
    days = (date(2026, 9, 1), date(2026, 9, 3), date(2026, 9, 7), date(2026, 9, 9))
    rows = [(f"p{n}/1", Claim("intake", "holding", 0, day, "")) for n, day in enumerate(days)]
    view = track_view(w.book, w.book.rows["t"], None)
    found = {tuple((todo.kind, todo.since) for todo in track_todos(view, order, date(2026, 9, 10), list)) for order in permutations(rows)}
    assert found == {(("over:intake", date(2026, 9, 7)),)}
