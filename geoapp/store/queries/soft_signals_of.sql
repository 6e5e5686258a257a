-- The softer signals of one project on a day.
SELECT c.unit, c.signal, c.since, c.measured, c.months, c.percent, s.name_vi, s.name_en, s.told_vi, s.told_en
FROM soft_signals_of(:project_id, :as_of, :known_at) AS c
JOIN soft_signals AS s ON s.signal = c.signal AND s.valid @> CAST(:as_of AS date)
WHERE may_tell_of_park(c.park_id)
ORDER BY natural_key(c.unit), c.since, c.signal
