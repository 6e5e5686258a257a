-- Vector tiles with all their days, made ahead by a worker. A tile that is here shows the data as they are: whatever changes
-- what it shows takes it away, in the transaction of the change. Nothing is lost with them: an UNLOGGED table is empty
-- after a crash, and its tiles are made again.

CREATE UNLOGGED TABLE kept_tiles (
    drawing text NOT NULL,
    z smallint NOT NULL,
    x integer NOT NULL,
    y integer NOT NULL,
    level text NOT NULL,
    place geometry(Polygon, 3857) NOT NULL,
    newest_from integer,
    newest_features integer,
    newest bytea,
    body bytea,
    edges bytea,
    since bytea,
    until bytea,
    PRIMARY KEY (drawing, z, x, y)
);
COMMENT ON TABLE kept_tiles IS 'Vector tiles with all their days, made ahead; what changes what they show deletes them';
COMMENT ON COLUMN kept_tiles.drawing IS 'digest of the statement that draws the tile and of what is bound in it';
COMMENT ON COLUMN kept_tiles.level IS 'name of the layer in the tile: features, or a coarser level';
COMMENT ON COLUMN kept_tiles.place IS 'what the tile covers, with its margin';
COMMENT ON COLUMN kept_tiles.newest_from IS
    'the day, in days since 1970-01-01, from which on the tile is "newest"; null: all days together are too much to keep';
COMMENT ON COLUMN kept_tiles.body IS 'all features of all days; edges, since and until say where they lie in it and when they hold';
-- They are small already, or needed as they are: no time is spent on packing.
ALTER TABLE kept_tiles ALTER newest SET STORAGE EXTERNAL, ALTER body SET STORAGE EXTERNAL, ALTER edges SET STORAGE EXTERNAL,
                       ALTER since SET STORAGE EXTERNAL, ALTER until SET STORAGE EXTERNAL;
CREATE INDEX kept_tiles_place ON kept_tiles USING gist (place) WHERE level = 'features';
GRANT SELECT ON kept_tiles TO geoapp_map;

-- Which kept tiles a change of a table may touch. Tables that no such tile shows are named, so that a new one takes all
-- tiles away until it is named here; a test holds that against what the statements of the tiles read. Plots take away
-- only those where they lie; see stale_tiles().
--
-- The order matters: the stamp first, then the tiles. Who keeps a tile holds the row of the stamp (FOR SHARE) and sees that
-- it is the one the tile was made at. So either he is done before the stamp is renewed, and his tile is seen and deleted
-- here, or he waits for the end of this transaction and finds another stamp.
CREATE OR REPLACE FUNCTION renew_data_version() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = geoapp, public, pg_temp AS $$
BEGIN
    UPDATE data_version SET stamp = left(md5(gen_random_uuid()::text), 12), changed_at = now()
    WHERE NOT (changed_at = now() AND xmin = pg_current_xact_id()::xid);
    CASE
        WHEN TG_TABLE_NAME IN (
            'batches', 'choices', 'clearance_area_versions', 'clearance_areas', 'clock_laws', 'clock_readings', 'clock_spans',
            'clock_thresholds', 'coast', 'communes', 'days_off', 'discharge_limits', 'discharge_parameters',
            'imagery_scene_versions', 'imagery_scenes', 'indicators', 'infrastructure_item_versions',
            'infrastructure_items', 'land', 'land_events', 'land_portion_versions', 'land_portions', 'methods',
            'observations', 'park_aliases', 'park_communes', 'permit_limit_versions', 'permit_limits', 'plot_sums', 'plot_turns',
            'project_plot_versions', 'project_plots', 'project_versions', 'projects', 'soft_signals', 'sources',
            'target_park_versions', 'target_versions', 'wastewater_norm_versions', 'wastewater_norms',
            'wastewater_plant_versions', 'wastewater_plants', 'wastewater_readings', 'zone_area_versions', 'zone_areas',
            'zone_versions', 'zones') THEN
            NULL;
        WHEN TG_TABLE_NAME = 'plot_versions' THEN
            IF TG_OP = 'TRUNCATE' THEN
                DELETE FROM kept_tiles;
            END IF;
        WHEN TG_TABLE_NAME IN ('plot_groups', 'park_versions', 'park_outline_versions') THEN
            DELETE FROM kept_tiles WHERE level <> 'features';
        WHEN TG_TABLE_NAME IN ('plots', 'parks') AND TG_OP = 'INSERT' THEN
            -- What has just been made has no land yet.
            NULL;
        ELSE
            DELETE FROM kept_tiles;
    END CASE;
    RETURN NULL;
END $$;

-- Tiles of plots go where a plot has lain or lies now. Of very many plots at once the box around them is asked.
CREATE FUNCTION stale_tiles() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = geoapp, public, pg_temp AS $$
BEGIN
    IF (SELECT count(*) FROM (SELECT FROM touched LIMIT 501) AS few) > 500 THEN
        DELETE FROM kept_tiles AS k
        WHERE k.level = 'features' AND k.place && (SELECT ST_SetSRID(ST_Extent(t.geom_3857)::geometry, 3857) FROM touched AS t);
    ELSE
        DELETE FROM kept_tiles AS k USING touched AS t WHERE k.level = 'features' AND k.place && t.geom_3857;
    END IF;
    RETURN NULL;
END $$;
-- Their names come after that of the trigger that renews the stamp: triggers of one kind run in the order of their names.
CREATE TRIGGER stale_tiles_in AFTER INSERT ON plot_versions
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION stale_tiles();
CREATE TRIGGER stale_tiles_before AFTER UPDATE ON plot_versions
    REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION stale_tiles();
CREATE TRIGGER stale_tiles_now AFTER UPDATE ON plot_versions
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION stale_tiles();
CREATE TRIGGER stale_tiles_out AFTER DELETE ON plot_versions
    REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION stale_tiles();
