"""Prefect flows that drive the engine. Nothing else in the project knows Prefect."""
