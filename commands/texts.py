"""Everything the commands say, in the language of the reader."""

from __future__ import annotations

from typing import Final

from definitions.texts import catalogue

_TEXTS: Final = catalogue("commands")
tell: Final = _TEXTS.say
has: Final = _TEXTS.has
