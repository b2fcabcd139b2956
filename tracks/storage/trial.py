"""Trying: what is written is seen, and then taken back."""

from __future__ import annotations


class Undone(Exception):
    """Ends a transaction of which nothing is to be kept."""


class Trial:
    """What is tried; it is taken back at its end unless somebody says that it is to stay."""

    def __init__(self) -> None:
        self._kept = False

    def keep(self) -> None:
        """Let stand what was written."""
        self._kept = True

    def end(self) -> None:
        """Come to the end. Raises Undone where nothing is to be kept."""
        if not self._kept:
            raise Undone
