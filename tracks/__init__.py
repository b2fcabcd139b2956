"""A track in motion: an enrolment is one participant's way through a declared track. The YAML language stands in `definitions`."""
