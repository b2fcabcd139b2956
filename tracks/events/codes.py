"""Codes that events hold in place of free text: reasons and channels. Their words stand in the catalogue of `tracks`."""

from __future__ import annotations

from typing import Final

# Why an enrolment ended or paused, and how somebody came in.
REASONS: Final = (
    "got_a_job", "started_studies", "illness", "needs_other_support", "no_place", "did_not_show_up", "moved", "requirement_not_met",
    "cohort_cancelled", "employer_withdrew", "provider_withdrew", "own_wish", "parental_leave", "other",
)  # fmt: skip
CHANNELS: Final = ("caseworker", "outreach", "af_officer", "self", "transfer")
