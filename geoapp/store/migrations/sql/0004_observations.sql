-- Figures: what, about what, as of when, how much, by which method, from which source, how sure.

CREATE TABLE observations (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subject_kind text NOT NULL CHECK (subject_kind IN ('province', 'zone', 'park', 'plant')),
    zone_id integer REFERENCES zones,
    park_id integer REFERENCES parks,
    wastewater_plant_id integer REFERENCES wastewater_plants,
    subject_id integer NOT NULL GENERATED ALWAYS AS (coalesce(zone_id, park_id, wastewater_plant_id, 0)) STORED,
    indicator text NOT NULL REFERENCES indicators,
    valid_on date,
    date_precision text NOT NULL CHECK (date_precision IN ('day', 'month', 'quarter', 'year', 'undated')),
    value double precision NOT NULL,
    numerator double precision,
    denominator double precision CHECK (denominator > 0),
    method text,
    other_sources text[] NOT NULL DEFAULT '{}',
    recorded tstzrange NOT NULL DEFAULT tstzrange(now(), NULL) CHECK (NOT lower_inf(recorded)),
    supersedes_id bigint UNIQUE REFERENCES observations,
    quality quality NOT NULL,
    source_id integer NOT NULL REFERENCES sources,
    batch_id integer NOT NULL REFERENCES batches,
    note text,
    FOREIGN KEY (indicator, method) REFERENCES methods,
    CONSTRAINT observations_one_subject CHECK (
        (zone_id IS NOT NULL) = (subject_kind = 'zone')
        AND (park_id IS NOT NULL) = (subject_kind = 'park')
        AND (wastewater_plant_id IS NOT NULL) = (subject_kind = 'plant')),
    CONSTRAINT observations_dated CHECK ((valid_on IS NULL) = (date_precision = 'undated'))
);
COMMENT ON COLUMN observations.valid_on IS 'day as of which the figure is true; null only where the source is undated';
COMMENT ON COLUMN observations.supersedes_id IS 'the observation that this one corrects';

CREATE UNIQUE INDEX observations_one_current
    ON observations (subject_kind, subject_id, indicator, valid_on, method, source_id) NULLS NOT DISTINCT
    WHERE upper_inf(recorded);
CREATE INDEX ON observations (indicator, subject_kind, subject_id, valid_on DESC);
CREATE INDEX ON observations (batch_id);
CREATE TRIGGER keep_history BEFORE UPDATE OR DELETE ON observations FOR EACH ROW EXECUTE FUNCTION keep_history();

-- What the indicator allows: range, kind of subject, and for a share that numerator over denominator is the value.
CREATE FUNCTION check_observation() RETURNS trigger LANGUAGE plpgsql SET search_path = geoapp, public AS $$
DECLARE
    rule indicators;
    share double precision;
BEGIN
    SELECT * INTO rule FROM indicators WHERE code = NEW.indicator;
    IF NEW.value < rule.lower OR NEW.value > rule.upper THEN
        RAISE EXCEPTION '% of % %: % is outside % to %', NEW.indicator, NEW.subject_kind, NEW.subject_id, NEW.value,
            rule.lower, rule.upper USING ERRCODE = 'check_violation', CONSTRAINT = 'observation_in_range';
    END IF;
    IF NEW.subject_kind <> ALL (rule.subject_kinds) THEN
        RAISE EXCEPTION '% is not an indicator of a %', NEW.indicator, NEW.subject_kind
            USING ERRCODE = 'check_violation', CONSTRAINT = 'observation_fits_subject';
    END IF;
    IF rule.is_share AND NEW.numerator IS NOT NULL AND NEW.denominator > 0 THEN
        share := 100 * NEW.numerator / NEW.denominator;
        IF abs(share - NEW.value) > 0.06 THEN
            RAISE EXCEPTION '% of % %: value % but 100 x % / % is %', NEW.indicator, NEW.subject_kind, NEW.subject_id,
                NEW.value, NEW.numerator, NEW.denominator, round(share::numeric, 2)
                USING ERRCODE = 'check_violation', CONSTRAINT = 'observation_adds_up';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER check_observation BEFORE INSERT ON observations FOR EACH ROW EXECUTE FUNCTION check_observation();
