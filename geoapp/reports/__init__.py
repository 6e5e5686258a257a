"""Documents from what is handed over: the dossier of a case as PDF and DOCX, its manifest. No database, no web."""
