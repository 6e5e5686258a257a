"""Ratios against peers, measured in one run on the same data: ``make bench``."""
