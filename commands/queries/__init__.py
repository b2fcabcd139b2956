"""The commands that show something: where somebody is, what is to be done, what has been, why, and how it goes.

Every answer has the same way: `commands.app.moment.parse_moment` finds the day that is asked about, `tracks.queries` (or
`tracks.reports`) reads it, and `commands.runtime.output.print_listing` prints rows as a table, CSV or JSON. Today's answers come from the
snapshots in milliseconds; those of a past day, or of what was known on one, are folded from the log by `tracks.queries.explain`.

- `status.status`, `track_status`: where a participant is; how tracks and programmes stand.
- `worklist.worklist`, `worklist.history`: what is to be done; every event. `ical.Calendar`: the worklist as a calendar.
- `why.why`, `why.queue`: what is waited for; who stands where. `corrections_due`: what must be put right.
- `track_view.open_track_view`: a track with its claims, for `queue`, `start` and `employer`, which `starts` and `employers` print.
- `report_basis.ReportBasis`: everybody on a track or a programme on one day, for `outcomes` and `report` in `pages`.
- `export`, `table_files`: rows as files for other systems. `graph`, `caseload`.

Knows `commands.wording`, `commands.app` and `commands.runtime`, and of `tracks` the rooms `queries`, `reports`, `privacy` and `access`.
It records nothing; `commands.recording` uses it to show what a command is about.

A newcomer who
- adds a column, adds a `Column` to the table at the top of the module, its value to the row, and `col.NAME` to the catalogues; a key
  that ends in `_shown` is for people only;
- adds an answer, writes a function that takes the options of `commands.app.options`, and puts it into the table of commands;
- changes what is counted, goes to `tracks.queries` or `tracks.reports.measures`; whether a count may be shown is decided in
  `tracks.privacy`, never here;
- keeps `status` fast: it imports nothing that builds a track.
"""
