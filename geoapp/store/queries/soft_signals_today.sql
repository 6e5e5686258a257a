-- The softer signals in force today.
SELECT s.signal, s.name_vi, s.name_en FROM soft_signals AS s WHERE s.valid @> current_date ORDER BY s.signal
