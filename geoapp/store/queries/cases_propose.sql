-- A case for each unit of land whose clock shows a sign on the day. One that is open already, or was judged for the same
-- first day, is not opened again. Held to some parks: only theirs.
WITH held AS (
    SELECT project_id, unit, array_agg(plot_id ORDER BY plot_id) AS plot_ids
    FROM unit_plots_at(:as_of, 'infinity') GROUP BY project_id, unit
), found AS MATERIALIZED (
    SELECT c.*, case_since(c.rule, c.state, c.violations, :as_of, c.d12_shifted, c.d24_shifted) AS since
    FROM clock_at(:as_of, 'infinity') AS c
    WHERE c.rule IN ('R6', 'R8', 'R9', 'R10', 'R1')
)
INSERT INTO cases (kind, park_id, project_id, unit, plot_ids, rule, clock_state, as_of, rules_on, since, area_ha, finding)
SELECT 'clock', f.park_id, f.project_id, f.unit, coalesce(held.plot_ids, '{}'), f.rule, f.state, :as_of, :as_of, f.since,
       coalesce(nullif(f.area_in_violation_ha, 0), f.area_ha), jsonb_strip_nulls(to_jsonb(f))
FROM found AS f
LEFT JOIN held ON held.project_id = f.project_id AND held.unit = f.unit
WHERE (acting_person() IS NULL OR sees_all_parks() OR f.park_id = ANY (acting_parks()))
  AND NOT EXISTS (
      SELECT FROM cases AS k
      WHERE k.kind = 'clock' AND k.project_id = f.project_id AND k.unit = f.unit AND k.rule = f.rule
        AND (k.is_open OR k.since IS NOT DISTINCT FROM f.since))
ORDER BY f.project_id, f.unit
RETURNING id, rule
