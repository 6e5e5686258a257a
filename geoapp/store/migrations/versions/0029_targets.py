"""Targets of the plan with dates of effect, figures of the departments, tasks, and the report calendar."""

from geoapp.store.migrations.files import insert_rows, read_seed, run_sql

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_INDICATORS = """
INSERT INTO reported_indicators (code, ordinal, unit, accumulates, is_share, takes_parks, decimals, jump_factor,
                                 published_as, name_vi, name_en, numerator_vi, numerator_en, denominator_vi,
                                 denominator_en, part_unit, definition_vi, definition_en)
VALUES (:code, CAST(:ordinal AS integer), :unit, :accumulates, CAST(:is_share AS boolean),
        CAST(:takes_parks AS boolean), CAST(:decimals AS integer), CAST(:jump_factor AS double precision),
        :published_as, :name_vi, :name_en, :numerator_vi, :numerator_en, :denominator_vi, :denominator_en, :part_unit,
        :definition_vi, :definition_en)
"""


def upgrade() -> None:
    """Apply the SQL of this revision, and put in what departments report."""
    run_sql("0029_targets.sql")
    insert_rows(_INDICATORS, read_seed("reported_indicators.csv"))
    run_sql("0029_target_figures.sql")
    run_sql("0029_tasks.sql")
    run_sql("0029_target_reading.sql")
