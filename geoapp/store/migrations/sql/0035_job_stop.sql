-- Work is stopped by who started it; an administrator stops that of others too, as far as he sees it. The state before,
-- null where there is nothing that who acts may stop.
CREATE OR REPLACE FUNCTION cancel_job(job integer) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = geoapp, pg_temp AS $$
DECLARE
    found jobs;
BEGIN
    SELECT * INTO found FROM jobs
    WHERE id = job AND may_see_job(person_id, role, park_ids) AND (person_id = acting_person() OR acting_role() = 'admin')
    FOR UPDATE;
    IF found.state = 'waiting' THEN
        DELETE FROM procrastinate_jobs WHERE id = found.run AND status = 'todo';
        UPDATE jobs SET state = 'cancelled', cancel_asked = true, ended_at = clock_timestamp() WHERE id = job;
    ELSIF found.state = 'running' THEN
        UPDATE jobs SET cancel_asked = true WHERE id = job;
    END IF;
    RETURN found.state;
END $$;
