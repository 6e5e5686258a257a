-- Steps of a case that the land file of its project does not say yet, so that the clock does not count them.
SELECT e.number, e.step, e.happened_on, e.document_no, e.months
FROM cases AS c JOIN case_events AS e ON e.case_id = c.id
WHERE c.id = :case_id AND c.project_id IS NOT NULL AND e.step IN ('extend', 'remedy') AND e.at <= :known_at
  AND NOT EXISTS (
      SELECT FROM land_events AS l LEFT JOIN land_portions AS n ON n.id = l.portion_id
      WHERE l.project_id = c.project_id AND (n.code IS NULL OR n.code = c.unit) AND NOT l.withdrawn
        AND l.kind = CASE e.step WHEN 'extend' THEN 'extension' ELSE 'remedy' END AND l.happened_on = e.happened_on
        AND l.recorded @> CAST(:known_at AS timestamptz))
ORDER BY e.number
