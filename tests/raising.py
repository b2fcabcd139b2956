"""Refusals told apart by their code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from definitions.model.refusal import Refusal

if TYPE_CHECKING:
    from definitions.model.refusal import RefusalCode


def raises_code(*codes: RefusalCode, match: str | None = None) -> pytest.RaisesExc[Refusal]:
    """As `pytest.raises`, of a refusal with one of these codes."""
    return pytest.RaisesExc(Refusal, match=match, check=lambda fault: fault.code in codes)
