"""Who entered a monthly figure does not approve it; who is held to parks writes figures of these only.

Long work is stopped by who started it, or by an administrator.
"""

from geoapp.store.migrations.files import run_sql

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0035_figure_four_eyes.sql")
    run_sql("0035_job_stop.sql")
