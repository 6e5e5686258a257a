-- The stamp of the data is renewed once in a transaction: nobody else sees what is between, and thousands of statements
-- by hand would each wait for the trail of all before. A stamp of this very transaction is known by the time and the
-- number of the transaction together; either alone could be those of another one.
CREATE OR REPLACE FUNCTION renew_data_version() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = geoapp, public, pg_temp AS $$
BEGIN
    UPDATE data_version SET stamp = left(md5(gen_random_uuid()::text), 12), changed_at = now()
    WHERE NOT (changed_at = now() AND xmin = pg_current_xact_id()::xid);
    RETURN NULL;
END $$;
