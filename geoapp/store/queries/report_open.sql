-- The report of a period, made where there is none yet.
INSERT INTO reports (kind, first, last) VALUES (:kind, :first, :last) ON CONFLICT (kind, first) DO NOTHING
