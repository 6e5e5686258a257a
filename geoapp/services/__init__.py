"""Use cases that join rooms; no web framework."""
