"""Pages: whole HTML files, composed of the texts, tables and pictures of the rooms below.

- `report.render_report`, `report.render_programme_report`: where people are, what is overdue, outcomes against goals;
  `report.ReportMaterial` is what both are made from.
- `handbook.render_handbook`: the method step by step, out of the track alone.

The room knows the other rooms of reports and no ledger: whoever wants a page collects its material first. A page is rendered by
`tracks.reports.text.html.render`, out of a template of the same name in `tracks/reports/templates`. A new section is a value given to
`render` here, a block in the template, and its texts in the catalogue `reports`.
"""
