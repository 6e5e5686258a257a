"""The version of the data, renewed by whatever changes them."""

from geoapp.store.migrations.files import run_sql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0007_versions.sql")
