-- Which softer signals are in force on a day, with their thresholds.
SELECT s.signal, s.months, s.percent, s.name_vi, s.name_en, s.told_vi, s.told_en
FROM soft_signals AS s WHERE s.valid @> CAST(:as_of AS date) ORDER BY s.signal
