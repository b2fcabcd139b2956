from typing import TYPE_CHECKING

from tracks.privacy.output_counts import KnownSum, hide_together

if TYPE_CHECKING:
    from tracks.privacy.output_counts import Key

KEYS: "list[Key]" = [("total",), ("a",), ("b",), ("c",)]
TOTAL, A, B, C = KEYS


def test_a_small_count_is_not_left_as_the_difference_of_two_tables() -> None:
    counts = {TOTAL: 23, A: 20, B: 3}
    assert hide_together(counts, [], [KnownSum(TOTAL, (A, B))], 5) == {A, B}


def test_a_count_that_two_sums_together_give_away_is_found() -> None:
    counts = {TOTAL: 30, A: 3, B: 10, C: 17, ("d",): 13}
    sums = [KnownSum(TOTAL, (("d",), C)), KnownSum(("d",), (A, B))]
    assert len(hide_together(counts, [("d",)], sums, 5)) > 2


def test_counts_that_can_only_be_one_each_take_another_with_them() -> None:
    assert hide_together({TOTAL: 12, A: 1, B: 1, C: 10}, [], [KnownSum(TOTAL, (A, B, C))], 5) == {A, B, C}


def test_a_part_that_no_table_shows_keeps_its_sum_from_telling() -> None:
    assert hide_together({TOTAL: 23, A: 3}, [], [KnownSum(TOTAL, (A, ("nowhere",)))], 5) == {A}


def test_without_a_limit_no_count_is_hidden_together() -> None:
    assert hide_together({TOTAL: 2, A: 1, B: 1}, [], [KnownSum(TOTAL, (A, B))], 0) == frozenset()
