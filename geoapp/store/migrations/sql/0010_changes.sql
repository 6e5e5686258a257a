-- Comparing two moments. Of all versions only those with a bound between the moments can differ; sums of plots at any
-- moment come from a table that grows with the days on which something changed, not with the plots.

-- Of plots there are many: what is asked of every candidate stands in the index, so that only those are looked up that
-- touch the figure.
CREATE INDEX plot_versions_begins ON plot_versions (lower(valid))
    INCLUDE (valid, recorded, id, plot_id, use_code, state, area_ha, quality, approximate);
CREATE INDEX plot_versions_ends ON plot_versions (upper(valid))
    INCLUDE (valid, recorded, id, plot_id, use_code, state, area_ha, quality, approximate);
CREATE INDEX ON plot_versions (lower(recorded));
CREATE INDEX ON plot_versions (upper(recorded));
DO $$
DECLARE
    versions text;
    clock text;
BEGIN
    FOREACH versions IN ARRAY ARRAY['clearance_area_versions', 'infrastructure_item_versions',
                                    'wastewater_plant_versions'] LOOP
        FOREACH clock IN ARRAY ARRAY['valid', 'recorded'] LOOP
            EXECUTE format('CREATE INDEX ON %I (lower(%I))', versions, clock);
            EXECUTE format('CREATE INDEX ON %I (upper(%I))', versions, clock);
        END LOOP;
    END LOOP;
END $$;

-- A version counts from the lower to the upper bound of both clocks. So it is entered at its four corners: plus where
-- both begin or both end, minus where one begins and the other ends. The sum at a moment is the sum of all corners
-- that are not later: docs/changes.md has the picture.
CREATE TABLE plot_sums (
    park_id integer NOT NULL REFERENCES parks,
    use_code text NOT NULL,
    state text NOT NULL,
    quality text NOT NULL,
    valid_bound date NOT NULL,
    recorded_bound timestamptz NOT NULL,
    plots bigint NOT NULL,
    area_ha numeric NOT NULL,
    PRIMARY KEY (park_id, use_code, state, quality, valid_bound, recorded_bound)
);
COMMENT ON TABLE plot_sums IS 'Plots and their hectares at the corners of their versions; kept by a trigger, never by hand';

-- Hectares to the square metre, so that sums are exact.
CREATE VIEW plot_measures AS
SELECT v.id, v.plot_id, p.park_id, p.code, v.block, v.use_code, v.state, round(v.area_ha::numeric, 4) AS area_ha,
       v.valid, v.recorded, v.quality::text AS quality
FROM plot_versions AS v JOIN plots AS p ON p.id = v.plot_id;

CREATE FUNCTION enter_plot_sums() RETURNS trigger LANGUAGE plpgsql SET search_path = geoapp, public AS $$
BEGIN
    -- A row that is closed was entered when it came; what is new is the end of its knowledge.
    INSERT INTO plot_sums AS known (park_id, use_code, state, quality, valid_bound, recorded_bound, plots, area_ha)
    SELECT m.park_id, m.use_code, m.state, m.quality, bound.day, clock.moment, sum(bound.sign * clock.sign),
           sum(bound.sign * clock.sign * m.area_ha)
    FROM changed JOIN plot_measures AS m ON m.id = changed.id,
         LATERAL (VALUES (coalesce(lower(m.valid), '-infinity'), 1), (upper(m.valid), -1)) AS bound (day, sign),
         LATERAL (VALUES (lower(m.recorded), 1), (upper(m.recorded), -1)) AS clock (moment, sign)
    WHERE bound.day IS NOT NULL AND clock.moment IS NOT NULL AND (TG_OP = 'INSERT' OR clock.sign = -1)
    GROUP BY m.park_id, m.use_code, m.state, m.quality, bound.day, clock.moment
    ON CONFLICT (park_id, use_code, state, quality, valid_bound, recorded_bound)
    DO UPDATE SET plots = known.plots + excluded.plots, area_ha = known.area_ha + excluded.area_ha;
    RETURN NULL;
END $$;
CREATE TRIGGER enter_plot_sums_of_new AFTER INSERT ON plot_versions
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION enter_plot_sums();
CREATE TRIGGER enter_plot_sums_of_closed AFTER UPDATE ON plot_versions
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION enter_plot_sums();

-- What is stored already.
INSERT INTO plot_sums (park_id, use_code, state, quality, valid_bound, recorded_bound, plots, area_ha)
SELECT m.park_id, m.use_code, m.state, m.quality, bound.day, clock.moment, sum(bound.sign * clock.sign),
       sum(bound.sign * clock.sign * m.area_ha)
FROM plot_measures AS m,
     LATERAL (VALUES (coalesce(lower(m.valid), '-infinity'), 1), (upper(m.valid), -1)) AS bound (day, sign),
     LATERAL (VALUES (lower(m.recorded), 1), (upper(m.recorded), -1)) AS clock (moment, sign)
WHERE bound.day IS NOT NULL AND clock.moment IS NOT NULL
GROUP BY m.park_id, m.use_code, m.state, m.quality, bound.day, clock.moment;

-- Plots and hectares by park, use and state as of a day and as known at a moment.
CREATE FUNCTION plot_sums_at(as_of date, known_at timestamptz)
RETURNS TABLE (park_id integer, use_code text, state text, quality text, plots bigint, area_ha numeric)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT s.park_id, s.use_code, s.state, s.quality, sum(s.plots)::bigint, sum(s.area_ha)
    FROM plot_sums AS s
    WHERE s.valid_bound <= plot_sums_at.as_of AND s.recorded_bound <= plot_sums_at.known_at
    GROUP BY s.park_id, s.use_code, s.state, s.quality
    HAVING sum(s.plots) <> 0;
END;

CALL watch_table('plot_sums');
GRANT SELECT ON plot_sums, plot_measures TO geoapp_map;
