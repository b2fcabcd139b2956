"""The picture of a track: what it shows, where it stands, and how it is written.

- `cards.Card`, `cards.build_cards`: what is shown, in the order it is read; `card_text` and `card_counts` put it into words.
- `lanes.Frame`, `routing`, `columns`: how the width is shared, and which lines run side by side.
- `layout.build_drawing`, `shapes.Drawing`: everything with its place, in whole numbers; `text_width` guesses how wide a text is.
- `svg.render_svg`, `mermaid.render_mermaid`: the two ways to write it.

The room knows the texts and the order of steps (`tracks.engine.context.plan`), and no people: counts come as they may be shown.
A new kind of card begins in `cards`; a new line between cards in `layout` and `routing`; colours and strokes are in
`templates/picture.css`.
"""
