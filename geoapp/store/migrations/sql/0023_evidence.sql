-- What inspectors send from the field: land that is flagged by hand, and photos with what they say of themselves.
--
-- A report is announced with all of its photos by hash and size, then each photo comes in, in pieces if need be, and only
-- when all are there the report counts as sent. The bytes lie in a folder by their hash, never in the database.
CREATE TABLE field_reports (
    -- Made by the device: what is sent twice is stored once.
    id uuid PRIMARY KEY,
    park_id integer NOT NULL REFERENCES parks,
    person_id integer NOT NULL REFERENCES people,
    reason text NOT NULL CHECK (reason IN ('unused', 'stopped', 'other_use', 'encroached', 'dumping', 'other')),
    note text NOT NULL DEFAULT '' CHECK (length(note) <= 2000),
    observed_on date NOT NULL,
    -- What was drawn on the map; null where plots were picked only.
    geom geometry(Geometry, 4326) CHECK (
        ST_IsValid(geom) AND NOT ST_IsEmpty(geom) AND GeometryType(geom) IN ('POINT', 'POLYGON')),
    -- Digest of what was announced: the same id with other words is another report, and refused.
    announced_sha256 text NOT NULL CHECK (announced_sha256 ~ '^[0-9a-f]{64}$'),
    announced_at timestamptz NOT NULL DEFAULT now(),
    -- When the last announced photo was there and the receipt was given.
    sent_at timestamptz,
    receipt_sha256 text CHECK (receipt_sha256 ~ '^[0-9a-f]{64}$'),
    -- The case that it opened.
    case_id integer UNIQUE REFERENCES cases,
    CHECK ((sent_at IS NULL) = (receipt_sha256 IS NULL) AND (sent_at IS NULL) = (case_id IS NULL)),
    CHECK (reason <> 'other' OR btrim(note) <> ''),
    -- A day of the device may be one ahead of the server's where zones differ.
    CHECK (observed_on <= (announced_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date + 1)
);
CREATE INDEX ON field_reports (person_id, announced_at);
CREATE TABLE field_report_plots (
    report_id uuid NOT NULL REFERENCES field_reports,
    plot_id integer NOT NULL REFERENCES plots,
    PRIMARY KEY (report_id, plot_id)
);
CREATE TABLE field_photos (
    report_id uuid NOT NULL REFERENCES field_reports,
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    ordinal integer NOT NULL CHECK (ordinal BETWEEN 1 AND 100),
    bytes bigint NOT NULL CHECK (bytes > 0),
    name text NOT NULL CHECK (length(name) <= 120),
    -- Where and when the device says it was when the photo was added: beside the photo, not in it, so it proves less.
    device_geom geometry(Point, 4326),
    device_accuracy_m real CHECK (device_accuracy_m >= 0),
    device_at timestamptz,
    -- What the photo itself says, once all of its bytes are here.
    arrived_at timestamptz,
    media_type text CHECK (media_type IN ('image/jpeg', 'image/png', 'image/webp')),
    width integer CHECK (width > 0),
    height integer CHECK (height > 0),
    taken_at timestamptz,
    -- Whether the photo names its time zone; without one, that of Viet Nam is taken.
    taken_zone_known boolean,
    geom geometry(Point, 4326),
    accuracy_m real CHECK (accuracy_m >= 0),
    heading_deg real CHECK (heading_deg >= 0 AND heading_deg < 360),
    heading_magnetic boolean,
    camera text CHECK (length(camera) <= 120),
    PRIMARY KEY (report_id, sha256),
    UNIQUE (report_id, ordinal),
    CHECK ((arrived_at IS NULL) = (media_type IS NULL))
);
CREATE INDEX ON field_photos (sha256);

-- How far a heading is off the direction in which something is seen from a place, in degrees: 0 when it lies on the line
-- of sight (within 5 km) or the place is on it. The end of what is seen is always at a corner of its outline.
CREATE FUNCTION heading_off(place geometry, heading double precision, seen geometry) RETURNS double precision
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE
    WHEN place IS NULL OR heading IS NULL OR seen IS NULL THEN NULL
    WHEN ST_Intersects(place, seen) THEN 0
    WHEN ST_Intersects(seen, ST_MakeLine(place, ST_Project(place::geography, 5000, radians(heading))::geometry)) THEN 0
    ELSE (SELECT min(least(apart.deg, 360 - apart.deg))
          FROM ST_DumpPoints(seen) AS corner,
               LATERAL (SELECT abs(degrees(ST_Azimuth(place::geography, corner.geom::geography)) - heading) AS deg) AS apart)
END;

-- Rows are never deleted, and only what was not known yet is filled in.
CREATE FUNCTION fill_in_only() RETURNS trigger LANGUAGE plpgsql SET search_path = geoapp, public AS $$
DECLARE
    one record;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'rows of % are never deleted', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    FOR one IN SELECT key FROM jsonb_each(to_jsonb(OLD)) AS before JOIN jsonb_each(to_jsonb(NEW)) AS after USING (key)
               WHERE before.value <> 'null' AND before.value <> after.value LOOP
        RAISE EXCEPTION '% of % is known already and stays as it is', one.key, TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END LOOP;
    RETURN NEW;
END $$;
CREATE TRIGGER fill_in_only BEFORE UPDATE OR DELETE ON field_reports FOR EACH ROW EXECUTE FUNCTION fill_in_only();
CREATE TRIGGER fill_in_only BEFORE UPDATE OR DELETE ON field_report_plots FOR EACH ROW EXECUTE FUNCTION fill_in_only();
CREATE TRIGGER fill_in_only BEFORE UPDATE OR DELETE ON field_photos FOR EACH ROW EXECUTE FUNCTION fill_in_only();

-- A report is sent only when every photo that was announced is here; the database itself holds to that.
CREATE FUNCTION check_all_arrived() RETURNS trigger LANGUAGE plpgsql SET search_path = geoapp, public AS $$
BEGIN
    IF EXISTS (SELECT FROM field_photos WHERE report_id = NEW.id AND arrived_at IS NULL) THEN
        RAISE EXCEPTION 'photos of report % are missing', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER all_arrived BEFORE UPDATE OF sent_at ON field_reports FOR EACH ROW WHEN (NEW.sent_at IS NOT NULL)
    EXECUTE FUNCTION check_all_arrived();
-- And no photo is added to what was sent.
CREATE FUNCTION check_open_report() RETURNS trigger LANGUAGE plpgsql SET search_path = geoapp, public AS $$
BEGIN
    IF EXISTS (SELECT FROM field_reports WHERE id = NEW.report_id AND sent_at IS NOT NULL) THEN
        RAISE EXCEPTION 'report % was sent already', NEW.report_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER open_report BEFORE INSERT ON field_photos FOR EACH ROW EXECUTE FUNCTION check_open_report();
CREATE TRIGGER open_report BEFORE INSERT ON field_report_plots FOR EACH ROW EXECUTE FUNCTION check_open_report();

CALL make_confidential('field_reports');
CALL make_confidential('field_report_plots');
CALL make_confidential('field_photos');
GRANT SELECT, INSERT ON field_reports, field_report_plots, field_photos TO geoapp_staff;
GRANT UPDATE (sent_at, receipt_sha256, case_id) ON field_reports TO geoapp_staff;
GRANT UPDATE (arrived_at, media_type, width, height, taken_at, taken_zone_known, geom, accuracy_m, heading_deg,
              heading_magnetic, camera) ON field_photos TO geoapp_staff;
CREATE POLICY read ON field_reports FOR SELECT TO geoapp_staff
    USING ((SELECT acting_may('case_read'))
           AND ((SELECT sees_all_parks()) OR park_id = ANY ((SELECT acting_parks())::integer[])));
CREATE POLICY announced ON field_reports FOR INSERT TO geoapp_staff
    WITH CHECK ((SELECT acting_may('case_flag')) AND person_id = (SELECT acting_person())
                AND ((SELECT sees_all_parks()) OR park_id = ANY ((SELECT acting_parks())::integer[])));
CREATE POLICY sent ON field_reports FOR UPDATE TO geoapp_staff
    USING ((SELECT acting_may('case_flag')) AND person_id = (SELECT acting_person())
           AND ((SELECT sees_all_parks()) OR park_id = ANY ((SELECT acting_parks())::integer[])));
-- What belongs to a report is seen by those who see the report, and added by who made it.
CREATE POLICY read ON field_report_plots FOR SELECT TO geoapp_staff
    USING (EXISTS (SELECT FROM field_reports WHERE id = report_id));
CREATE POLICY announced ON field_report_plots FOR INSERT TO geoapp_staff
    WITH CHECK (EXISTS (SELECT FROM field_reports WHERE id = report_id AND person_id = (SELECT acting_person())));
CREATE POLICY read ON field_photos FOR SELECT TO geoapp_staff USING (EXISTS (SELECT FROM field_reports WHERE id = report_id));
CREATE POLICY announced ON field_photos FOR INSERT TO geoapp_staff
    WITH CHECK (EXISTS (SELECT FROM field_reports WHERE id = report_id AND person_id = (SELECT acting_person())));
CREATE POLICY arrived ON field_photos FOR UPDATE TO geoapp_staff
    USING (EXISTS (SELECT FROM field_reports WHERE id = report_id AND person_id = (SELECT acting_person())));
