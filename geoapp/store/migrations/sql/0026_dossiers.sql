-- Dossiers that were made: each by the hash of its manifest, with the manifest itself, so that a hash that is printed on
-- paper leads back to what it was made of. Made again from the stored data it must come out the same.
CREATE TABLE dossiers (
    sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    case_id integer NOT NULL REFERENCES cases,
    event integer NOT NULL,
    -- The very text that the hash is of.
    manifest text NOT NULL CHECK (encode(sha256(convert_to(manifest, 'UTF8')), 'hex') = sha256),
    made_at timestamptz NOT NULL DEFAULT now(),
    made_by integer REFERENCES people,
    FOREIGN KEY (case_id, event) REFERENCES case_events (case_id, number)
);
CREATE INDEX ON dossiers (case_id, event);
CREATE TABLE dossier_files (
    sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    dossier text NOT NULL REFERENCES dossiers,
    kind text NOT NULL CHECK (kind IN ('pdf', 'docx')),
    language text NOT NULL CHECK (language IN ('vi', 'en')),
    made_at timestamptz NOT NULL DEFAULT now(),
    made_by integer REFERENCES people
);
CREATE INDEX ON dossier_files (dossier);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON dossiers FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON dossiers FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON dossier_files FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON dossier_files FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CALL make_confidential('dossiers');
CALL make_confidential('dossier_files');
GRANT SELECT ON dossiers, dossier_files TO geoapp_staff;
GRANT INSERT (sha256, case_id, event, manifest, made_by) ON dossiers TO geoapp_staff;
GRANT INSERT (sha256, dossier, kind, language, made_by) ON dossier_files TO geoapp_staff;
-- Who sees the case sees its dossiers.
CREATE POLICY read ON dossiers FOR SELECT TO geoapp_staff USING (EXISTS (SELECT FROM cases WHERE id = case_id));
CREATE POLICY made ON dossiers FOR INSERT TO geoapp_staff
    WITH CHECK ((SELECT acting_may('export_internal')) AND made_by = (SELECT acting_person())
                AND EXISTS (SELECT FROM cases WHERE id = case_id));
CREATE POLICY read ON dossier_files FOR SELECT TO geoapp_staff
    USING (EXISTS (SELECT FROM dossiers AS d WHERE d.sha256 = dossier));
CREATE POLICY made ON dossier_files FOR INSERT TO geoapp_staff
    WITH CHECK ((SELECT acting_may('export_internal')) AND made_by = (SELECT acting_person())
                AND EXISTS (SELECT FROM dossiers AS d WHERE d.sha256 = dossier));
