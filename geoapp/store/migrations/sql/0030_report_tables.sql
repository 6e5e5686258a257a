-- Reports of a period and their life: versions, what they say, texts, comments, files, templates, events in a chain.
-- Every table is only added to; what a version says is closed for additions when it is approved, everything when it is signed.

-- Word templates that the office edits. All that were ever used stay, because a report is made again with its own.
CREATE TABLE report_templates (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL CHECK (btrim(name) <> '' AND length(name) <= 200),
    language text NOT NULL CHECK (language IN ('vi', 'en')),
    body bytea NOT NULL,
    sha256 text NOT NULL UNIQUE CHECK (sha256 = encode(sha256(body), 'hex')),
    -- The one that comes with the program.
    is_builtin boolean NOT NULL DEFAULT false,
    added_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    added_by integer REFERENCES people
);
-- Which template new reports of a language take: the last row says; none at all means the one of the program.
CREATE TABLE report_template_choices (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    template_id integer NOT NULL REFERENCES report_templates,
    chosen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    chosen_by integer REFERENCES people
);

CREATE TABLE reports (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('month', 'quarter', 'year')),
    first date NOT NULL,
    last date NOT NULL,
    UNIQUE (kind, first),
    CHECK (first = date_trunc(kind, first::timestamp)::date
           AND last = (first + (CASE kind WHEN 'month' THEN interval '1 month' WHEN 'quarter' THEN interval '3 months'
                                ELSE interval '1 year' END) - interval '1 day')::date)
);
CREATE TABLE report_versions (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    report_id integer NOT NULL REFERENCES reports,
    number integer NOT NULL CHECK (number > 0),
    language text NOT NULL CHECK (language IN ('vi', 'en')),
    -- The version before, which this one corrects.
    replaces integer REFERENCES report_versions,
    made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    made_by integer REFERENCES people,

    -- Kept in step with report_events by its trigger, by nothing else.
    state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'comment', 'approved', 'signed')),
    last_number integer NOT NULL DEFAULT 0,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    document_no text,
    signed_on date,
    signer text,
    UNIQUE (report_id, number),
    CHECK ((state = 'signed') = (num_nonnulls(document_no, signed_on, signer) = 3))
);
CREATE INDEX ON report_versions (replaces);

-- What a version says: the last revision counts. The very text that the hash is of.
CREATE TABLE report_contents (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version_id integer NOT NULL REFERENCES report_versions,
    revision integer NOT NULL CHECK (revision > 0),
    as_of date NOT NULL,
    known_at timestamptz NOT NULL,
    template_id integer NOT NULL REFERENCES report_templates,
    content text NOT NULL,
    -- The same without the annexes that name land with signs of slow use, for those who may not read cases.
    open_content text NOT NULL,
    sha256 text NOT NULL CHECK (sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    person_id integer REFERENCES people,
    UNIQUE (version_id, revision)
);
-- Blocks of text that people write: every revision stays, the last one counts.
CREATE TABLE report_texts (
    version_id integer NOT NULL REFERENCES report_versions,
    block text NOT NULL CHECK (block ~ '^[A-Za-z0-9_.-]{1,80}$'),
    revision integer NOT NULL CHECK (revision > 0),
    body text NOT NULL CHECK (length(body) <= 20000),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    person_id integer REFERENCES people,
    PRIMARY KEY (version_id, block, revision)
);
CREATE TABLE report_comments (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version_id integer NOT NULL REFERENCES report_versions,
    -- The section that is meant.
    place text NOT NULL CHECK (length(place) BETWEEN 1 AND 80),
    body text NOT NULL CHECK (length(body) <= 4000),
    -- The comment that this one settles; its words may then be left out.
    settles integer UNIQUE REFERENCES report_comments,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    person_id integer REFERENCES people,
    CHECK (settles IS NOT NULL OR btrim(body) <> '')
);
CREATE INDEX ON report_comments (version_id);
-- Files of a version. made_of: hash of all that they were made of; files of what was changed meanwhile are not current.
-- address: where references lead, which stands in the files; program: what made them. Both are needed to make them again.
CREATE TABLE report_files (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version_id integer NOT NULL REFERENCES report_versions,
    kind text NOT NULL CHECK (kind IN ('docx', 'pdf', 'xlsx')),
    made_of text NOT NULL CHECK (made_of ~ '^[0-9a-f]{64}$'),
    address text NOT NULL CHECK (length(address) <= 500),
    program text NOT NULL CHECK (length(program) <= 100),
    body bytea NOT NULL,
    sha256 text NOT NULL CHECK (sha256 = encode(sha256(body), 'hex')),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    person_id integer REFERENCES people,
    UNIQUE (version_id, made_of, kind)
);
-- The paper with signature and seal, as a PDF: kept beside the report that it is of.
CREATE TABLE report_signed_papers (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version_id integer NOT NULL REFERENCES report_versions,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    body bytea NOT NULL,
    sha256 text NOT NULL CHECK (sha256 = encode(sha256(body), 'hex')),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    person_id integer REFERENCES people,
    UNIQUE (version_id, sha256)
);

-- The life: which step leads from which state to which, and who may take it. 'operator': also a command, without a person.
CREATE TABLE report_life (
    step text NOT NULL,
    from_state text,
    to_state text NOT NULL,
    permission text NOT NULL,
    by_operator boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX ON report_life (step, (coalesce(from_state, '')));
INSERT INTO report_life (step, from_state, to_state, permission, by_operator) VALUES
    ('make', NULL, 'draft', 'report_write', true),
    ('refresh', 'draft', 'draft', 'report_write', true),
    ('refresh', 'comment', 'comment', 'report_write', true),
    ('submit', 'draft', 'comment', 'report_write', false),
    ('withdraw', 'comment', 'draft', 'report_write', false),
    ('approve', 'comment', 'approved', 'report_approve', false),
    ('return', 'approved', 'draft', 'report_approve', false),
    ('sign', 'approved', 'signed', 'report_approve', false),
    ('attach', 'signed', 'signed', 'report_approve', false);

CREATE TABLE report_events (
    -- The place in the one chain of all events.
    sequence bigint PRIMARY KEY,
    version_id integer NOT NULL REFERENCES report_versions,
    -- The place among the events of its version. Who adds one says which is the next, and is refused if it is taken.
    number integer NOT NULL CHECK (number > 0),
    step text NOT NULL,
    from_state text,
    to_state text NOT NULL,
    at timestamptz NOT NULL,
    person_id integer REFERENCES people,
    document_no text CHECK (length(document_no) <= 200),
    signed_on date,
    signer text CHECK (length(signer) <= 200),
    note text CHECK (length(note) <= 4000),
    -- What the version says at that moment, by hashes.
    seal jsonb NOT NULL CHECK (jsonb_typeof(seal) = 'object'),
    previous_hash text NOT NULL CHECK (previous_hash ~ '^[0-9a-f]{64}$'),
    hash text NOT NULL UNIQUE CHECK (hash ~ '^[0-9a-f]{64}$'),
    UNIQUE (version_id, number)
);
CREATE TABLE report_chain (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    sequence bigint NOT NULL,
    hash text NOT NULL
);
INSERT INTO report_chain (sequence, hash) VALUES (0, repeat('0', 64));
