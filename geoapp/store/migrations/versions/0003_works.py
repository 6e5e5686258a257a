"""Plots, projects, clearance, infrastructure, wastewater."""

from geoapp.store.migrations.files import insert_rows, read_seed, run_sql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0003_works.sql")
    rows = read_seed("discharge_limits.csv")
    insert_rows(
        "INSERT INTO discharge_parameters VALUES (:code, :name_vi, :name_en, coalesce(:unit, ''))",
        rows,
    )
    for column in ("a", "b"):
        insert_rows(
            f"INSERT INTO discharge_limits SELECT 'QCVN 40:2011/BTNMT', '{column.upper()}', :code,"
            f" CAST(:lower_{column} AS double precision), CAST(:upper_{column} AS double precision),"
            f" CAST(:scaled AS boolean), CAST(:verified_{column} AS boolean)",
            rows,
        )
