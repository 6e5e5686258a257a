"""Land, coast, communes, the zone and the parks."""

from geoapp.store.migrations.files import run_sql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0002_registry.sql")
