"""`import`: a file of another system, row for row the facts that the recording commands would record one by one. All rows or none.

The way of a row: `sheet.read_sheet` reads the file (`csv`, or `xlsx` once `workbook_bounds` has let it in) and translates its columns
and values (`column_map`); `row_reader` makes a `ReportedRow` of each line, or tells all that is wrong with it, `people` finds out whom it
is about, `row_to_fact` makes the fact;
`tracks.recording.bulk` writes them in one transaction; `rejected_rows` lists every row that stands in the way.

- `columns.columns_of`: what a row of a kind must say and may say, and how `explain` tells it.
- `csv.Sheet`, `csv.SheetRow`: a file as read; cells by our names of columns, and facts of the track apart.
- `column_map.ColumnMap`: our names and words by theirs.
- `people.RowParticipants`: the participants of a file, also those whom it names for the first time.
- `row_to_fact.ReportedRow`: one report; the demo makes them too.
- `importer.import_rows`: the whole way. `command.import_file`: the command.

Knows `commands.recording`, whose session and identities it uses, and what that knows. It does not know the demo.

A newcomer who
- adds a column, adds its names to `columns.COLUMN_NAMES`, reads it in `row_words` and lets a kind take it;
- adds a word for what happened, adds it to the kind in `tracks.events.kinds`;
- reads another kind of file, adds a reader that returns a `Sheet`, and chooses it in `sheet.read_sheet`;
- points a refusal to another column, changes the table in `rejected_rows`.
"""
