"""The days on which plots became otherwise, as known now: what changed in a year is found in one place."""

from geoapp.store.migrations.files import run_sql

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0039_plot_turns.sql")
