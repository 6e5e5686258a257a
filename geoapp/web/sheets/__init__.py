"""Maps taken away: the dialog, its preview, and the files."""
