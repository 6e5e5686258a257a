"""Expected wastewater is added up in one order, so that the same data give the same figure to the last digit."""

from geoapp.store.migrations.files import run_sql

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0037_leasing_sums.sql")
