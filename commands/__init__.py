"""The commands of the command line.

`cli.py`, above, has the one table of them, imports the one that is asked for, and turns every fault into one line and an exit code.

Rooms, the upper ones know the lower ones:

- `authoring`: tracks as files (`check`, `test`, `apply`, `init`, `explain`, `fmt`, `schema`). `admin`: `advance`, the server, `doctor`,
  `verify`. `demo`: the seven systems played through years.
- `importing`: files of people and of reports. `recording`: one fact, one start, one correction.
- `queries`: status, worklist, history, why, reports, exports.
- `wording`: events, todos and conditions in plain words.
- `app`: what makes a command: options, help, completion, refusals in words, names that stand for something here.
- `runtime`: the context of a command, its clock, its output, its files and its texts.

What they may know: of `tracks` the rooms `access`, `recording`, `queries`, `reports`, `scenarios`, `privacy`, `audit` and the typed
events; of `flows` the runner, the port and the server; of `definitions` everything. Storage and engine are reached through
`tracks.access` alone. No command holds SQL, a template, or a rule of the field.

Where to go

- a new command: its function in the room of its kind, one line in `cli.COMMANDS`, its texts in `locales/` (`help.NAME`, `param.NAME`)
- a new option that several commands have: `app.options`
- a new refusal: `runtime.errors`, with its message in `locales/`
- how listings look: `runtime.output`
"""
