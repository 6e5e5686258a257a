"""${message}."""

from geoapp.store.migrations.files import run_sql

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("${up_revision}_${slug}.sql")
