"""One typed table of the kinds of events: everything that lists kinds, or asks something of one, derives from it.

A kind has one entry, in one place: a class with its typed data, and above it what is true of the kind (`Kind`). What reads the
table sees a new entry at once: the seal checks what is written against its data, the fold sets its field, recording knows in which
statuses it is taken and what of it may be corrected, a file of reports knows its words.

- `kind.Kind`, `kind.Group`: the properties of a kind; `kind.entry` puts a class of data into the table.
- `data.Data`: typed data, from and to the JSON object that an event holds.
- `facts`, `track_facts`: what a named person reports of an enrolment, or of a track itself.
- `conclusions`: what the engine concludes of one person, gives of what is shared, and withdraws.
- `table.KINDS`: the table, and the questions that are asked of a kind by its name (`is_fact`, `field_name`, `typed`).

May import `tracks.events.status` and `tracks.events.event`; nothing here knows a log, a track or a database, and importing it
stays cheap, because reading a status waits for nothing else.

To add a kind: an entry in `facts` (or beside it), a validator in `tracks/recording/validation` if the general one does not do, a
command in `commands/recording`, and its texts; CONTRIBUTING.md has it as a recipe.
"""
