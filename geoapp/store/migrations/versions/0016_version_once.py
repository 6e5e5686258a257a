"""The stamp of the data is renewed once in a transaction."""

from geoapp.store.migrations.files import run_sql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0016_version_once.sql")
