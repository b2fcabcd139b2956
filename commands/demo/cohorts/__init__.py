"""Constructed cohorts for the example tracks: synthetic people, their fates by fixed quota, and the reports that follow."""
