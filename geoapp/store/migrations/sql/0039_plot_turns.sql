-- The days on which plots became otherwise, as known now: what held before beside what held from then on. A difference
-- over a year reads them once instead of joining the versions that end to those that begin. Made anew for each plot in the
-- transaction of its edit; nobody else writes here.

-- State and use of a plot as one number from 0 to 55, so that "is among those" is a look at one bit. -1: not recorded.
CREATE FUNCTION plot_kind(state text, use_code text) RETURNS smallint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT (array_position(ARRAY['not_cleared', 'cleared', 'available', 'reserved', 'leased', 'building', 'operating',
                                 'shared'], plot_kind.state) * 7
            + array_position(ARRAY['SKK', 'TMD', 'DKV', 'DGT', 'DNL', 'DRA', 'MNC'], plot_kind.use_code) - 8)::smallint;
END;

-- The bits of all given states with all given uses.
CREATE FUNCTION plot_kinds(states text[], uses text[]) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT bit_or(1::bigint << plot_kind(one.state, other.use_code))
    FROM unnest(plot_kinds.states) AS one (state), unnest(plot_kinds.uses) AS other (use_code);
END;

-- What a plot was and became, as one number.
CREATE FUNCTION plot_turn(before_kind integer, after_kind integer) RETURNS smallint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT ((before_kind + 1) * 57 + after_kind + 1)::smallint;
END;

-- All turns with which a plot comes among those of the given states and uses, or leaves them, or begins or ceases to be
-- recorded.
CREATE FUNCTION plot_turns_among(states text[], uses text[]) RETURNS smallint[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    WITH counted AS MATERIALIZED (
        SELECT k.kind, CASE WHEN k.kind >= 0 THEN mine.bits >> k.kind & 1 END AS share
        FROM (SELECT plot_kinds(plot_turns_among.states, plot_turns_among.uses) AS bits OFFSET 0) AS mine,
             generate_series(-1, 55) AS k (kind)
    )
    SELECT array_agg(plot_turn(b.kind, a.kind)) FROM counted AS b, counted AS a
    WHERE b.share IS DISTINCT FROM a.share
$$;

CREATE TABLE plot_turns (
    plot_id integer NOT NULL REFERENCES plots,
    on_day date NOT NULL,
    park_id integer NOT NULL REFERENCES parks,
    code text NOT NULL,
    before_kind smallint NOT NULL,
    before_m2 bigint NOT NULL,
    before_trust smallint NOT NULL,
    after_kind smallint NOT NULL,
    after_m2 bigint NOT NULL,
    after_trust smallint NOT NULL,
    is_other boolean NOT NULL,
    turn smallint NOT NULL GENERATED ALWAYS AS (plot_turn(before_kind, after_kind)) STORED,
    PRIMARY KEY (plot_id, on_day),
    CHECK (before_kind BETWEEN -1 AND 55 AND after_kind BETWEEN -1 AND 55 AND (before_kind >= 0 OR after_kind >= 0))
);
COMMENT ON TABLE plot_turns IS 'Derived from plot_versions as known now: the days on which a plot became otherwise';
COMMENT ON COLUMN plot_turns.before_kind IS 'see plot_kind(); -1 where the plot was not recorded until then: size and trust are 0';
COMMENT ON COLUMN plot_turns.after_kind IS '-1 where the plot is no longer recorded from then on';
COMMENT ON COLUMN plot_turns.before_trust IS 'twice quality_rank(), and one more where it is approximate';
COMMENT ON COLUMN plot_turns.is_other IS 'recorded before and after, with another size, quality or "approximate"';
CREATE INDEX plot_turns_kinds ON plot_turns (turn, on_day)
    INCLUDE (plot_id, park_id, code, before_kind, before_m2, before_trust, after_kind, after_m2, after_trust);
CREATE INDEX plot_turns_others ON plot_turns (on_day) WHERE is_other;

CREATE FUNCTION plot_turns_of(among integer[])
RETURNS TABLE (plot_id integer, on_day date, park_id integer, code text, before_kind smallint, before_m2 bigint,
               before_trust smallint, after_kind smallint, after_m2 bigint, after_trust smallint, is_other boolean)
LANGUAGE sql STABLE SET search_path = geoapp, public AS $$
    WITH known AS MATERIALIZED (
        SELECT v.plot_id, p.park_id, p.code::text AS code, lower(v.valid) AS begins, upper(v.valid) AS ends,
               plot_kind(v.state, v.use_code) AS kind, (round(v.area_ha::numeric, 4) * 10000)::bigint AS m2,
               (quality_rank(v.quality::text) * 2 + v.approximate::integer)::smallint AS trust
        FROM plot_versions AS v JOIN plots AS p ON p.id = v.plot_id
        WHERE upper_inf(v.recorded) AND NOT isempty(v.recorded)
          AND v.plot_id = ANY (plot_turns_of.among)
    ), beside AS (
        SELECT k.*, lag(k.ends) OVER mine AS last_ends, lag(k.kind) OVER mine AS last_kind, lag(k.m2) OVER mine AS last_m2,
               lag(k.trust) OVER mine AS last_trust, lead(k.begins) OVER mine AS next_begins
        FROM known AS k WINDOW mine AS (PARTITION BY k.plot_id ORDER BY k.begins NULLS FIRST)
    )
    SELECT b.plot_id, b.begins, b.park_id, b.code, CASE WHEN follows THEN b.last_kind ELSE -1 END,
           CASE WHEN follows THEN b.last_m2 ELSE 0 END, CASE WHEN follows THEN b.last_trust ELSE 0 END, b.kind, b.m2, b.trust,
           follows AND (b.m2, b.trust) <> (b.last_m2, b.last_trust)
    FROM (SELECT *, coalesce(last_ends = begins, false) AS follows FROM beside) AS b
    WHERE isfinite(b.begins)
    UNION ALL
    SELECT b.plot_id, b.ends, b.park_id, b.code, b.kind, b.m2, b.trust, -1, 0, 0, false
    FROM beside AS b
    WHERE isfinite(b.ends) AND b.next_begins IS DISTINCT FROM b.ends
$$;

CREATE FUNCTION turn_plots() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = geoapp, public, pg_temp AS $$
DECLARE
    among integer[] := ARRAY(SELECT DISTINCT t.plot_id FROM touched AS t);
BEGIN
    IF cardinality(among) > 0 THEN
        DELETE FROM plot_turns AS t WHERE t.plot_id = ANY (among);
        INSERT INTO plot_turns SELECT * FROM plot_turns_of(among);
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION turn_named_plots() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = geoapp, public, pg_temp AS $$
BEGIN
    UPDATE plot_turns AS t SET park_id = n.park_id, code = n.code FROM touched AS n WHERE n.id = t.plot_id;
    RETURN NULL;
END $$;
CREATE FUNCTION forget_plot_turns() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = geoapp, public, pg_temp AS $$
BEGIN
    DELETE FROM plot_turns;
    RETURN NULL;
END $$;
-- After the stamp of the data is renewed, for which two edits at the same time wait for each other: none misses a version.
CREATE TRIGGER turn_plots_in AFTER INSERT ON plot_versions
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION turn_plots();
CREATE TRIGGER turn_plots_now AFTER UPDATE ON plot_versions
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION turn_plots();
CREATE TRIGGER turn_plots_out AFTER DELETE ON plot_versions
    REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION turn_plots();
CREATE TRIGGER turn_plots_none AFTER TRUNCATE ON plot_versions
    FOR EACH STATEMENT EXECUTE FUNCTION forget_plot_turns();
CREATE TRIGGER turn_plots_named AFTER UPDATE ON plots
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION turn_named_plots();

INSERT INTO plot_turns SELECT * FROM plot_turns_of(ARRAY(SELECT id FROM plots));
CALL watch_table('plot_turns');
GRANT SELECT ON plot_turns TO geoapp_map;
