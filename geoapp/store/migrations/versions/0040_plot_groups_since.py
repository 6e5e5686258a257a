"""Groups of plots after an edit: only what is known from the edit on is reckoned."""

from geoapp.store.migrations.files import run_sql

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0040_plot_groups_since.sql")
