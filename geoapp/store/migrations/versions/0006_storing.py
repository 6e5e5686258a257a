"""How rows come in: versions are stored, datasets closed."""

from geoapp.store.migrations.files import run_sql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0006_storing.sql")
