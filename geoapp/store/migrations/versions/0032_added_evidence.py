"""Photos are added to cases that are open already, and a page says who may do what is left."""

from geoapp.store.migrations.files import run_sql

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0032_added_evidence.sql")
    run_sql("0032_people_for_park.sql")
