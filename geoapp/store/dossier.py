"""Dossiers that were made, in the database; each function works in the transaction of who acts."""

from typing import Any

from sqlalchemy import Connection

from geoapp.store.pages import find_row, statement


def add_dossier(connection: Connection, dossier: dict[str, object], file: dict[str, object]) -> None:
    """Note a dossier and one file of it; what is known already is left alone.

    Args: dossier - sha256, case_id, event, manifest; file - sha256, dossier, kind, language.
    """
    connection.execute(statement("dossier_add"), dossier)
    connection.execute(statement("dossier_add_file"), file)


def find_dossier(connection: Connection, sha256: str) -> Any:
    """A dossier by the hash of its manifest: case_id, event, manifest, made_at, made_by; None where there is none."""
    return find_row(connection, "dossier_find", {"sha256": sha256})


def find_dossier_file(connection: Connection, sha256: str) -> Any:
    """A file that was handed out, by its hash: dossier, kind, made_at, made_by; None where there is none."""
    return find_row(connection, "dossier_file_find", {"sha256": sha256})
