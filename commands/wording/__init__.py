"""Words for what the engine knows: events, todos, reasons and conditions, for people in two languages and as rows of JSON.

Nothing here reads a command line or prints; a function takes values of `tracks` and returns text or a row. All texts come from the
catalogues of `commands` and `tracks`, never from the code.

- `events.event_words`: an event as one line; `events.event_row`: the same for JSON. Which fields of its data people read is one table.
- `todos.task_words`: what is to be done; `todos.remedies`: the command lines that do it; `todos.task_row`: a row of the worklist.
- `why.ReasonWriter`: why a participant waits, with the names of her own track; also the places of a queue.
- `conditions.condition_lines`: each condition as it was judged, with the grounds of the judgement.
- `export_words.in_words`: the rows of an export, each code beside its word.
- `glossary.describe_word`: the kinds, statuses and states that `explain` knows.

Knows `commands.app`, `commands.runtime` and the light queries of `tracks`; never the rooms above it, so that the same words stand in
what is recorded, imported and asked.

A newcomer who
- words a new kind of event, adds its name to the catalogue of `tracks`, and a field of its data to `events._WORDED`;
- adds a kind of todo, adds `todo.KIND` to the catalogue of `tracks` and `type.KIND`, what to type for it, to that of `commands`;
- adds a code of a reason why somebody waits, adds `why.CODE`, and to `why.ReasonWriter` only what must be looked up for it.
"""
