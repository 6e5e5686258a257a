-- What the law leaves open, and how it is taken.
SELECT r.key, r.number, r.value, r.allowed, r.mark::text AS mark, r.name_vi, r.name_en, r.taken_vi, r.taken_en
FROM clock_readings AS r
ORDER BY r.number NULLS LAST, r.key
