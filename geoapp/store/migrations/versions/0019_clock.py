"""The legal clock: rules with dates of effect, days off, and the state of every unit of land on any day."""

from geoapp.store.migrations.files import insert_rows, read_seed, run_sql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_VALID = "daterange(CAST(:valid_from AS date), CAST(:valid_to AS date))"


def upgrade() -> None:
    """Apply the SQL of this revision, and put in the law as it stands."""
    run_sql("0019_clock_input.sql")
    run_sql("0019_clock_rules.sql")
    insert_rows(
        f"INSERT INTO clock_thresholds VALUES (:key, {_VALID}, CAST(:value AS integer), :unit, :law, :law_vi, :mark,"  # noqa: S608
        " :name_vi, :name_en)",
        read_seed("clock_thresholds.csv"),
    )
    insert_rows(
        f"INSERT INTO clock_laws VALUES (:rule, {_VALID}, :law, :law_vi, :mark)",  # noqa: S608
        read_seed("clock_laws.csv"),
    )
    insert_rows(
        f"INSERT INTO clock_recovery_steps VALUES (CAST(:step AS integer), {_VALID}, CAST(:days AS integer), :unit,"  # noqa: S608
        " :law, :law_vi, :mark, :name_vi, :name_en)",
        read_seed("clock_recovery_steps.csv"),
    )
    insert_rows(
        "INSERT INTO clock_readings VALUES (:key, CAST(:number AS integer), :value, string_to_array(:allowed, ';'),"
        " :mark, :name_vi, :name_en, :taken_vi, :taken_en)",
        read_seed("clock_readings.csv"),
    )
    insert_rows(
        "INSERT INTO clock_warning_days VALUES (:deadline, CAST(:days AS integer))", read_seed("clock_warning_days.csv")
    )
    insert_rows("INSERT INTO days_off VALUES (CAST(:day AS date), :name, :kind, :sure)", read_seed("days_off.csv"))
    run_sql("0019_clock_calendar.sql")
    run_sql("0019_clock_parts.sql")
    run_sql("0019_clock_past.sql")
    run_sql("0019_clock_at.sql")
    run_sql("0019_clock_duties.sql")
