-- Tasks of the plan with what was told of them, and the calendar of reports. Unknown departments and days stay empty.

CREATE TABLE tasks (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE CHECK (code ~ '^[A-Z0-9.Đ-]+$')
);
CREATE TABLE task_versions (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    task_id integer NOT NULL REFERENCES tasks,
    ordinal integer NOT NULL,
    section text NOT NULL,
    title_vi text NOT NULL,
    title_en text NOT NULL,
    -- What the map or the program has to give for it.
    asks_vi text,
    asks_en text,
    due_kind text NOT NULL CHECK (due_kind IN ('day', 'year', 'constant', 'each_plan', 'not_stated')),
    -- Last day; of a year its 31 December.
    due_on date,
    department text,
    department_basis text CHECK (department_basis IN ('stated', 'reading')),
    layers text[] NOT NULL DEFAULT '{}',
    CHECK ((due_on IS NOT NULL) = (due_kind IN ('day', 'year'))),
    CHECK ((department IS NULL) = (department_basis IS NULL))
);
CALL add_history('task_versions', 'task_id');
CREATE TABLE task_parks (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    task_id integer NOT NULL REFERENCES tasks,
    park_id integer NOT NULL REFERENCES parks,
    UNIQUE (task_id, park_id)
);
CREATE TABLE task_park_versions (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    task_park_id integer NOT NULL REFERENCES task_parks,
    named_as text NOT NULL
);
CALL add_history('task_park_versions', 'task_park_id');

CREATE TABLE task_updates (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    task_id integer NOT NULL REFERENCES tasks,
    happened_on date NOT NULL,
    state text NOT NULL CHECK (state IN ('not_begun', 'under_way', 'stuck', 'done')),
    note text NOT NULL CHECK (btrim(note) <> '' AND length(note) <= 4000),
    person_id integer REFERENCES people,
    quality quality NOT NULL DEFAULT 'official',
    source_id integer REFERENCES sources,
    batch_id integer REFERENCES batches,
    recorded tstzrange NOT NULL DEFAULT tstzrange(now(), NULL) CHECK (NOT lower_inf(recorded)),
    CHECK (num_nonnulls(person_id, batch_id) = 1 AND (batch_id IS NULL) = (source_id IS NULL))
);
CREATE INDEX ON task_updates (task_id, happened_on DESC, id DESC);
CREATE INDEX ON task_updates (batch_id);
CREATE TRIGGER keep_history BEFORE UPDATE OR DELETE ON task_updates FOR EACH ROW EXECUTE FUNCTION keep_history();
CREATE TRIGGER keep_all BEFORE TRUNCATE ON task_updates FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- GT001 no right to the tasks of this department, GT003 a day that has not come.
CREATE FUNCTION add_task_update() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = geoapp, public, pg_temp AS $$
DECLARE
    today date := (clock_timestamp() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date;
    owner text;
BEGIN
    IF NEW.batch_id IS NOT NULL AND acting_person() IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT department INTO owner FROM task_versions WHERE task_id = NEW.task_id AND valid @> today AND upper_inf(recorded);
    IF NOT acting_for_department(owner) THEN
        RAISE EXCEPTION 'no right to tasks of %', coalesce(owner, 'no department') USING ERRCODE = 'GT001';
    END IF;
    IF NEW.happened_on > today THEN
        RAISE EXCEPTION '% has not come yet', NEW.happened_on USING ERRCODE = 'GT003';
    END IF;
    NEW.person_id := acting_person();
    NEW.quality := 'official';
    NEW.batch_id := NULL;
    NEW.source_id := NULL;
    NEW.recorded := tstzrange(clock_timestamp(), NULL);
    RETURN NEW;
END $$;
CREATE TRIGGER told BEFORE INSERT ON task_updates FOR EACH ROW EXECUTE FUNCTION add_task_update();

-- Who reports what to whom, when. "Before a day" is kept as that day; at the latest on the day before is our reading.
CREATE TABLE report_duties (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE CHECK (code ~ '^[a-z0-9]+(_[a-z0-9]+)*$')
);
CREATE TABLE report_duty_versions (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    report_duty_id integer NOT NULL REFERENCES report_duties,
    ordinal integer NOT NULL,
    name_vi text NOT NULL,
    name_en text NOT NULL,
    from_vi text NOT NULL,
    from_en text NOT NULL,
    to_vi text NOT NULL,
    to_en text NOT NULL,
    every text NOT NULL CHECK (every IN ('month', 'quarter', 'half_year', 'year')),
    -- Of a month or quarter: the day of the month after; of a year: the day of this month; empty: nobody stated a day.
    before_month integer CHECK (before_month BETWEEN 1 AND 12),
    before_day integer CHECK (before_day BETWEEN 1 AND 31),
    -- On the day itself, not before it.
    on_day boolean NOT NULL DEFAULT false,
    -- So many working days after the day above.
    then_working_days integer CHECK (then_working_days > 0),
    by_board boolean NOT NULL,
    law_vi text NOT NULL,
    law_en text NOT NULL,
    mark text NOT NULL CHECK (mark IN ('law', 'plan', 'reading', 'old', 'example')),
    CHECK (before_day IS NOT NULL OR num_nonnulls(before_month, then_working_days) = 0),
    CHECK (before_month IS NULL OR every IN ('half_year', 'year'))
);
CALL add_history('report_duty_versions', 'report_duty_id');

CALL make_confidential('tasks');
CALL make_confidential('task_versions');
CALL make_confidential('task_parks');
CALL make_confidential('task_park_versions');
CALL make_confidential('task_updates');
CALL make_confidential('report_duties');
CALL make_confidential('report_duty_versions');
DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['tasks', 'task_versions', 'task_parks', 'task_park_versions', 'task_updates', 'report_duties',
                               'report_duty_versions'] LOOP
        EXECUTE format('GRANT SELECT ON %I TO geoapp_staff', one);
        EXECUTE format('CREATE POLICY read ON %I FOR SELECT TO geoapp_staff USING ((SELECT acting_may(''report_read'')))', one);
    END LOOP;
END $$;
GRANT INSERT ON task_updates TO geoapp_staff;
CREATE POLICY told ON task_updates FOR INSERT TO geoapp_staff WITH CHECK ((SELECT acting_may('figure_enter')));
