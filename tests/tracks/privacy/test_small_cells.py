from collections.abc import Iterator, Sequence
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from tracks.privacy.small_cells import mask_line, mask_parts, mask_table

LINES = st.lists(st.integers(0, 12), min_size=1, max_size=4)
TABLES = st.integers(1, 3).flatmap(lambda n: st.lists(st.lists(st.integers(0, 9), min_size=n, max_size=n), min_size=1, max_size=3))


def lines_that_fit(shown: Sequence[int | None], total: int) -> Iterator[tuple[int, ...]]:
    """Every line that a reader of `shown` must think possible: hidden counts are at least one."""
    rest = total - sum(count for count in shown if count is not None)
    hidden = [i for i, count in enumerate(shown) if count is None]
    for guess in product(range(1, rest + 1), repeat=len(hidden)):
        if sum(guess) == rest:
            guessed = dict(zip(hidden, guess, strict=True))
            yield tuple(guessed.get(i, count or 0) for i, count in enumerate(shown))


def test_a_small_count_takes_another_with_it() -> None:
    assert mask_line([3, 20, 8]).counts == (None, 20, None)
    assert mask_line([3, 20, 8]).total == 31


def test_zeros_and_large_counts_are_shown() -> None:
    assert mask_line([0, 5, 20]).counts == (0, 5, 20)


def test_a_small_total_hides_the_whole_line() -> None:
    assert mask_line([4, 0]).counts == (None, None)
    assert mask_line([4, 0]).total is None


def test_without_a_limit_nothing_is_hidden() -> None:
    assert mask_line([1, 2], limit=0).counts == (1, 2)


def test_counts_that_can_only_be_one_each_are_not_left_to_be_guessed() -> None:
    assert mask_line([1, 1, 10]).counts == (None, None, None)
    assert mask_line([1, 1, 1, 1, 1]).total is None


@given(LINES)
@settings(max_examples=300, deadline=None)
def test_no_hidden_count_of_a_line_can_be_subtracted_back(counts: list[int]) -> None:
    line = mask_line(counts)
    assert all(shown == count for shown, count in zip(line.counts, counts, strict=True) if shown is not None)
    assert not any(shown is not None and 0 < shown < 5 for shown in (*line.counts, line.total))
    if line.total is None:
        assert set(line.counts) == {None}
        return
    possible = list(lines_that_fit(line.counts, line.total))
    for i, shown in enumerate(line.counts):
        assert shown is not None or len({one[i] for one in possible}) > 1


def test_a_sum_shown_elsewhere_keeps_what_it_counts_apart_from_the_rest() -> None:
    assert mask_parts([27, 2, 1, 0], [{0}]).counts == (27, None, None, 0)
    assert mask_parts([27, 3, 0, 0], [{0}]).counts == (27, None, None, None)


@given(LINES, st.data())
@settings(max_examples=300, deadline=None)
def test_no_hidden_count_can_be_worked_out_from_sums_shown_elsewhere(counts: list[int], data: st.DataObject) -> None:
    places = list(range(len(counts)))
    parts = data.draw(st.lists(st.sets(st.sampled_from(places)), max_size=2))
    line = mask_parts(counts, parts)
    if line.total is None:
        return
    groups = {i: [j for j in places if all((i in part) == (j in part) for part in parts)] for i in places}
    for i, group in groups.items():
        shown = [line.counts[j] for j in group]
        if line.counts[i] is None and set(shown) != {None}:
            possible = list(lines_that_fit(shown, sum(counts[j] for j in group)))
            assert len({one[group.index(i)] for one in possible}) > 1


def tables_that_fit(
    shown: Sequence[Sequence[int | None]], totals: Sequence[int | None], columns: tuple[int, ...]
) -> list[tuple[tuple[int, ...], ...]]:
    """Every table that a reader must think possible, row by row."""
    if not shown:
        return [()] if not any(columns) else []
    row, total = shown[0], totals[0]
    found: list[tuple[tuple[int, ...], ...]] = []
    least = 1 if total is not None else 0
    cells = [range(least, left + 1) if cell is None else (cell,) for cell, left in zip(row, columns, strict=True)]
    for guess in product(*cells):
        if (total is None or sum(guess) == total) and all(cell <= left for cell, left in zip(guess, columns, strict=True)):
            rest = tuple(left - cell for left, cell in zip(columns, guess, strict=True))
            found += [(tuple(guess), *others) for others in tables_that_fit(shown[1:], totals[1:], rest)]
    return found


@given(TABLES)
@settings(max_examples=300, deadline=None)
def test_no_hidden_cell_can_be_subtracted_back_from_the_totals_of_rows_and_columns(rows: list[list[int]]) -> None:
    table = mask_table(rows)
    if table.withheld:
        assert {cell for row in table.rows for cell in row} <= {None}
        return
    assert not any(cell is not None and 0 < cell < 5 for row in table.rows for cell in row)
    possible = tables_that_fit(table.rows, table.totals, tuple(map(sum, zip(*rows, strict=True))))
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row):
            assert cell is not None or rows[r][c] == 0 or len({one[r][c] for one in possible}) > 1
    for r, total in enumerate(table.totals):
        assert total is not None or len({sum(one[r]) for one in possible}) > 1


def test_rows_hidden_whole_are_not_given_away_by_what_is_left_of_the_columns() -> None:
    table = mask_table([[1, 1], [6, 0], [20, 20]])
    assert table.rows[0] == table.rows[1] == (None, None)
    assert table.withheld or table.rows[2] == (None, None)


def test_a_table_of_large_counts_is_shown_whole() -> None:
    assert mask_table([[10, 20], [30, 40]]).rows == ((10, 20), (30, 40))
