-- How rows come in: from a temporary table "incoming" that has the columns of a version table.

ALTER TABLE batches ADD COLUMN retired_at timestamptz;
COMMENT ON COLUMN batches.retired_at IS 'when a later load replaced what this one brought';

-- Stores versions of things. A row that says what is already known is left alone; a row that says otherwise for some
-- days closes what was known for those days and leaves the other days as they were. Returns what was done.
CREATE FUNCTION store_versions(versions text, thing text, batch integer, OUT added bigint, OUT closed bigint,
                               OUT unchanged bigint, OUT outranked bigint)
LANGUAGE plpgsql SET search_path = geoapp, public, pg_temp AS $$
DECLARE
    facts text;
    here text;
    there text;
BEGIN
    SELECT string_agg(format('%I', a.attname), ', ' ORDER BY a.attnum),
           string_agg(format('v.%I', a.attname), ', ' ORDER BY a.attnum),
           string_agg(format('i.%I', a.attname), ', ' ORDER BY a.attnum)
    INTO facts, here, there
    FROM pg_attribute AS a
    WHERE a.attrelid = format('geoapp.%I', versions)::regclass AND a.attnum > 0 AND NOT a.attisdropped
      AND a.attgenerated = '' AND a.attname NOT IN ('id', 'valid', 'recorded', 'batch_id');

    -- A row never speaks over a surer one: it keeps only the days of which no better row speaks. So a new registry does
    -- not close what the board entered, and a demonstration closes nothing but demonstration.
    EXECUTE format(
        'CREATE TEMPORARY TABLE surer ON COMMIT DROP AS
         SELECT i.ctid AS place, range_agg(v.valid) AS valid FROM incoming AS i
         JOIN geoapp.%1$I AS v ON v.%2$I = i.%2$I AND upper_inf(v.recorded) AND v.valid && i.valid
          AND quality_rank(v.quality) < quality_rank(i.quality)
         GROUP BY i.ctid', versions, thing);
    GET DIAGNOSTICS outranked = ROW_COUNT;
    EXECUTE format(
        'WITH hidden AS (
             DELETE FROM incoming AS i USING surer WHERE i.ctid = surer.place RETURNING i.*, surer.valid AS known
         )
         INSERT INTO incoming (valid, %1$s)
         SELECT left_over, %2$s FROM hidden AS i, LATERAL unnest(datemultirange(i.valid) - i.known) AS left_over',
        facts, there);

    EXECUTE format(
        'DELETE FROM incoming AS i USING geoapp.%1$I AS v
         WHERE v.%2$I = i.%2$I AND upper_inf(v.recorded) AND v.valid = i.valid AND (%3$s) IS NOT DISTINCT FROM (%4$s)',
        versions, thing, here, there);
    GET DIAGNOSTICS unchanged = ROW_COUNT;

    EXECUTE format(
        'CREATE TEMPORARY TABLE outdated ON COMMIT DROP AS
         SELECT v.id, span.valid FROM geoapp.%1$I AS v
         JOIN (SELECT %2$I, range_agg(valid) AS valid FROM incoming GROUP BY %2$I) AS span
           ON span.%2$I = v.%2$I AND v.valid && span.valid
         WHERE upper_inf(v.recorded)', versions, thing);
    EXECUTE format(
        'UPDATE geoapp.%I AS v SET recorded = tstzrange(lower(v.recorded), now()) FROM outdated WHERE v.id = outdated.id',
        versions);
    GET DIAGNOSTICS closed = ROW_COUNT;
    EXECUTE format(
        'INSERT INTO geoapp.%1$I (valid, batch_id, %2$s)
         SELECT left_over, v.batch_id, %3$s FROM geoapp.%1$I AS v JOIN outdated ON outdated.id = v.id,
         LATERAL unnest(datemultirange(v.valid) - outdated.valid) AS left_over', versions, facts, here);
    EXECUTE format(
        'INSERT INTO geoapp.%1$I (valid, batch_id, %2$s) SELECT i.valid, $1, %3$s FROM incoming AS i',
        versions, facts, there) USING batch;
    GET DIAGNOSTICS added = ROW_COUNT;
    DROP TABLE incoming, surer, outdated;
END $$;

-- Closes all that a dataset says now; it stays readable for any earlier known_at.
CREATE FUNCTION close_dataset(which text) RETURNS bigint
LANGUAGE plpgsql SET search_path = geoapp, public AS $$
DECLARE
    part text;
    done bigint;
    total bigint := 0;
BEGIN
    FOR part IN
        SELECT c.relname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'recorded'
        WHERE c.relnamespace = 'geoapp'::regnamespace AND c.relkind = 'r' ORDER BY c.relname
    LOOP
        EXECUTE format(
            'UPDATE %I AS t SET recorded = tstzrange(lower(t.recorded), now()) FROM batches AS b
             WHERE b.id = t.batch_id AND b.dataset = $1 AND upper_inf(t.recorded)', part) USING which;
        GET DIAGNOSTICS done = ROW_COUNT;
        total := total + done;
    END LOOP;
    UPDATE batches SET retired_at = now() WHERE dataset = which AND retired_at IS NULL;
    RETURN total;
END $$;
