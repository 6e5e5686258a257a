-- Units of which the kept answers of the clock say something else on a day than the decision table evaluated; a few at most.
WITH kept AS (
    SELECT * FROM clock_at(:as_of, 'infinity')
), evaluated AS (
    SELECT * FROM clock_evaluated_at(:as_of, 'infinity')
), differing AS (
    (SELECT * FROM kept EXCEPT ALL SELECT * FROM evaluated) UNION ALL (SELECT * FROM evaluated EXCEPT ALL SELECT * FROM kept)
)
SELECT DISTINCT p.code::text AS project, d.unit
FROM differing AS d JOIN projects AS p ON p.id = d.project_id
ORDER BY 1, 2 LIMIT 20
