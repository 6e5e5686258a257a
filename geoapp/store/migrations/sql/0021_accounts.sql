-- Who may do what: people, their parks, what a role may do, and the log of what was done.
--
-- Two more group roles beside geoapp_map. Neither can log in; a connection becomes one of them for one transaction.
--   geoapp_staff  someone who is signed in: reads what is public and, table by table, what is not; the setting
--                 geoapp.person_id says who, and row-level security asks the functions below.
--   geoapp_door   the door itself: passwords, sessions, attempts. Nothing else reads a password.
-- Roles are of the whole server: another database may be made on it at the same moment.
DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['geoapp_staff', 'geoapp_door'] LOOP
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = one) THEN
                EXECUTE format('CREATE ROLE %I NOLOGIN', one);
            END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
        BEGIN
            IF NOT pg_has_role(current_user, one, 'MEMBER') THEN
                EXECUTE format('GRANT %I TO %I', one, current_user);
            END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
    END LOOP;
END $$;
DO $$
BEGIN
    IF NOT pg_has_role('geoapp_staff', 'geoapp_map', 'MEMBER') THEN
        GRANT geoapp_map TO geoapp_staff;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
END $$;
GRANT USAGE ON SCHEMA geoapp TO geoapp_staff, geoapp_door;

CREATE TABLE people (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    login text NOT NULL UNIQUE CHECK (login ~ '^[a-z0-9][a-z0-9._@-]{1,63}$'),
    name text NOT NULL CHECK (btrim(name) <> '' AND length(name) <= 200),
    role text NOT NULL CHECK (role IN ('viewer', 'planner', 'inspector', 'head', 'admin')),
    department text CHECK (length(department) <= 200),
    -- How the provider of single sign-on names this person; both or neither.
    issuer text,
    subject text,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- People are never deleted: cases and the log name them.
    disabled_at timestamptz,
    CHECK ((issuer IS NULL) = (subject IS NULL)),
    UNIQUE (issuer, subject)
);
-- The parks that a person is held to; none at all means all parks.
CREATE TABLE person_parks (
    person_id integer NOT NULL REFERENCES people,
    park_id integer NOT NULL REFERENCES parks,
    PRIMARY KEY (person_id, park_id)
);
-- What a role may do. The same table as geoapp/core/permissions.py; a test holds them to each other.
CREATE TABLE role_permissions (
    role text NOT NULL,
    permission text NOT NULL,
    PRIMARY KEY (role, permission)
);
-- A person without a row enters by single sign-on only.
CREATE TABLE credentials (
    person_id integer PRIMARY KEY REFERENCES people,
    password_hash text NOT NULL CHECK (password_hash LIKE '$argon2id$%'),
    must_change boolean NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now()
);
-- A session is known by the digest of what its cookie holds: who reads this table cannot take one over.
CREATE TABLE sessions (
    token_sha256 text PRIMARY KEY CHECK (token_sha256 ~ '^[0-9a-f]{64}$'),
    person_id integer NOT NULL REFERENCES people,
    began_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON sessions (person_id);
-- Every attempt to sign in, by the name that was typed, whether there is such a person or not.
CREATE TABLE login_attempts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    login text NOT NULL CHECK (length(login) <= 64),
    address text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    succeeded boolean NOT NULL
);
CREATE INDEX ON login_attempts (login, at);
CREATE INDEX ON login_attempts (address, at);

-- What was changed and what was taken out, by whom; nobody in person_id: a visitor, or a command of the operator.
CREATE TABLE audit_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    person_id integer REFERENCES people,
    action text NOT NULL CHECK (action ~ '^[a-z_]+(\.[a-z_]+)*$'),
    subject text NOT NULL,
    details jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(details) = 'object')
);
CREATE INDEX ON audit_log (person_id, at);
COMMENT ON COLUMN audit_log.action IS 'what was done, such as person.added, export.csv, case.confirmed';

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = geoapp, public AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are only added, never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Who acts in this transaction; null where nobody is signed in.
CREATE FUNCTION acting_person() RETURNS integer LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('geoapp.person_id', true), '')::integer;

-- The functions below look into tables that who asks may not read himself.
CREATE FUNCTION acting_role() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = geoapp, pg_temp
AS $$ SELECT role FROM people WHERE id = acting_person() AND disabled_at IS NULL $$;

CREATE FUNCTION acting_may(wanted text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = geoapp, pg_temp
AS $$ SELECT EXISTS (SELECT FROM role_permissions WHERE role = acting_role() AND permission = wanted) $$;

CREATE FUNCTION sees_all_parks() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = geoapp, pg_temp
AS $$ SELECT acting_role() IS NOT NULL AND NOT EXISTS (SELECT FROM person_parks WHERE person_id = acting_person()) $$;

-- The parks that a person is held to; empty for one who sees all, and for nobody.
CREATE FUNCTION acting_parks() RETURNS integer[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = geoapp, pg_temp
AS $$ SELECT coalesce(array_agg(park_id), '{}') FROM person_parks WHERE person_id = acting_person() AND acting_role() IS NOT NULL $$;

-- Whether who acts may see what belongs to a park (null: to none, which only those see who are held to no parks). For a
-- single thing; a policy of a table of many rows asks once and compares:
--     USING ((SELECT sees_all_parks()) OR park_id = ANY ((SELECT acting_parks())::integer[]))
CREATE FUNCTION may_see_park(park_id integer) RETURNS boolean LANGUAGE sql STABLE
RETURN sees_all_parks() OR coalesce(park_id = ANY (acting_parks()), false);

-- A table that visitors must not read: default rights give every new table to geoapp_map. Policies say which rows.
CREATE PROCEDURE make_confidential(tab text) LANGUAGE plpgsql SET search_path = geoapp, public AS $$
BEGIN
    EXECUTE format('REVOKE ALL ON %I FROM PUBLIC, geoapp_map', tab);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tab);
END $$;

CALL make_confidential('people');
CALL make_confidential('person_parks');
CALL make_confidential('role_permissions');
CALL make_confidential('credentials');
CALL make_confidential('sessions');
CALL make_confidential('login_attempts');
CALL make_confidential('audit_log');

GRANT SELECT ON people, person_parks TO geoapp_staff, geoapp_door;
GRANT INSERT, UPDATE ON people TO geoapp_staff;
GRANT INSERT, DELETE ON person_parks TO geoapp_staff;
GRANT UPDATE (issuer, subject) ON people TO geoapp_door;
CREATE POLICY colleagues ON people FOR SELECT TO geoapp_staff USING ((SELECT acting_role()) IS NOT NULL);
CREATE POLICY added ON people FOR INSERT TO geoapp_staff WITH CHECK ((SELECT acting_may('people_manage')));
CREATE POLICY changed ON people FOR UPDATE TO geoapp_staff USING ((SELECT acting_may('people_manage')));
CREATE POLICY door ON people TO geoapp_door USING (true);
CREATE POLICY own ON person_parks FOR SELECT TO geoapp_staff
    USING (person_id = (SELECT acting_person()) OR (SELECT acting_may('people_manage')));
CREATE POLICY managed ON person_parks TO geoapp_staff USING ((SELECT acting_may('people_manage')));
CREATE POLICY door ON person_parks FOR SELECT TO geoapp_door USING (true);

-- Who manages people sets passwords and ends sessions, but reads none.
GRANT SELECT (person_id, must_change, changed_at), INSERT, UPDATE ON credentials TO geoapp_staff;
GRANT SELECT (person_id), DELETE ON sessions TO geoapp_staff;
CREATE POLICY managed ON credentials TO geoapp_staff USING ((SELECT acting_may('people_manage')));
CREATE POLICY managed ON sessions TO geoapp_staff USING ((SELECT acting_may('people_manage')));
GRANT SELECT, UPDATE ON credentials TO geoapp_door;
GRANT SELECT, INSERT, UPDATE, DELETE ON sessions TO geoapp_door;
GRANT SELECT, INSERT, DELETE ON login_attempts TO geoapp_door;
GRANT DELETE ON login_attempts TO geoapp_staff;
GRANT SELECT (login) ON login_attempts TO geoapp_staff;
CREATE POLICY door ON credentials TO geoapp_door USING (true);
CREATE POLICY door ON sessions TO geoapp_door USING (true);
CREATE POLICY door ON login_attempts TO geoapp_door USING (true);
CREATE POLICY unlocked ON login_attempts TO geoapp_staff USING ((SELECT acting_may('people_manage')));

GRANT SELECT ON role_permissions TO geoapp_staff, geoapp_door;
CREATE POLICY known ON role_permissions FOR SELECT TO geoapp_staff, geoapp_door USING (true);

GRANT INSERT ON audit_log TO geoapp_staff, geoapp_door;
GRANT SELECT ON audit_log TO geoapp_staff;
CREATE POLICY written ON audit_log FOR INSERT TO geoapp_staff, geoapp_door
    WITH CHECK (person_id IS NOT DISTINCT FROM acting_person());
CREATE POLICY read ON audit_log FOR SELECT TO geoapp_staff USING ((SELECT acting_may('audit_read')));

INSERT INTO role_permissions (role, permission)
SELECT role, permission
FROM (VALUES
    ('viewer', 'open read_public export own_account read_internal'),
    ('planner', 'open read_public export own_account read_internal export_internal case_read land_file_edit'),
    ('inspector', 'open read_public export own_account read_internal read_restricted export_internal case_read case_flag '
                  'case_work case_judge'),
    ('head', 'open read_public export own_account read_internal read_restricted export_internal case_read case_flag '
             'case_work case_judge case_assign land_file_edit audit_read'),
    ('admin', 'open read_public export own_account read_internal people_manage audit_read')
) AS granted (role, listed), string_to_table(listed, ' ') AS permission;
