"""Reports: what is known of a track as pages and pictures. Values in, HTML, SVG, Mermaid and tables out; nothing is written here.

Four rooms, of which each knows only those below it:

- `pages`: `report.render_report` and `handbook.render_handbook` make one self-contained HTML file each.
- `diagram`: `cards.build_cards` reads a track as cards, `layout.build_drawing` places them, `svg.render_svg` and
  `mermaid.render_mermaid` write the picture.
- `text`: `phrasing.TrackWording` puts values into words; `count_tables`, `results` and `bar_chart` make tables and charts of counts.
- `measures`: `collector.collect` reads a ledger, `population.CaseRecord` is one enrolment as it is counted, `indicators` and
  `breakdowns` count.

Texts stand in `locales/`, templates and style sheets in `templates/`. Counts that may be published become
cells (`tracks.privacy.cells`) before they become text: None is a hidden count from there on.

It may know: queries (how many stand at each step), privacy, the engine's context, the events, definitions. It may not know: storage,
recording, the command line.

Where to go:

- A sentence on a page: the catalogue `reports`, in both languages; when it stands there: `text/steps.py`, `pages/handbook.py`.
- A new table in the report: a function in `text/count_tables.py`, its place in `pages/report.py` and `templates/report.html.j2`.
- What an indicator counts: `measures/indicators.py`; by which groups: `measures/breakdowns.py`.
- How the picture looks: `templates/picture.css` and `picture.svg.j2`; where things stand in it: `diagram/layout.py`.
"""
