"""Monthly figures of parks are written by those who may read them."""

from geoapp.store.migrations.files import run_sql

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0034_figure_parks.sql")
