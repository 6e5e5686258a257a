-- Cases: signs of slow land use that a person judges. A case says what was found when it was opened and never changes in
-- that; all that happens to it afterwards is a row of case_events, which are only added.

-- The life of a case as data: which step leads from which state to which, who may take it, what it must carry, on what it
-- rests and what is due after it. A change of the law is a new row; a case keeps the rows of the day whose rules it has.
CREATE TABLE case_life (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    step text NOT NULL CHECK (step IN ('open', 'confirm', 'dismiss', 'propose_check', 'notify', 'extend',
        'propose_recovery', 'remedy', 'close', 'assign', 'take', 'note', 'evidence', 'condition_ended',
        'condition_returned')),
    from_state text,
    to_state text NOT NULL,
    valid daterange NOT NULL,
    -- 'system': the program itself notes it, for the operator or for someone who may judge.
    permission text NOT NULL,
    needs text[] NOT NULL DEFAULT '{}' CHECK (needs <@ ARRAY['reason', 'date', 'document', 'months', 'note']),
    -- Rules of the clock whose cases have this step; null: all, and what was flagged by hand.
    rules text[],
    most_months integer CHECK (most_months > 0),
    due_amount integer CHECK (due_amount > 0),
    due_unit text CHECK (due_unit IN ('days', 'working_days', 'months_granted')),
    due_vi text,
    due_en text,
    law_vi text,
    law_en text,
    mark text NOT NULL CHECK (mark IN ('law', 'reading', 'own', 'unverified')),
    -- The order in which steps are offered; the lowest is the usual next one.
    ordinal integer NOT NULL,
    CHECK ((due_unit IS NULL) = (due_vi IS NULL) AND (due_vi IS NULL) = (due_en IS NULL)),
    CHECK ((due_amount IS NOT NULL) = (coalesce(due_unit, '') IN ('days', 'working_days'))),
    EXCLUDE USING gist (step WITH =, (coalesce(from_state, '')) WITH =, valid WITH &&)
);

CREATE TABLE cases (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('clock', 'flag')),
    park_id integer REFERENCES parks,
    project_id integer REFERENCES projects,
    unit text,
    plot_ids integer[] NOT NULL DEFAULT '{}' CHECK (array_position(plot_ids, NULL) IS NULL),
    -- What was drawn by hand.
    geom geometry(Geometry, 4326) CHECK (ST_IsValid(geom) AND NOT ST_IsEmpty(geom)),
    -- The row of the decision table, and the state it gave, on the day asked, by the rules of rules_on.
    rule text CHECK (rule ~ '^R[0-9]+[ab]?$'),
    clock_state text,
    as_of date NOT NULL,
    rules_on date NOT NULL,
    -- First day on which the rule held; null where the rule has none.
    since date,
    area_ha double precision CHECK (area_ha >= 0),
    -- The whole row of the clock, or what was flagged, as it stood.
    finding jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(finding) = 'object'),
    opened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    opened_by integer REFERENCES people,

    -- Kept in step with case_events by its trigger, by nothing else.
    state text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'confirmed', 'dismissed', 'check_proposed',
        'notified', 'extended', 'recovery_proposed', 'remedied', 'closed')),
    last_number integer NOT NULL DEFAULT 0,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    assignee_id integer REFERENCES people,
    due_on date,
    due_life_id integer REFERENCES case_life,
    condition_holds boolean NOT NULL DEFAULT true,
    is_open boolean NOT NULL GENERATED ALWAYS AS (state NOT IN ('dismissed', 'closed')) STORED,
    -- What lists are ordered by: what has no date comes last.
    due_key date NOT NULL GENERATED ALWAYS AS (coalesce(due_on, 'infinity'::date)) STORED,
    area_key double precision NOT NULL GENERATED ALWAYS AS (coalesce(area_ha, 0)) STORED,
    CHECK (CASE kind WHEN 'clock' THEN num_nonnulls(project_id, unit, rule, clock_state) = 4
                     ELSE num_nonnulls(rule, clock_state, since) = 0 AND park_id IS NOT NULL END)
);
COMMENT ON TABLE cases IS 'Signs of slow land use; a case proposes, people and competent authorities decide';
-- One open case for a unit and rule, and never a second one for the same first day.
CREATE UNIQUE INDEX cases_open_once ON cases (project_id, unit, rule) WHERE kind = 'clock' AND is_open;
CREATE UNIQUE INDEX cases_found_once ON cases (project_id, unit, rule, (coalesce(since, '-infinity'::date))) WHERE kind = 'clock';
CREATE INDEX cases_by_due ON cases (due_key, id) WHERE is_open;
CREATE INDEX cases_by_area ON cases (area_key, id) WHERE is_open;
CREATE INDEX cases_by_change ON cases (changed_at, id);
CREATE INDEX cases_of_person ON cases (assignee_id, due_key, id) WHERE is_open;
CREATE INDEX cases_of_park ON cases (park_id, due_key, id) WHERE is_open;
CREATE INDEX cases_by_state ON cases (state, due_key, id);

CREATE TABLE case_plots (
    case_id integer NOT NULL REFERENCES cases,
    plot_id integer NOT NULL REFERENCES plots,
    PRIMARY KEY (case_id, plot_id)
);
CREATE INDEX ON case_plots (plot_id);

CREATE TABLE case_events (
    -- The place in the one chain of all events.
    sequence bigint PRIMARY KEY,
    case_id integer NOT NULL REFERENCES cases,
    -- The place among the events of its case. Who adds one says which is the next, and is refused if it is taken.
    number integer NOT NULL CHECK (number > 0),
    step text NOT NULL,
    from_state text,
    to_state text NOT NULL,
    life_id integer NOT NULL REFERENCES case_life,
    at timestamptz NOT NULL,
    person_id integer REFERENCES people,
    happened_on date,
    document_no text CHECK (length(document_no) <= 200),
    document_on date,
    months integer,
    reason text CHECK (length(reason) <= 4000),
    note text CHECK (length(note) <= 4000),
    assignee_id integer REFERENCES people,
    details jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(details) = 'object'),
    previous_hash text NOT NULL CHECK (previous_hash ~ '^[0-9a-f]{64}$'),
    hash text NOT NULL UNIQUE CHECK (hash ~ '^[0-9a-f]{64}$'),
    UNIQUE (case_id, number)
);
-- Where the chain ends. Locked by each event, so that events come one after the other.
CREATE TABLE case_chain (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    sequence bigint NOT NULL,
    hash text NOT NULL
);
INSERT INTO case_chain (sequence, hash) VALUES (0, repeat('0', 64));
