-- The version of the data: a stamp that is new with every statement that changes them. It is set in the transaction of the
-- change, so whoever sees the new rows sees the new stamp, and nobody else does. It is drawn, not counted: after a restore
-- the same number would stand for other data.

CREATE TABLE data_version (
    the_one boolean PRIMARY KEY DEFAULT true CHECK (the_one),
    stamp text NOT NULL,
    changed_at timestamptz NOT NULL
);
COMMENT ON TABLE data_version IS 'What caches are held against';
INSERT INTO data_version (stamp, changed_at) VALUES (left(md5(gen_random_uuid()::text), 12), now());

CREATE FUNCTION renew_data_version() RETURNS trigger LANGUAGE plpgsql SET search_path = geoapp, public AS $$
BEGIN
    UPDATE data_version SET stamp = left(md5(gen_random_uuid()::text), 12), changed_at = now();
    RETURN NULL;
END $$;

-- Every table whose rows are shown calls it; a table made later by a migration of its own.
CREATE PROCEDURE watch_table(tab text) LANGUAGE plpgsql SET search_path = geoapp, public AS $$
BEGIN
    EXECUTE format(
        'CREATE TRIGGER renew_data_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I
         FOR EACH STATEMENT EXECUTE FUNCTION renew_data_version()', tab);
END $$;

DO $$
DECLARE
    tab text;
BEGIN
    FOR tab IN SELECT relname FROM pg_class WHERE relnamespace = 'geoapp'::regnamespace AND relkind = 'r'
               AND relname NOT IN ('alembic_version', 'data_version') ORDER BY relname LOOP
        CALL watch_table(tab);
    END LOOP;
END $$;

GRANT SELECT ON data_version TO geoapp_map;
