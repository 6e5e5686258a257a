"""The legal clock: rules with dates of effect, days off, and the state of every unit of land on any day."""

from geoapp.store.migrations.files import run_sql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0019_clock_input.sql")
    run_sql("0019_clock_at.sql")
