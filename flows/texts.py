"""What the flows say, in the language of the reader."""

from __future__ import annotations

from typing import Final

from definitions.texts import catalogue

say: Final = catalogue("flows").say
