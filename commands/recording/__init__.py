"""The commands that record a fact: about a participant, a track's starts or its employers.

The way of `jobbspar record A1 map done`: `cli.py` finds the command in its table; `steps.record` turns the options into the data of one
kind of event; `session.record_fact` opens the database and hands the fact to `tracks.recording`, which catches the enrolment up,
validates the fact, appends the event and lets the engine decide; `session.conclude` prints the event in the words of
`commands.wording`.

- `session.WriteSession`: the open database, the one clock and the person who records. `session.record_fact`: that whole way for one
  fact. `session.LockedNote`: the free text beside a fact, which never stands in the log. `remarks`: what may not have been meant.
- `steps`, `intake`, `exits`, `enrol`, `starts`, `employers`, `deviate`, `correct`: the commands, by what they are about.
- `identities.identify`: from a number or a reference to a participant; who she is goes to the vault. `identities.check_number`: that a
  number is of one reference. `references`: two references of one person, another number, who has a number, a note that is erased, a
  new key where the old one is lost.
- `track_facts`: what `start` and `employer` share, and whom a fact of a track reaches, told and asked before it is written.
  `correction_report`: what a correction did.

Knows `commands.queries` (what a command shows where it records nothing), `commands.wording`, `commands.app`, `commands.runtime`, and of
`tracks` the rooms `recording`, `queries`, `privacy` and `access`. It does not know `commands.importing`, which records rows through it,
and no rule of a track: whether a fact may be recorded now is decided by `tracks.recording.validation`.

A newcomer who
- adds a command for a new kind of event, writes a function with `fact_command` beside the nearest one, which calls `record_fact`, puts
  it into the table of commands, and adds `help.NAME` and its `param.…` to the catalogues; CONTRIBUTING has the recipe;
- adds an option to all of them, adds it to `commands.app.options.FactOptions`;
- changes what is printed after a write, changes `session.conclude`;
- wants a fact refused, goes to `tracks.recording.validation`; the text of a refusal stands in the catalogue.
"""
