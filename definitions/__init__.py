"""What a track is: the YAML language. A track is declared here; what happens on it stands in `tracks`."""
