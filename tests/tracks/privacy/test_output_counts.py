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
    counts = {TOTAL: 30, A: 3, C: 17, ("d",): 13, ("e",): 10}
    sums = [KnownSum(TOTAL, (("d",), C)), KnownSum(("d",), (A, ("e",)))]
    assert hide_together(counts, [], sums, 5) == {A, ("e",)}


def test_counts_that_can_only_be_one_each_take_another_with_them() -> None:
    assert hide_together({TOTAL: 12, A: 1, B: 1, C: 10}, [], [KnownSum(TOTAL, (A, B, C))], 5) == {A, B, C}


def test_a_part_that_no_table_shows_keeps_its_sum_from_telling() -> None:
    assert hide_together({TOTAL: 23, A: 3}, [], [KnownSum(TOTAL, (A, ("nowhere",)))], 5) == {A}


def test_without_a_limit_no_count_is_hidden_together() -> None:
    assert hide_together({TOTAL: 2, A: 1, B: 1}, [], [KnownSum(TOTAL, (A, B))], 0) == frozenset()


def test_many_that_everybody_can_add_up_are_shown_and_nothing_is_hidden_for_them() -> None:
    counts = {TOTAL: 30, A: 12, B: 18, C: 40, ("all",): 70}
    assert hide_together(counts, [A], [KnownSum(TOTAL, (A, B)), KnownSum(("all",), (TOTAL, C))], 5) == frozenset()


def test_many_are_hidden_with_the_few_that_they_would_give_away() -> None:
    counts = {TOTAL: 30, A: 3, B: 27}
    assert hide_together(counts, [B], [KnownSum(TOTAL, (A, B))], 5) == {A, B}


def test_three_of_which_two_sums_leave_one_way_are_not_taken_for_hidden() -> None:
    # Each is at least one: of three in two places one has two, and a sum over one of them and a third tells which.
    counts = {TOTAL: 3, A: 2, B: 1, C: 9, ("other",): 10}
    sums = [KnownSum(TOTAL, (A, B)), KnownSum(("other",), (B, C))]
    assert len(hide_together(counts, [TOTAL], sums, 5)) > len({TOTAL, A, B})


def test_a_nought_that_everybody_knows_is_not_hidden_for_show() -> None:
    sums = [KnownSum(TOTAL, (A, B))]
    assert hide_together({TOTAL: 0, A: 0, B: 0}, [A], sums, 5) == frozenset()


def test_a_count_that_no_table_shows_is_no_reason_to_hide_another() -> None:
    counts = {TOTAL: 20, A: 12, ("rest",): 8}
    assert hide_together(counts, [("rest",)], [KnownSum(TOTAL, (A, ("rest",)))], 5, [("rest",)]) == {("rest",)}


def test_a_part_that_leaves_nobody_else_tells_its_total_and_is_hidden_with_it() -> None:
    # Nobody is left over, so that what is hidden, one at least, could be no other number.
    counts = {TOTAL: 20, A: 1, B: 19, ("rest",): 0}
    found = hide_together(counts, [("rest",)], [KnownSum(TOTAL, (A, B, ("rest",)))], 5, [("rest",)])
    assert {A, B} <= found or {A, TOTAL} <= found
