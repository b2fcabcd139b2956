"""Privacy: who may be seen, and when a count is so small that it shows somebody.

- `vault.Vault`: locks and unlocks with the key of the workspace; `vault.open_vault` opens it and makes the key once.
  A database keeps the fingerprint of the key that it is written with, so that a missing or another key is known (`vault.check_vault`).
- `vault.Identity`: a name and a personal number; `put_identity`, `find_person`, `destroy_identity` keep, find, erase.
- `vault.put_note`, `vault.erase_notes`: free texts, locked beside the events that hold their fingerprints.
- `disclosure.opened`: the door through which somebody is shown. It writes the event that says so and answers an `Opened`, which nothing
  else can make; whoever shows a name or a note asks for one. `unlocked`, behind it, is by contract for those who show nothing.
- `small_cells.mask_line`, `small_cells.mask_parts`: counts of which those are hidden that could be told apart, also by subtraction.
- `cells.decide`: the door of counts. All counts of one output, with the sums that bind them, come in; a `Shown` comes out, or None for one
  that is hidden for its own sake or another's (`output_counts`). Pages, pictures, JSON, CSV and Prefect ask for these and take no number.

It may know `tracks.storage` (ciphers only pass through there), `tracks.recording` (each disclosure is an event) and `tracks.files`.
Reports, queries that count, and commands know it.
Keys and plain texts never leave it but to whoever asked by name; `repr`, logs and refusals hold none.

Changes and where they go: another thing that is locked – `vault`, and a table in `tracks.storage`; another rule for counts –
`small_cells` for one table, `output_counts` for all of an output; a new table enters its counts in `tracks.reports.measures.figures`.
"""
