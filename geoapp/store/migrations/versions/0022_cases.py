"""Cases, the life of a case as data, and the events in a chain that is only added to."""

from geoapp.store.migrations.files import insert_rows, read_seed, run_sql

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_LIFE = """
INSERT INTO case_life (step, from_state, to_state, valid, permission, needs, rules, most_months, due_amount, due_unit,
                       due_vi, due_en, law_vi, law_en, mark, ordinal)
SELECT :step, nullif(from_state, ''), CASE WHEN :to_state = 'same' THEN from_state ELSE :to_state END,
       daterange(CAST(:valid_from AS date), CAST(:valid_to AS date)), :permission,
       coalesce(string_to_array(:needs, ';'), '{}'), string_to_array(:rules, ';'), CAST(:most_months AS integer),
       CAST(:due_amount AS integer), :due_unit, :due_vi, :due_en, :law_vi, :law_en, :mark, CAST(:ordinal AS integer)
FROM unnest(string_to_array(coalesce(:from_states, '') || ';', ';')) WITH ORDINALITY AS listed (from_state, place)
WHERE from_state <> '' OR (:from_states IS NULL AND place = 1)
"""


def upgrade() -> None:
    """Apply the SQL of this revision, and put in the life of a case."""
    run_sql("0022_case_tables.sql")
    insert_rows(_LIFE, read_seed("case_life.csv"))
    run_sql("0022_case_chain.sql")
    run_sql("0022_case_reading.sql")
