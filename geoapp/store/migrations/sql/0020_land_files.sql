-- The land file of a project: what happened to its land, one row for each event with its document. The legal clock is
-- computed from these rows. An event has its own day (happened_on), so the first clock is in it; "recorded" is the second.

CREATE TABLE land_portions (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id integer NOT NULL REFERENCES projects,
    code text NOT NULL CHECK (code <> '' AND code <> 'project'),
    UNIQUE (project_id, code),
    UNIQUE (id, project_id)
);
COMMENT ON TABLE land_portions IS 'Parts of a project whose land was allocated or leased by progress; each has a clock of its own';
CREATE TABLE land_portion_versions (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    land_portion_id integer NOT NULL REFERENCES land_portions,
    area_ha hectares,
    plot_ids integer[] NOT NULL DEFAULT '{}' CHECK (array_position(plot_ids, NULL) IS NULL)
);
CALL add_history('land_portion_versions', 'land_portion_id');

CREATE TABLE land_events (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id integer NOT NULL REFERENCES projects,
    portion_id integer,
    code text NOT NULL CHECK (code <> ''),
    kind text NOT NULL CHECK (kind IN (
        'land_basis', 'allocation', 'handover', 'no_handover', 'progress', 'progress_change', 'construction_start',
        'completion', 'force_majeure', 'authority_delay', 'check', 'extension_request', 'extension', 'payment',
        'publication', 'remedy', 'recovery_notice', 'recovery_decision', 'recovery_enforcement', 'suspension',
        'termination', 'special_regime')),
    happened_on date,
    from_on date,
    to_on date,
    document_no text CHECK (document_no <> ''),
    document_on date,
    issued_by text CHECK (issued_by <> ''),
    evidence text CHECK (evidence <> ''),
    basis text CHECK (basis IN ('allocation', 'lease', 'sublease', 'transfer')),
    progress_form text CHECK (progress_form IN ('date', 'quarter', 'months_from_handover', 'months_from_decision')),
    progress_end_on date,
    progress_quarter text CHECK (progress_quarter ~ '^[12][0-9]{3}-Q[1-4]$'),
    progress_months integer CHECK (progress_months BETWEEN 1 AND 1200),
    ground text CHECK (ground IN ('12m', '24m')),
    extension_no integer CHECK (extension_no > 0),
    starts_on date,
    months integer CHECK (months > 0),
    ends_on date,
    area_ha hectares,
    paid boolean,
    decided_by text CHECK (decided_by IN ('chairman', 'other')),
    announced_on date,
    record_on date,
    report_on date,
    regime text CHECK (regime IN ('backlog', 'sea_reclamation', 'other')),
    amount_vnd numeric CHECK (amount_vnd >= 0),
    about text,
    withdrawn boolean NOT NULL DEFAULT false,
    recorded tstzrange NOT NULL DEFAULT tstzrange(now(), NULL) CHECK (NOT lower_inf(recorded)),
    quality quality NOT NULL,
    source_id integer NOT NULL REFERENCES sources,
    batch_id integer REFERENCES batches,
    person_id integer,
    note text,
    FOREIGN KEY (portion_id, project_id) REFERENCES land_portions (id, project_id),
    CONSTRAINT land_events_entered_once CHECK (num_nonnulls(batch_id, person_id) = 1),
    -- What a kind of event must say, and what no other kind may say.
    CONSTRAINT land_events_dated CHECK (happened_on IS NOT NULL OR kind IN (
        'land_basis', 'handover', 'no_handover', 'progress', 'construction_start', 'completion', 'force_majeure',
        'authority_delay', 'suspension', 'special_regime')),
    CONSTRAINT land_events_interval CHECK (
        CASE WHEN kind IN ('force_majeure', 'authority_delay') THEN from_on IS NOT NULL AND to_on IS NOT NULL
             WHEN kind = 'suspension' THEN from_on IS NOT NULL
             ELSE num_nonnulls(from_on, to_on) = 0 END AND to_on >= from_on IS NOT FALSE),
    CONSTRAINT land_events_basis CHECK ((kind = 'land_basis') = (basis IS NOT NULL)),
    CONSTRAINT land_events_regime CHECK ((kind = 'special_regime') = (regime IS NOT NULL)),
    CONSTRAINT land_events_progress CHECK (
        CASE WHEN kind NOT IN ('progress', 'progress_change')
             THEN num_nonnulls(progress_form, progress_end_on, progress_quarter, progress_months) = 0
             WHEN progress_form = 'date'
             THEN num_nonnulls(progress_quarter, progress_months) = 0
                  AND (kind = 'progress' OR progress_end_on IS NOT NULL)
             WHEN progress_form = 'quarter'
             THEN progress_quarter IS NOT NULL AND num_nonnulls(progress_end_on, progress_months) = 0
             WHEN progress_form IS NOT NULL
             THEN progress_months IS NOT NULL AND num_nonnulls(progress_end_on, progress_quarter) = 0
             ELSE false END),
    CONSTRAINT land_events_extension CHECK (
        CASE WHEN kind = 'extension' THEN ground IS NOT NULL AND ends_on > starts_on IS NOT FALSE
             ELSE num_nonnulls(ground, extension_no, starts_on, months, ends_on, paid) = 0 END),
    CONSTRAINT land_events_check CHECK (
        CASE WHEN kind = 'check'
             THEN announced_on >= happened_on IS NOT FALSE AND record_on >= happened_on IS NOT FALSE
                  AND report_on >= happened_on IS NOT FALSE AND report_on >= record_on IS NOT FALSE
             ELSE num_nonnulls(announced_on, record_on, report_on) = 0 END),
    CONSTRAINT land_events_decided_by CHECK (decided_by IS NULL OR kind IN ('force_majeure', 'authority_delay')),
    CONSTRAINT land_events_area CHECK (area_ha IS NULL OR kind IN ('allocation', 'handover', 'extension', 'recovery_decision')),
    CONSTRAINT land_events_amount CHECK (amount_vnd IS NULL OR kind = 'payment'),
    CONSTRAINT land_events_about CHECK (about IS NULL OR kind IN ('payment', 'publication', 'remedy')),
    -- A demonstration is told as of its own last day, whatever day it is loaded on.
    CONSTRAINT land_events_has_happened CHECK (
        quality = 'demo' OR (greatest(happened_on, document_on, announced_on, record_on, report_on)
                             <= (lower(recorded) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) IS NOT FALSE)
);
COMMENT ON TABLE land_events IS 'What happened to the land of a project, each with its document; a correction closes the old row';
COMMENT ON COLUMN land_events.code IS 'name of the event in the file of the project; a later row with it corrects the earlier one';
COMMENT ON COLUMN land_events.happened_on IS 'day of the event or of the decision; null: it is known that the day is not known';
COMMENT ON COLUMN land_events.withdrawn IS 'entered in error: counts for nothing any more';

CREATE INDEX ON land_events (project_id);
CREATE INDEX ON land_events (kind, project_id);
CREATE INDEX ON land_events (portion_id) WHERE portion_id IS NOT NULL;
CREATE INDEX ON land_events (batch_id);
CREATE UNIQUE INDEX land_events_one_current ON land_events (project_id, code) WHERE upper_inf(recorded);
-- What can happen to a unit only once.
CREATE UNIQUE INDEX land_events_once ON land_events (project_id, coalesce(portion_id, 0), kind)
    WHERE upper_inf(recorded) AND NOT withdrawn
      AND kind IN ('handover', 'progress', 'construction_start', 'completion', 'termination', 'allocation');
CREATE TRIGGER keep_history BEFORE UPDATE OR DELETE ON land_events FOR EACH ROW EXECUTE FUNCTION keep_history();

-- The longest extension that one decision may grant, by the law in force on the day of the decision.
CREATE FUNCTION most_extension_months(decided date) RETURNS integer LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT t.value FROM clock_thresholds AS t
    WHERE t.key = 'extension_months' AND t.valid @> most_extension_months.decided;
END;

-- What no two events of one file may say together; one sentence for each fault, a few at most.
CREATE FUNCTION impossible_land_files(among integer[]) RETURNS text
LANGUAGE sql STABLE SET search_path = geoapp, public AS $$
    WITH event AS (
        SELECT e.*, p.code AS project FROM land_events AS e JOIN projects AS p ON p.id = e.project_id
        WHERE e.project_id = ANY (among) AND upper_inf(e.recorded) AND NOT e.withdrawn
    ), fault AS (
        -- A portion that does not state its start begins with the project.
        SELECT c.project, c.code, format('completed on %s, before its construction began on %s', c.happened_on, b.happened_on)
                   AS what
        FROM event AS c JOIN event AS b ON b.project_id = c.project_id AND b.kind = 'construction_start'
        WHERE c.kind = 'completion' AND b.happened_on > c.happened_on
          AND (b.portion_id IS NOT DISTINCT FROM c.portion_id
               OR b.portion_id IS NULL AND NOT EXISTS (
                   SELECT FROM land_events AS own
                   WHERE own.project_id = c.project_id AND own.portion_id = c.portion_id
                     AND own.kind = 'construction_start' AND upper_inf(own.recorded) AND NOT own.withdrawn))
        UNION ALL
        SELECT n.project, n.code, format('no handover until %s, but handed over on %s', n.happened_on, h.happened_on)
        FROM event AS n JOIN event AS h ON h.project_id = n.project_id AND h.kind = 'handover'
             AND h.portion_id IS NOT DISTINCT FROM n.portion_id
        WHERE n.kind = 'no_handover' AND (n.happened_on IS NULL OR n.happened_on >= h.happened_on)
        UNION ALL
        SELECT x.project, x.code, format('%s months of extension; a decision may grant %s at most', x.months,
                                         most_extension_months(x.happened_on))
        FROM event AS x WHERE x.kind = 'extension' AND x.months > most_extension_months(x.happened_on)
        UNION ALL
        SELECT x.project, x.code, format('extended from %s to %s; a decision may grant %s months at most', x.starts_on,
                                         x.ends_on, most_extension_months(x.happened_on))
        FROM event AS x
        WHERE x.kind = 'extension'
          AND x.ends_on > (x.starts_on + make_interval(months => most_extension_months(x.happened_on)))::date
        UNION ALL
        SELECT a.project, a.code, format('is about %s, which is no other event of the file', a.about)
        FROM event AS a WHERE a.about IS NOT NULL AND NOT EXISTS (
            SELECT FROM event AS o WHERE o.project_id = a.project_id AND o.code = a.about AND o.code <> a.code)
    )
    SELECT string_agg(format('event %s of project %s: %s', code, project, what), '; ' ORDER BY project, code)
    FROM (SELECT * FROM fault ORDER BY project, code LIMIT 10) AS few
$$;

CREATE FUNCTION refuse_impossible_land_files() RETURNS trigger LANGUAGE plpgsql SET search_path = geoapp, public AS $$
DECLARE
    found text := impossible_land_files(ARRAY(SELECT DISTINCT project_id FROM added));
BEGIN
    IF found IS NOT NULL THEN
        RAISE EXCEPTION '%', found USING ERRCODE = 'check_violation', CONSTRAINT = 'land_file_possible';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER land_file_possible AFTER INSERT ON land_events
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_impossible_land_files();

-- The events of land files as known at a moment: of a day those that had happened by then, and those without a day.
CREATE FUNCTION land_events_at(as_of date, known_at timestamptz)
RETURNS TABLE (event_id integer, project_id integer, project text, portion text, code text, kind text, happened_on date,
               from_on date, to_on date, document_no text, document_on date, issued_by text, evidence text, basis text,
               progress_form text, progress_end_on date, progress_quarter text, progress_months integer, ground text,
               extension_no integer, starts_on date, months integer, ends_on date, area_ha double precision, paid boolean,
               decided_by text, announced_on date, record_on date, report_on date, regime text, amount_vnd numeric,
               about text, quality text, source_key text, source_title text, note text, known_from timestamptz,
               batch_title text, loaded_by text, person_id integer)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT e.id, e.project_id, p.code::text, n.code, e.code, e.kind, e.happened_on, e.from_on, e.to_on, e.document_no,
           e.document_on, e.issued_by, e.evidence, e.basis, e.progress_form, e.progress_end_on, e.progress_quarter,
           e.progress_months, e.ground, e.extension_no, e.starts_on, e.months, e.ends_on, e.area_ha::double precision,
           e.paid, e.decided_by, e.announced_on, e.record_on, e.report_on, e.regime, e.amount_vnd, e.about,
           e.quality::text, s.key, s.title, e.note, lower(e.recorded), b.title, b.loaded_by, e.person_id
    FROM land_events AS e
    JOIN projects AS p ON p.id = e.project_id
    JOIN sources AS s ON s.id = e.source_id
    LEFT JOIN batches AS b ON b.id = e.batch_id
    LEFT JOIN land_portions AS n ON n.id = e.portion_id
    WHERE e.recorded @> land_events_at.known_at AND NOT e.withdrawn
      AND (coalesce(e.happened_on, e.document_on, e.from_on) <= land_events_at.as_of) IS NOT FALSE;
END;

-- A new law or holiday changes the map of clock states as much as an event does.
CALL watch_table('clock_thresholds');
CALL watch_table('clock_laws');
CALL watch_table('clock_readings');
CALL watch_table('days_off');
CALL watch_table('land_portions');
CALL watch_table('land_portion_versions');
CALL watch_table('land_events');
