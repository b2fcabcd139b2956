"""Words, tables and charts: values of a track, and counts that may be shown, in the language of the reader.

- `catalogue.message`: a text of the catalogue `reports`; `phrasing`: dates, lengths, money and shares;
  `phrasing.TrackWording`: the names of one track, and its conditions as clauses.
- `steps.StepFormatter`: a step for the handbook; `goals`: a measure in words; `results.GoalResult`: a goal as printed.
- `count_tables.Grid`: a table of words, for a page, a terminal or a file alike; `bar_chart.BarChart`: bars with their numbers.
- `html.render`: a page out of a template.

The room knows the measures and `tracks.privacy.small_cells`. A number of people becomes text in `count_or_mark` alone, which asks for a
cell of `tracks.privacy.cells`.
"""
