"""Maps on paper as PNG, PDF and SVG: one description of what is drawn, three writers. Pure: no database, no web."""
