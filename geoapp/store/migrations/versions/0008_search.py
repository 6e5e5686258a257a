"""Search with and without accents."""

from geoapp.store.migrations.files import run_sql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0008_search.sql")
