"""Photos are added to cases that are open already, and a page says who may do what is left."""

from geoapp.store.migrations.files import run_sql

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0033_added_evidence.sql")
    run_sql("0033_people_for_park.sql")
