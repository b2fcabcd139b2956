"""Every word on a page, in the language of the reader."""

from __future__ import annotations

from typing import Final

from definitions.model.catalogues import catalogue

_TEXTS: Final = catalogue("tracks.reports")
message: Final = _TEXTS.message
has: Final = _TEXTS.has
