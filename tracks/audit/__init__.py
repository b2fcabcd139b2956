"""Audit: whether a database is what its log says, and making anew what was derived of it.

- `verify.verify`: every hash made again, every fold held against its snapshot, every derived row against what follows.
- `verify.export`, `verify.against`: the heads of all streams under one Merkle root, for another system to keep, and held against it.
- `discrepancies.Discrepancy`: one thing found wrong, with its text in both languages.
- `derived_state.Derived`: what follows from a fold: claims, todos and due days, on the day that the engine has come to.
- `rebuild.rebuild`: writes anew what is derived and wrong; the log itself is never touched.

It may know storage (`tracks.storage.audit` reads the rows for it), the engine and the events. `access`, `commands` and the flows know
it. It trusts nothing that it reads: a value that cannot be parsed is a finding, not an error.

Changes and where they go: another column of a snapshot – `verify` compares it, `rebuild` makes it; another derived table –
`derived_state` and `rebuild`; another kind of finding – `discrepancies`, with its text under `verify.` in the catalogues.
"""
