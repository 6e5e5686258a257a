-- Targets in force on a day.
SELECT * FROM targets_at(:as_of, :known_at) ORDER BY ordinal, code
