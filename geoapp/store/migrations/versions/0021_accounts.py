"""People, their parks, what a role may do, and the log of what was done."""

from geoapp.store.migrations.files import run_sql

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0021_accounts.sql")
