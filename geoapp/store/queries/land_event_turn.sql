-- One at a time enters events of a project: the next one waits, and then sees what was entered.
SELECT pg_advisory_xact_lock(hashtext('land_events'), :project_id)
