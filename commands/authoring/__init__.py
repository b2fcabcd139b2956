"""Commands for those who write tracks: they read files, say what is wrong with them, and put them in force.

Primitives

- `check_apply`: `check` says everything that is wrong with files at once; `apply` puts tracks in force, all of them or none.
- `run_tests`: `test` runs the cases of tracks; `test_report.VerdictReport` prints what failed with both places;
  `track_coverage.TrackCoverage` knows which branches no case took.
- `reference`: `explain`, `schema` and `fmt`.
- `init`: a workspace to begin in.

What it may know: the rooms below `commands.authoring`, `definitions` as a whole, `tracks.scenarios`, and `tracks.recording` to put a
track in force. It knows neither the demo nor administration.

Where to go

- another form of findings: `definitions.reporting`, nothing here
- what a failed case shows: `test_report`
- what a new workspace holds: `init`, with the texts beside the package (`first_track.sv.yaml`, …)
- how files are rewritten in another language: `definitions.reference.translate`
"""
