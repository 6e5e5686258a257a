"""Coordinate systems, the map role, sources, batches, indicators."""

from geoapp.store.migrations.files import insert_rows, read_seed, run_sql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0001_foundation.sql")
    insert_rows(
        "INSERT INTO indicators VALUES (:code, :unit, :lower, :upper, CAST(:is_share AS boolean),"
        " string_to_array(:subject_kinds, ';'), :stale_after_months,"
        " :name_vi, :name_en, :definition_vi, :definition_en)",
        read_seed("indicators.csv"),
    )
    insert_rows("INSERT INTO methods VALUES (:indicator, :code, :name_vi, :name_en)", read_seed("methods.csv"))
