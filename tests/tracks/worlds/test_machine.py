"""Thousands of steps of the machine over each shape of track; fewer over a file."""

from __future__ import annotations

import os

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.tracks.worlds import fairness, shapes
from tests.tracks.worlds.machine import Machine
from tests.tracks.worlds.on_disk import FileMachine

# How many runs for each shape, of fifty steps each; JOBBSPAR_RUNS asks for more.
RUNS = int(os.environ.get("JOBBSPAR_RUNS", "12"))
STEPS = 50


# To make what is found short takes minutes, which a check that fails need not take.
PHASES = tuple(phase for phase in Phase if phase is not Phase.shrink or "JOBBSPAR_SHRINK" in os.environ)


def run(machine: type[Machine], runs: int) -> None:
    run_state_machine_as_test(machine, settings=settings(max_examples=runs, stateful_step_count=STEPS, phases=PHASES))


@pytest.mark.parametrize("shape", list(shapes.SHAPES))
def test_whatever_is_said_of_whomever_on_whatever_day_all_that_is_promised_holds(shape: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fairness.watch(monkeypatch)
    run(type(f"Machine_{shape}", (Machine,), {"shape": shape}), RUNS)


@pytest.mark.parametrize("shape", list(shapes.SHAPES))
def test_a_file_holds_the_same_as_lists_after_every_step_however_often_the_process_dies(shape: str) -> None:
    run(type(f"FileMachine_{shape}", (FileMachine,), {"shape": shape}), max(2, RUNS // 4))
