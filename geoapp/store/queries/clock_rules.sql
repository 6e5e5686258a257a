-- The rules of the clock that are in force on a day: thresholds, and the legal basis of the rows of the decision table.
SELECT 'threshold' AS kind, t.key, t.value, t.unit, t.law, t.law_vi, t.mark::text AS mark, t.name_vi, t.name_en,
       lower(t.valid) AS valid_from, upper(t.valid) AS valid_to
FROM clock_thresholds AS t WHERE t.valid @> CAST(:day AS date)
UNION ALL
SELECT 'row', w.rule, NULL, NULL, w.law, w.law_vi, w.mark::text, NULL, NULL, lower(w.valid), upper(w.valid)
FROM clock_laws AS w WHERE w.valid @> CAST(:day AS date)
