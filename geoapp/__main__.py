"""``python -m geoapp``: the same as the command ``geoapp``."""

from geoapp.cli import main

main()
