"""The schema as a chain of revisions; the SQL is in ``sql/``, the rows that belong to the schema in ``seed/``."""
