-- The law as data with dates of effect: a change of law is a new row. Rows come from the seeds beside this file.

-- Where a figure or a reading comes from: read in the law; our reading of it; a choice of the product; text not seen.
CREATE DOMAIN clock_mark AS text CHECK (VALUE IN ('law', 'reading', 'own', 'unverified'));

CREATE TABLE clock_thresholds (
    key text NOT NULL,
    valid daterange NOT NULL CHECK (NOT isempty(valid)),
    value integer NOT NULL CHECK (value > 0),
    unit text NOT NULL CHECK (unit IN ('month', 'day', 'working_day')),
    law text NOT NULL,
    law_vi text NOT NULL,
    mark clock_mark NOT NULL,
    name_vi text NOT NULL,
    name_en text NOT NULL,
    PRIMARY KEY (key, valid),
    EXCLUDE USING gist (key WITH =, valid WITH &&)
);
COMMENT ON TABLE clock_thresholds IS 'Periods of the law in months and days, each with the days on which it is in force';

CREATE TABLE clock_laws (
    rule text NOT NULL,
    valid daterange NOT NULL CHECK (NOT isempty(valid)),
    law text NOT NULL,
    law_vi text NOT NULL,
    mark clock_mark NOT NULL,
    PRIMARY KEY (rule, valid),
    EXCLUDE USING gist (rule WITH =, valid WITH &&)
);
COMMENT ON TABLE clock_laws IS 'Legal basis of the rows of the decision table and of the duties';

CREATE TABLE clock_recovery_steps (
    step integer NOT NULL,
    valid daterange NOT NULL CHECK (NOT isempty(valid)),
    days integer CHECK (days > 0),
    unit text NOT NULL CHECK (unit IN ('day', 'working_day')),
    law text NOT NULL,
    law_vi text NOT NULL,
    mark clock_mark NOT NULL,
    name_vi text NOT NULL,
    name_en text NOT NULL,
    PRIMARY KEY (step, valid),
    EXCLUDE USING gist (step WITH =, valid WITH &&)
);
COMMENT ON TABLE clock_recovery_steps IS 'Steps of recovery for a violation; no days: the text that sets them was not found';

-- What the law leaves open. A reading with one allowed value is built in; the others are switches.
CREATE TABLE clock_readings (
    key text PRIMARY KEY,
    number integer,
    value text NOT NULL,
    allowed text[] NOT NULL,
    mark clock_mark NOT NULL,
    name_vi text NOT NULL,
    name_en text NOT NULL,
    taken_vi text NOT NULL,
    taken_en text NOT NULL,
    CHECK (value = ANY (allowed))
);
COMMENT ON TABLE clock_readings IS 'Readings and choices that are not law, each with the label that is shown with it';

CREATE TABLE clock_warning_days (
    deadline text NOT NULL CHECK (deadline IN ('d12', 'progress_end', 'd24', 'extension')),
    days integer NOT NULL CHECK (days > 0),
    PRIMARY KEY (deadline, days)
);
COMMENT ON TABLE clock_warning_days IS 'How many days before a deadline it is told: a choice of the product';

CREATE TABLE days_off (
    day date PRIMARY KEY,
    name text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('fixed', 'tet', 'hung_kings', 'national_2', 'in_lieu', 'culture', 'swap')),
    sure text NOT NULL CHECK (sure IN ('yes', 'reported', 'guess'))
);
COMMENT ON TABLE days_off IS 'Days off of the civil service beside Saturdays and Sundays; see data/reference/holidays.json';

-- Every change of these tables is a change of what pages show.
DO $$
DECLARE
    part text;
BEGIN
    FOREACH part IN ARRAY ARRAY['clock_thresholds', 'clock_laws', 'clock_recovery_steps', 'clock_readings',
                                'clock_warning_days', 'days_off'] LOOP
        EXECUTE format('GRANT SELECT ON %I TO geoapp_map', part);
    END LOOP;
END $$;
