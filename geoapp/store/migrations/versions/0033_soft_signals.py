"""Softer signals of slow land use: thresholds as data, and what shows them."""

from geoapp.store.migrations.files import insert_rows, read_seed, run_sql

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision, and put in the thresholds as they are taken."""
    run_sql("0033_soft_signals.sql")
    insert_rows(
        "INSERT INTO soft_signals VALUES (:signal, daterange(CAST(:valid_from AS date), CAST(:valid_to AS date)),"
        " CAST(:months AS integer), CAST(:percent AS double precision), :name_vi, :name_en, :told_vi, :told_en)",
        read_seed("soft_signals.csv"),
    )
