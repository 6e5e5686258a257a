-- Nothing of a report is changed or deleted, not even by the owner; and who reads and adds what.

-- A version is changed only from within the trigger of its events, and in its state only.
CREATE FUNCTION keep_report_version() RETURNS trigger LANGUAGE plpgsql SET search_path = geoapp, public AS $$
BEGIN
    IF pg_trigger_depth() < 2 OR OLD.state = 'signed' AND NEW.state <> 'signed'
       OR (NEW.id, NEW.report_id, NEW.number, NEW.language, NEW.made_at) IS DISTINCT FROM
          (OLD.id, OLD.report_id, OLD.number, OLD.language, OLD.made_at)
       OR (NEW.replaces, NEW.made_by) IS DISTINCT FROM (OLD.replaces, OLD.made_by) THEN
        RAISE EXCEPTION 'a report changes by its events only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER by_events_only BEFORE UPDATE ON report_versions FOR EACH ROW EXECUTE FUNCTION keep_report_version();
CREATE TRIGGER append_only BEFORE DELETE ON report_versions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON report_versions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION keep_report_chain() RETURNS trigger LANGUAGE plpgsql SET search_path = geoapp, public AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'the chain grows by events only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER by_events_only BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON report_chain
    FOR EACH STATEMENT EXECUTE FUNCTION keep_report_chain();

-- Files of a report that is not signed are cleared away once they are not of what it says any more.
CREATE FUNCTION clear_report_file() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = geoapp, public, pg_temp AS $$
BEGIN
    IF OLD.made_of = report_made_of(OLD.version_id)
       OR EXISTS (SELECT FROM report_versions WHERE id = OLD.version_id AND state = 'signed') THEN
        RAISE EXCEPTION 'files that a report stands on are not deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER cleared BEFORE DELETE ON report_files FOR EACH ROW EXECUTE FUNCTION clear_report_file();
CREATE TRIGGER append_only BEFORE UPDATE ON report_files FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON report_files FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

DO $$
DECLARE
    tab text;
BEGIN
    FOREACH tab IN ARRAY ARRAY['report_templates', 'report_template_choices', 'reports', 'report_contents', 'report_texts',
                               'report_comments', 'report_signed_papers', 'report_life', 'report_events'] LOOP
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()',
                       tab);
        EXECUTE format('CREATE TRIGGER append_only_all BEFORE TRUNCATE ON %I FOR EACH STATEMENT'
                       ' EXECUTE FUNCTION refuse_change()', tab);
    END LOOP;
    FOREACH tab IN ARRAY ARRAY['report_templates', 'report_template_choices', 'reports', 'report_versions', 'report_contents',
                               'report_texts', 'report_comments', 'report_files', 'report_signed_papers', 'report_life',
                               'report_events', 'report_chain'] LOOP
        CALL make_confidential(tab);
        EXECUTE format('CREATE POLICY read ON %I FOR SELECT TO geoapp_staff USING ((SELECT acting_may(''report_read'')))', tab);
    END LOOP;
END $$;
GRANT SELECT ON report_templates, report_template_choices, reports, report_versions, report_texts, report_comments,
    report_files, report_signed_papers, report_life, report_events, report_chain TO geoapp_staff;
-- Annexes name cases: what a version says is read through the function below.
GRANT SELECT (id, version_id, revision, as_of, known_at, template_id, sha256, at, person_id) ON report_contents TO geoapp_staff;
GRANT INSERT (name, language, body, sha256, is_builtin) ON report_templates TO geoapp_staff;
GRANT INSERT (template_id) ON report_template_choices TO geoapp_staff;
GRANT INSERT (kind, first, last) ON reports TO geoapp_staff;
GRANT INSERT (report_id, language) ON report_versions TO geoapp_staff;
GRANT INSERT (version_id, revision, as_of, known_at, template_id, content, open_content, sha256) ON report_contents TO geoapp_staff;
GRANT INSERT (version_id, block, revision, body) ON report_texts TO geoapp_staff;
GRANT INSERT (version_id, place, body, settles) ON report_comments TO geoapp_staff;
GRANT INSERT (version_id, kind, made_of, address, program, body, sha256), DELETE ON report_files TO geoapp_staff;
GRANT INSERT (version_id, name, body, sha256) ON report_signed_papers TO geoapp_staff;
GRANT INSERT (version_id, number, step, document_no, signed_on, signer, note) ON report_events TO geoapp_staff;

-- A report is of the whole province: who is held to some parks reads it and writes none.
CREATE FUNCTION may_write_reports() RETURNS boolean LANGUAGE sql STABLE
RETURN acting_may('report_write') AND sees_all_parks();
CREATE FUNCTION may_approve_reports() RETURNS boolean LANGUAGE sql STABLE
RETURN acting_may('report_approve') AND sees_all_parks();
-- Annexes name land with signs of slow use, which is for those who read cases of all parks; so do the files.
CREATE FUNCTION may_read_annexes() RETURNS boolean LANGUAGE sql STABLE
RETURN acting_may('report_read') AND acting_may('case_read') AND sees_all_parks();

CREATE POLICY written ON report_templates FOR INSERT TO geoapp_staff WITH CHECK ((SELECT may_write_reports()));
CREATE POLICY written ON report_template_choices FOR INSERT TO geoapp_staff WITH CHECK ((SELECT may_write_reports()));
CREATE POLICY written ON reports FOR INSERT TO geoapp_staff WITH CHECK ((SELECT may_write_reports()));
CREATE POLICY written ON report_versions FOR INSERT TO geoapp_staff WITH CHECK ((SELECT may_write_reports()));
CREATE POLICY written ON report_contents FOR INSERT TO geoapp_staff WITH CHECK ((SELECT may_write_reports()));
CREATE POLICY written ON report_texts FOR INSERT TO geoapp_staff WITH CHECK ((SELECT may_write_reports()));
CREATE POLICY written ON report_comments FOR INSERT TO geoapp_staff WITH CHECK ((SELECT may_write_reports()));
CREATE POLICY written ON report_files FOR INSERT TO geoapp_staff WITH CHECK ((SELECT may_write_reports()));
CREATE POLICY cleared ON report_files FOR DELETE TO geoapp_staff USING ((SELECT may_write_reports()));
CREATE POLICY kept ON report_signed_papers FOR INSERT TO geoapp_staff WITH CHECK ((SELECT may_approve_reports()));
CREATE POLICY added ON report_events FOR INSERT TO geoapp_staff
    WITH CHECK (EXISTS (SELECT FROM report_versions WHERE id = version_id));
DROP POLICY read ON report_files;
DROP POLICY read ON report_signed_papers;
CREATE POLICY read ON report_files FOR SELECT TO geoapp_staff USING ((SELECT may_read_annexes()));
CREATE POLICY read ON report_signed_papers FOR SELECT TO geoapp_staff USING ((SELECT may_read_annexes()));

-- What a version says, as far as who asks may read it.
CREATE FUNCTION report_content_text(content_id integer) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = geoapp, pg_temp AS $$
    SELECT CASE WHEN may_read_annexes() THEN c.content
                WHEN acting_may('report_read') THEN c.open_content END
    FROM report_contents AS c WHERE c.id = content_id $$;
