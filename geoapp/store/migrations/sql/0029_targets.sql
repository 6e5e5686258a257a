-- Targets with dates of effect, the parks they name, what departments report, and who reports it. A later decision is a
-- new version from its day on; the old value stays for the days before.

CREATE TABLE reported_indicators (
    code text PRIMARY KEY,
    ordinal integer NOT NULL,
    unit text NOT NULL,
    -- sum: months add up to the year; last: the newest month stands for the year; mean: the months are averaged; share:
    -- numerators and denominators are added up.
    accumulates text NOT NULL CHECK (accumulates IN ('sum', 'last', 'mean', 'share')),
    -- A share is entered as numerator and denominator, in the unit of its parts.
    is_share boolean NOT NULL,
    takes_parks boolean NOT NULL,
    decimals integer NOT NULL CHECK (decimals BETWEEN 0 AND 4),
    -- More than so many times the month before, or less than one so-manieth of it, needs a remark.
    jump_factor double precision NOT NULL CHECK (jump_factor > 1),
    -- The indicator of the observations under which others publish the same.
    published_as text REFERENCES indicators,
    name_vi text NOT NULL,
    name_en text NOT NULL,
    numerator_vi text,
    numerator_en text,
    denominator_vi text,
    denominator_en text,
    part_unit text,
    definition_vi text NOT NULL,
    definition_en text NOT NULL,
    CHECK (is_share = (num_nonnulls(numerator_vi, numerator_en, denominator_vi, denominator_en, part_unit) = 5)
           AND (is_share OR num_nonnulls(numerator_vi, numerator_en, denominator_vi, denominator_en, part_unit) = 0))
);
COMMENT ON TABLE reported_indicators IS 'What departments report each month';

INSERT INTO choices VALUES
    ('figures_due_day', 10, 'day', 'Hạn gửi số liệu tháng: trước ngày này của tháng sau (kế hoạch không nêu ngày)',
     'Monthly figures are due before this day of the month after (the plan names no day)'),
    ('gap_until_year', 2030, 'year', 'Năm cuối để tính diện tích đất sạch cần mỗi quý (kế hoạch không nêu năm)',
     'Last year of the reckoning of clean land needed each quarter (the plan names no year)');

CREATE TABLE targets (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE CHECK (code ~ '^[A-Z]+-[0-9]{2}(-[A-Z]+)?$')
);
CREATE TABLE target_versions (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    target_id integer NOT NULL REFERENCES targets,
    ordinal integer NOT NULL,
    name_vi text NOT NULL,
    name_en text NOT NULL,
    value double precision NOT NULL,
    unit text NOT NULL,
    direction text NOT NULL CHECK (direction IN ('at_least', 'equal')),
    -- The document says "khoảng" (about), or a value without "from ... on".
    wording text NOT NULL CHECK (wording IN ('at_least', 'from', 'about', 'bare', 'range_low', 'range_high')),
    -- The days in which it is to be reached, as the document says; empty: it does not say.
    period_from date,
    period_to date,
    -- The days as we read them where the document is silent; never taken for what it says.
    reading_from date,
    reading_to date,
    reading_vi text,
    reading_en text,
    section text NOT NULL,
    department text,
    department_basis text CHECK (department_basis IN ('stated', 'reading')),
    measure text NOT NULL CHECK (measure IN ('occupancy', 'occupancy_new', 'parks_helped', 'new_parks_standard',
                                             'parks_standard', 'reported', 'not_measured')),
    indicator text REFERENCES reported_indicators,
    scope_vi text,
    scope_en text,
    CHECK ((indicator IS NOT NULL) = (measure = 'reported')),
    CHECK ((department IS NULL) = (department_basis IS NULL)),
    CHECK ((period_from IS NULL) = (period_to IS NULL) AND period_to >= period_from),
    CHECK ((reading_from IS NULL) = (reading_to IS NULL) AND reading_to >= reading_from),
    CHECK (num_nonnulls(reading_from, reading_vi, reading_en) IN (0, 3)),
    CHECK (period_from IS NULL OR reading_from IS NULL)
);
CALL add_history('target_versions', 'target_id');
CREATE TABLE target_parks (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    target_id integer NOT NULL REFERENCES targets,
    park_id integer NOT NULL REFERENCES parks,
    UNIQUE (target_id, park_id)
);
CREATE TABLE target_park_versions (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    target_park_id integer NOT NULL REFERENCES target_parks,
    named_as text NOT NULL
);
CALL add_history('target_park_versions', 'target_park_id');
COMMENT ON TABLE target_parks IS 'Parks that a target names; of an open list those that are named';

-- Which department reports an indicator, from which day on.
CREATE TABLE figure_duties (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    indicator text NOT NULL UNIQUE REFERENCES reported_indicators
);
CREATE TABLE figure_duty_versions (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    figure_duty_id integer NOT NULL REFERENCES figure_duties,
    department text,
    department_basis text CHECK (department_basis IN ('stated', 'reading')),
    CHECK ((department IS NULL) = (department_basis IS NULL))
);
CALL add_history('figure_duty_versions', 'figure_duty_id');
