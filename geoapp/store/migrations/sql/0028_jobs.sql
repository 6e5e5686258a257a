-- Long work. A row of jobs is what a person asked for and what became of it; a row of procrastinate_jobs is one run of
-- it, which the library hands to one worker. Both are written in one transaction, so neither is there without the other.
--
-- jobs.run names the run that counts. Whatever a run writes, it writes only as long as it is that one: a worker that was
-- thought dead and comes back finds that it has been replaced, and changes nothing.
CREATE TABLE jobs (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id integer NOT NULL REFERENCES people,
    kind text NOT NULL CHECK (kind ~ '^[a-z_]+(\.[a-z_]+)*$'),
    arguments jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(arguments) = 'object'),
    language text NOT NULL CHECK (language IN ('vi', 'en')),
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
    cancel_asked boolean NOT NULL DEFAULT false,
    run bigint UNIQUE,
    -- Runs that were begun since a person last asked for it.
    attempts integer NOT NULL DEFAULT 0,
    done integer NOT NULL DEFAULT 0 CHECK (done >= 0),
    total integer NOT NULL DEFAULT 0 CHECK (total >= 0),
    -- Sentences, to be told in the language of whoever reads: {"text": template, "params": {...}, "faults": [...]}.
    note jsonb CHECK (jsonb_typeof(note) = 'object'),
    error jsonb CHECK (jsonb_typeof(error) = 'object'),
    -- With which rights it ran: results are for those whose rights are no less.
    role text NOT NULL,
    park_ids integer[] NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    ended_at timestamptz,
    CHECK ((state IN ('done', 'failed', 'cancelled')) = (ended_at IS NOT NULL)),
    CHECK ((state = 'failed') = (error IS NOT NULL)),
    CHECK (state NOT IN ('waiting', 'running') OR run IS NOT NULL)
);
CREATE INDEX ON jobs (person_id, id);
CREATE INDEX ON jobs (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX ON jobs (run) WHERE ended_at IS NULL;

-- Files that a run made; they exist for people when the job is done, and only those of the run that counts.
CREATE TABLE job_files (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job_id integer NOT NULL REFERENCES jobs ON DELETE CASCADE,
    run bigint NOT NULL,
    name text NOT NULL CHECK (name ~ '^[^/\\[:cntrl:]]{1,200}$'),
    media_type text NOT NULL,
    bytes bigint NOT NULL CHECK (bytes >= 0),
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    UNIQUE (job_id, run, name)
);
CREATE TABLE job_chunks (
    file_id integer NOT NULL REFERENCES job_files ON DELETE CASCADE,
    number integer NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (file_id, number)
);
-- What is a ZIP, a PDF or a picture does not become smaller.
ALTER TABLE job_chunks ALTER COLUMN body SET STORAGE EXTERNAL;

-- Whether who acts has all rights of somebody else of a role, held to parks (none: to all).
CREATE FUNCTION rights_cover(other text, parks integer[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = geoapp, pg_temp AS $$
    SELECT acting_role() IS NOT NULL
       AND NOT EXISTS (SELECT permission FROM role_permissions WHERE role = other
                       EXCEPT SELECT permission FROM role_permissions WHERE role = acting_role())
       AND (sees_all_parks() OR (parks <> '{}' AND parks <@ acting_parks()))
$$;

-- Work is seen by who started it, and by those who may read the log and have no fewer rights.
CREATE FUNCTION may_see_job(owner integer, role text, parks integer[]) RETURNS boolean LANGUAGE sql STABLE
RETURN coalesce(owner = acting_person() AND acting_role() IS NOT NULL, false)
       OR (acting_may('audit_read') AND rights_cover(role, parks));

CALL make_confidential('jobs');
CALL make_confidential('job_files');
CALL make_confidential('job_chunks');
GRANT SELECT ON jobs, job_files, job_chunks TO geoapp_staff;
CREATE POLICY seen ON jobs FOR SELECT TO geoapp_staff USING (may_see_job(person_id, role, park_ids));
CREATE POLICY of_the_job ON job_files FOR SELECT TO geoapp_staff USING (EXISTS (
    SELECT FROM jobs AS j
    WHERE j.id = job_id AND j.run = job_files.run AND j.state = 'done' AND rights_cover(j.role, j.park_ids)));
CREATE POLICY of_the_file ON job_chunks FOR SELECT TO geoapp_staff
    USING (EXISTS (SELECT FROM job_files AS f WHERE f.id = file_id));

-- A run for the queue; its number. Who has more waiting comes after who has less.
CREATE FUNCTION queue_job(job integer, place integer, delay interval) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    RETURN (procrastinate_defer_jobs_v1(ARRAY[ROW(
        'geoapp', 'run_job', place, NULL, NULL, jsonb_build_object('job', job),
        CASE WHEN delay > interval '0' THEN now() + delay END)::procrastinate_job_to_defer_v1]))[1];
END $$;

CREATE FUNCTION count_waiting_jobs(person integer) RETURNS integer LANGUAGE sql STABLE
RETURN (SELECT count(*)::integer FROM jobs WHERE person_id = person AND state = 'waiting');

-- What people do to work. The functions belong to the owner of the tables, which people themselves only read.

-- A new job of who acts; its number, or null where so many of this person wait already.
CREATE FUNCTION start_job(kind text, arguments jsonb, language text, most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = geoapp, pg_temp AS $$
DECLARE
    me CONSTANT integer := acting_person();
    waiting integer;
    made integer;
BEGIN
    IF NOT acting_may('job_run') THEN
        RAISE EXCEPTION 'who acts may not start work' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_advisory_xact_lock(28, me);
    waiting := count_waiting_jobs(me);
    IF waiting >= most THEN
        RETURN NULL;
    END IF;
    made := nextval(pg_get_serial_sequence('jobs', 'id'));
    INSERT INTO jobs (id, person_id, kind, arguments, language, run, role, park_ids) OVERRIDING SYSTEM VALUE
    VALUES (made, me, start_job.kind, start_job.arguments, start_job.language, queue_job(made, -waiting, '0'),
            acting_role(), acting_parks());
    RETURN made;
END $$;

-- Stop what waits, or tell what runs to stop when it next looks; the state before, null where nothing is seen.
CREATE FUNCTION cancel_job(job integer) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = geoapp, pg_temp AS $$
DECLARE
    found jobs;
BEGIN
    SELECT * INTO found FROM jobs WHERE id = job AND may_see_job(person_id, role, park_ids) FOR UPDATE;
    IF found.state = 'waiting' THEN
        DELETE FROM procrastinate_jobs WHERE id = found.run AND status = 'todo';
        UPDATE jobs SET state = 'cancelled', cancel_asked = true, ended_at = clock_timestamp() WHERE id = job;
    ELSIF found.state = 'running' THEN
        UPDATE jobs SET cancel_asked = true WHERE id = job;
    END IF;
    RETURN found.state;
END $$;

-- Run again what failed or was stopped, for whom it was; false where it is not so, null where too many wait.
CREATE FUNCTION repeat_job(job integer, most integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = geoapp, pg_temp AS $$
DECLARE
    me CONSTANT integer := acting_person();
    waiting integer;
BEGIN
    IF NOT acting_may('job_run') THEN
        RAISE EXCEPTION 'who acts may not start work' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_advisory_xact_lock(28, me);
    PERFORM FROM jobs WHERE id = job AND person_id = me AND state IN ('failed', 'cancelled') FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    waiting := count_waiting_jobs(me);
    IF waiting >= most THEN
        RETURN NULL;
    END IF;
    UPDATE jobs
    SET state = 'waiting', cancel_asked = false, run = queue_job(job, -waiting, '0'), attempts = 0, done = 0, total = 0,
        note = NULL, error = NULL, started_at = NULL, ended_at = NULL, role = acting_role(), park_ids = acting_parks()
    WHERE id = job;
    RETURN true;
END $$;

-- How many runs are before one that waits.
CREATE FUNCTION jobs_ahead(waiting bigint) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = geoapp, pg_temp AS $$
    SELECT count(*)::integer
    FROM procrastinate_jobs AS o JOIN procrastinate_jobs AS q ON q.id = waiting
    WHERE o.status = 'todo' AND (o.priority > q.priority OR (o.priority = q.priority AND o.id < q.id))
$$;

-- How long work stands, for everybody who watches the server: numbers, nothing of what the work is.
CREATE FUNCTION jobs_health(stale interval) RETURNS TABLE (waiting bigint, running bigint, failed bigint, workers bigint, oldest double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = geoapp, pg_temp AS $$
    SELECT count(*) FILTER (WHERE state = 'waiting'), count(*) FILTER (WHERE state = 'running'),
           count(*) FILTER (WHERE state = 'failed'),
           (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - stale),
           coalesce(extract(epoch FROM now() - min(created_at) FILTER (WHERE state = 'waiting')), 0)::double precision
    FROM jobs
$$;

REVOKE ALL ON FUNCTION queue_job, count_waiting_jobs, start_job, cancel_job, repeat_job, jobs_ahead, jobs_health
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION start_job, cancel_job, repeat_job, jobs_ahead TO geoapp_staff;
GRANT EXECUTE ON FUNCTION jobs_health TO geoapp_map;
