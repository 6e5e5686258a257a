-- How what is kept of the clock is held to what is on record, and the clock that answers from it.

-- What is known since "changed_at" is what was kept.
CREATE TABLE clock_kept (
    the_one boolean PRIMARY KEY DEFAULT true CHECK (the_one),
    changed_at timestamptz NOT NULL
);
COMMENT ON TABLE clock_kept IS 'Since when nothing changed that the kept answers of the clock are made of';
INSERT INTO clock_kept (changed_at) VALUES (now());
-- Projects whose answers have to be made anew before the transaction ends; 0 stands for all. Nobody ever sees rows of another one.
CREATE TABLE clock_stale (project_id integer PRIMARY KEY);
COMMENT ON TABLE clock_stale IS 'Projects that this transaction changed and whose kept answers are not made anew yet; 0: all';
REVOKE ALL ON clock_kept, clock_stale FROM PUBLIC, geoapp_map;
GRANT SELECT ON clock_kept, clock_stale TO geoapp_staff, geoapp_map;

-- Whether the kept answers are what is known at a moment.
CREATE FUNCTION clock_is_kept(known_at timestamptz) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM clock_kept AS k WHERE k.changed_at <= clock_is_kept.known_at)
           AND NOT EXISTS (SELECT FROM clock_stale);
END;

CREATE OR REPLACE FUNCTION clock_at(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, park_id integer, rule text, state text, also text[], missing text[],
               progress_end date, d12 date, d12_shifted date, d12_fm date, d12_fm_shifted date, d24 date, d24_shifted date,
               d24_fm date, d24_fm_shifted date, month13 date, month25 date, extension_end date, effective_end date,
               effective_end_shifted date, termination_end date, days_left integer, due_on date, past_unused jsonb,
               violations jsonb, warnings text[], area_ha double precision, area_in_violation_ha double precision,
               special_regime text, land_basis text, is_begun boolean)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT s.project_id, s.unit, s.park_id, s.rule, s.state, s.also, s.missing, s.progress_end, s.d12, s.d12_shifted,
           s.d12_fm, s.d12_fm_shifted, s.d24, s.d24_shifted, s.d24_fm, s.d24_fm_shifted, s.month13, s.month25,
           s.extension_end, s.effective_end, s.effective_end_shifted, s.termination_end, s.due_on - as_of, s.due_on,
           s.past_unused, s.violations, s.warnings, s.area_ha, s.area_in_violation_ha, s.special_regime, s.land_basis,
           s.is_begun
    FROM clock_spans AS s
    WHERE (SELECT clock_is_kept(known_at)) AND s.valid_from <= as_of AND s.valid_to > as_of
    UNION ALL
    SELECT e.project_id, e.unit, e.park_id, e.rule, e.state, e.also, e.missing, e.progress_end, e.d12, e.d12_shifted,
           e.d12_fm, e.d12_fm_shifted, e.d24, e.d24_shifted, e.d24_fm, e.d24_fm_shifted, e.month13, e.month25,
           e.extension_end, e.effective_end, e.effective_end_shifted, e.termination_end, e.days_left, e.due_on,
           e.past_unused, e.violations, e.warnings, e.area_ha, e.area_in_violation_ha, e.special_regime, e.land_basis,
           e.is_begun
    FROM clock_evaluated_at(as_of, known_at) AS e
    WHERE NOT (SELECT clock_is_kept(known_at))
$$;

-- The last moment at which anything was recorded of some projects; their rows may speak of moments to come.
CREATE FUNCTION clock_recorded(among integer[]) RETURNS timestamptz LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT max(greatest(lower(r.recorded), CASE WHEN upper(r.recorded) < 'infinity' THEN upper(r.recorded) END))
    FROM (
        SELECT v.recorded FROM project_versions AS v WHERE v.project_id = ANY (clock_recorded.among)
        UNION ALL
        SELECT e.recorded FROM land_events AS e WHERE e.project_id = ANY (clock_recorded.among)
        UNION ALL
        SELECT w.recorded FROM land_portions AS p JOIN land_portion_versions AS w ON w.land_portion_id = p.id
        WHERE p.project_id = ANY (clock_recorded.among)
    ) AS r;
END;

-- Makes the answers of some projects anew, of all where "among" is null. One at a time: who comes second sees what the first
-- one stored. Returns: answers kept.
CREATE FUNCTION refresh_clock(among integer[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = geoapp, public, pg_temp SET jit = off AS $$
DECLARE
    wanted integer[];
    part integer[];
    made bigint;
    total bigint := 0;
BEGIN
    PERFORM FROM clock_kept FOR UPDATE;
    wanted := coalesce(among, ARRAY(SELECT id FROM projects ORDER BY id));
    IF among IS NULL THEN
        DELETE FROM clock_spans;
    ELSE
        DELETE FROM clock_spans WHERE project_id = ANY (among);
    END IF;
    FOR start IN 1 .. cardinality(wanted) BY 2000 LOOP
        part := wanted[start : start + 1999];
        INSERT INTO clock_spans SELECT * FROM clock_spans_of(part);
        GET DIAGNOSTICS made = ROW_COUNT;
        total := total + made;
        UPDATE clock_kept SET changed_at = greatest(changed_at, now(), clock_recorded(part));
    END LOOP;
    RETURN total;
END $$;
REVOKE EXECUTE ON FUNCTION refresh_clock(integer[]) FROM PUBLIC;

-- At the end of the transaction: the first of its rows makes all of them anew, the others find nothing left.
CREATE FUNCTION refresh_stale_clock() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = geoapp, public, pg_temp AS $$
DECLARE
    changed integer[];
BEGIN
    IF EXISTS (SELECT FROM clock_stale WHERE project_id = NEW.project_id) THEN
        changed := ARRAY(SELECT project_id FROM clock_stale);
        PERFORM refresh_clock(CASE WHEN NOT 0 = ANY (changed) THEN changed END);
        DELETE FROM clock_stale;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER refresh_clock AFTER INSERT ON clock_stale DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION refresh_stale_clock();

CREATE FUNCTION project_clock_is_stale() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = geoapp, public, pg_temp AS $$
BEGIN
    INSERT INTO clock_stale VALUES (NEW.project_id) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE FUNCTION portion_clock_is_stale() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = geoapp, public, pg_temp AS $$
BEGIN
    INSERT INTO clock_stale SELECT p.project_id FROM land_portions AS p WHERE p.id = NEW.land_portion_id ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE FUNCTION every_clock_is_stale() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = geoapp, public, pg_temp AS $$
BEGIN
    INSERT INTO clock_stale VALUES (0) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER clock_is_stale AFTER INSERT OR UPDATE ON project_versions FOR EACH ROW EXECUTE FUNCTION project_clock_is_stale();
CREATE TRIGGER clock_is_stale AFTER INSERT OR UPDATE ON land_portions FOR EACH ROW EXECUTE FUNCTION project_clock_is_stale();
CREATE TRIGGER clock_is_stale AFTER INSERT OR UPDATE ON land_events FOR EACH ROW EXECUTE FUNCTION project_clock_is_stale();
CREATE TRIGGER clock_is_stale AFTER INSERT OR UPDATE ON land_portion_versions
    FOR EACH ROW EXECUTE FUNCTION portion_clock_is_stale();
DO $$
DECLARE
    part text;
BEGIN
    FOREACH part IN ARRAY ARRAY['clock_thresholds', 'clock_laws', 'clock_readings', 'days_off'] LOOP
        EXECUTE format('CREATE TRIGGER clock_is_stale AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I
                        FOR EACH STATEMENT EXECUTE FUNCTION every_clock_is_stale()', part);
    END LOOP;
    FOREACH part IN ARRAY ARRAY['project_versions', 'land_portions', 'land_portion_versions', 'land_events'] LOOP
        EXECUTE format('CREATE TRIGGER clocks_are_stale AFTER DELETE OR TRUNCATE ON %I
                        FOR EACH STATEMENT EXECUTE FUNCTION every_clock_is_stale()', part);
    END LOOP;
END $$;

SELECT refresh_clock(NULL);
