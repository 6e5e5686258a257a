-- What counts no more: old attempts, and sessions that have ended by themselves.
WITH attempts AS (DELETE FROM login_attempts WHERE at < now() - interval '30 days')
DELETE FROM sessions
WHERE began_at < now() - make_interval(mins => :most_minutes) OR seen_at < now() - make_interval(mins => :idle_minutes)
