"""Targets, monthly figures and tasks: their pages, files and answers for programs."""
