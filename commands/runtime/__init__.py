"""What every command stands on: its context, its clock, its output, its files and its texts. The lowest room; it knows no other.

Primitives

- `context.CommandContext`: language, database, workspace, who writes; made once by `context.command_context`.
- `context.clock_now` and `writing_clock`: the one clock of a command. Nothing else reads the clock of the system.
- `output.print_message`, `print_listing`, `out_json`: everything that is printed; nothing from the database steers a terminal.
- `texts.message`: a text of the catalogue in a language.
- `errors`: the codes of what a command line can be refused for.
- `atomic_files.write_file`: the one way to leave a file. `shipped_files`: the files that come with the program.
- `progress.progress_of`: how far long work has come, in one line at a terminal; `CommandContext.progress` is told of it.

What it may know: `definitions.model`, the clock of `tracks`, the path and the form of a database.

Where to go

- a setting of the workspace or an environment variable: `context`
- a column, a table, CSV or JSON: `output`
- a new refusal: `errors`, with its message in `locales/`
- how the program is named in advice: `executable`
"""
