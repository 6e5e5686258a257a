"""Text without accents, and in the order in which people count."""

from geoapp.store.migrations.files import run_sql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0012_plain_text.sql")
