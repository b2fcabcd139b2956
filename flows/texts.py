"""The texts of the flows, in the language of the reader."""

from __future__ import annotations

from typing import Final

from definitions.model.catalogues import catalogue

message: Final = catalogue("flows").message
