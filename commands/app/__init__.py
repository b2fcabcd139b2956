"""What makes a function a command: parameters, help, completion, and refusals in the words of the reader.

Primitives

- `command_group.CommandGroup`: the group of all commands, which imports only the one that is asked for; `LocalizedCommand`: one command,
  whose help stands in the catalogue.
- `options`: the parameters that commands share, as annotated types, and `fact_command`, which declares a command that records one fact.
- `global_options.hoist`: takes `--db`, `--lang`, `--by`, `--at` and `--confirm-clock` out of a command line, wherever they stand.
- `completion.complete`: answers a shell; never with a reference or a name.
- `error_text.refusal_text` and `did_you_mean.suggestion`: a refusal in words, and what was perhaps meant.
- `moment.parse_moment`: which day a question is about. `lookup`: whether a track or a role is one here. `track_sources`: tracks in force,
  or of files.
- `placeholders`: the words of a worklist line that are still to be filled in; `prompt.ask`: asks for them at a terminal.

What it may know: `runtime`, the light queries of `tracks`, `tracks.access` where a model of a track is needed, `definitions`. It knows no
command. What `status` needs is imported at the top; all else late, because imports are nearly the whole cost of a short answer.

Where to go

- an option for several commands: `options`
- what the tab key offers: `completion`, by what a parameter is called in help (its metavar)
- a code of a refusal that reads badly in one language: `error_text`
- the form of help: `command_group`
"""
