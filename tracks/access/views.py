"""What decisions are taken with, for those who put them into words: tracks as they hold for a person, and how she stands in them."""

from __future__ import annotations

from tracks.engine.context.compiled_track import track_hash
from tracks.engine.context.input_builder import person_view, track_view
from tracks.engine.context.inputs import View
from tracks.engine.context.plan import plan_of
from tracks.engine.context.situation import Situation
from tracks.engine.rules.allocation import Row

__all__ = ["Row", "Situation", "View", "person_view", "plan_of", "track_hash", "track_view"]
