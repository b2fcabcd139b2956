"""The loop: takes people and tracks forward day by day, and decides one person again when the past turns out otherwise.

- `decide.decide`: what follows for one person on one day, and the next day to ask.
- `trajectory.trajectory_of`: one person's days in a row, worked out once for all who stand exactly alike.
- `advance.advance`: a unit of tracks up to a day, in slices where people share something (see `tracks.engine`).
- `apply.append_drafts`: events into the stream and the snapshot.
- `replay.replay`: a person's facts taken again from nothing, with what surrounded her on each day.
- `retroactive.decide_again`: the difference between that and what stands, appended.
- `track_anew.decide_track_again`: the same for everybody on a track of which something was put right.
- `present.CaughtUp`: the present of a write; `present.catch_up_in_batches`: all that one was found to read, decided beforehand.

May import: `tracks.engine.rules`, `tracks.engine.context`, `tracks.events`, `definitions`. Reads and writes through the
ports of `tracks.engine.context.ports` only.

Where to go: which day comes next, `advance.next_slice`; the order in which rules are asked, `decide.py`; what a late fact
may change, `replay.py`. After any change run `tests/tracks/worlds`, which plays many command lists in several orders.
"""
