-- What holds reports together, whoever writes: the life, the chain, what is closed when, and that nothing is changed.
-- Refusals have codes of their own: GR001 somebody was there before, GR002 not in this state, GR003 no right to it,
-- GR004 a field is missing or cannot be (its name is in DETAIL), GR005 there is no such report.

-- The newest revision of what a version says.
CREATE FUNCTION report_current_content(version integer) RETURNS report_contents LANGUAGE sql STABLE
SET search_path = geoapp, public
AS $$ SELECT c FROM report_contents AS c WHERE c.version_id = version ORDER BY c.revision DESC LIMIT 1 $$;

-- The newest revision of each text of a version: block -> hash.
CREATE FUNCTION report_text_hashes(version integer) RETURNS jsonb LANGUAGE sql STABLE SET search_path = geoapp, public AS $$
    SELECT coalesce(jsonb_object_agg(t.block, encode(sha256(convert_to(t.body, 'UTF8')), 'hex')), '{}')
    FROM (SELECT DISTINCT ON (block) block, body FROM report_texts WHERE version_id = version
          ORDER BY block, revision DESC) AS t $$;

-- A hash of all that the files of a version are made of.
CREATE FUNCTION report_made_of(version integer) RETURNS text LANGUAGE sql STABLE SET search_path = geoapp, public AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
               c.sha256, (SELECT sha256 FROM report_templates WHERE id = c.template_id),
               report_text_hashes(version))::text, 'UTF8')), 'hex')
    FROM (SELECT sha256, template_id FROM report_contents WHERE version_id = version ORDER BY revision DESC LIMIT 1) AS c $$;

-- What a version says, by hashes that are reckoned of the bytes as they lie here now.
CREATE FUNCTION report_seal(version integer) RETURNS jsonb LANGUAGE sql STABLE
SET search_path = geoapp, public SET timezone = 'UTC' AS $$
    SELECT jsonb_build_object(
        'content', encode(sha256(convert_to(c.content, 'UTF8')), 'hex'), 'revision', c.revision,
        'open_content', encode(sha256(convert_to(c.open_content, 'UTF8')), 'hex'),
        'as_of', c.as_of, 'known_at', c.known_at,
        'template', (SELECT encode(sha256(body), 'hex') FROM report_templates WHERE id = c.template_id),
        'texts', report_text_hashes(version),
        'files', (SELECT coalesce(jsonb_object_agg(f.kind, encode(sha256(f.body), 'hex')), '{}') FROM report_files AS f
                  WHERE f.version_id = version AND f.made_of = report_made_of(version)),
        'papers', (SELECT coalesce(jsonb_agg(encode(sha256(p.body), 'hex') ORDER BY p.id), '[]')
                   FROM report_signed_papers AS p WHERE p.version_id = version))
    FROM report_current_content(version) AS c WHERE c.id IS NOT NULL $$;

-- An event as the text that its hash is made of. Two texts are equal only where all is equal.
CREATE FUNCTION report_event_text(e report_events) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = geoapp, public SET timezone = 'UTC'
AS $$ SELECT (to_jsonb(e) - 'hash')::text $$;

-- A version, locked, in one of some states.
CREATE FUNCTION hold_report(version integer, states text[]) RETURNS report_versions LANGUAGE plpgsql
SET search_path = geoapp, public AS $$
DECLARE
    one report_versions;
BEGIN
    SELECT * INTO one FROM report_versions WHERE id = version FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no report %', version USING ERRCODE = 'GR005';
    END IF;
    IF NOT one.state = ANY (states) THEN
        RAISE EXCEPTION 'a report that is % does not take this any more', one.state
            USING ERRCODE = 'GR002', DETAIL = one.state;
    END IF;
    RETURN one;
END $$;

CREATE FUNCTION check_report_event(e report_events) RETURNS void LANGUAGE plpgsql STABLE
SET search_path = geoapp, public AS $$
DECLARE
    today date := (clock_timestamp() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date;
    wrong text;
BEGIN
    IF e.seal IS NULL THEN
        RAISE EXCEPTION 'the report says nothing yet' USING ERRCODE = 'GR004', DETAIL = 'content missing';
    END IF;
    IF e.step <> 'sign' THEN
        RETURN;
    END IF;
    wrong := CASE WHEN coalesce(btrim(e.document_no), '') = '' THEN 'document_no missing'
                  WHEN e.signed_on IS NULL THEN 'signed_on missing'
                  WHEN e.signed_on > today THEN 'signed_on future'
                  WHEN coalesce(btrim(e.signer), '') = '' THEN 'signer missing'
                  WHEN NOT e.seal -> 'files' ?& ARRAY['docx', 'pdf', 'xlsx'] THEN 'files missing' END;
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'a report is not signed like this: %', wrong USING ERRCODE = 'GR004', DETAIL = wrong;
    END IF;
END $$;

-- Before an event is stored: the version is locked, the step looked up in its life, the row completed and chained.
CREATE FUNCTION add_report_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = geoapp, public, pg_temp AS $$
DECLARE
    one report_versions := hold_report(NEW.version_id, ARRAY['draft', 'comment', 'approved', 'signed']);
    life report_life;
    head report_chain;
BEGIN
    IF NEW.number IS DISTINCT FROM one.last_number + 1 THEN
        RAISE EXCEPTION 'report % has % events, so the next is not %', one.id, one.last_number, NEW.number
            USING ERRCODE = 'GR001', DETAIL = one.last_number::text;
    END IF;
    SELECT * INTO life FROM report_life AS l
    WHERE l.step = NEW.step AND l.from_state IS NOT DISTINCT FROM CASE WHEN one.last_number > 0 THEN one.state END;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a report that is % has no step %', one.state, NEW.step
            USING ERRCODE = 'GR002', DETAIL = one.state;
    END IF;
    IF NOT (acting_may(life.permission) AND sees_all_parks() OR life.by_operator AND acting_person() IS NULL) THEN
        RAISE EXCEPTION 'the step % needs the right %', NEW.step, life.permission USING ERRCODE = 'GR003';
    END IF;
    NEW.seal := report_seal(NEW.version_id);
    PERFORM check_report_event(NEW);
    SELECT * INTO head FROM report_chain FOR UPDATE;
    NEW.sequence := head.sequence + 1;
    NEW.previous_hash := head.hash;
    NEW.from_state := life.from_state;
    NEW.to_state := life.to_state;
    NEW.person_id := acting_person();
    NEW.at := clock_timestamp();
    NEW.hash := encode(sha256(convert_to(report_event_text(NEW), 'UTF8')), 'hex');
    UPDATE report_chain SET sequence = NEW.sequence, hash = NEW.hash;
    RETURN NEW;
END $$;
CREATE TRIGGER chained BEFORE INSERT ON report_events FOR EACH ROW EXECUTE FUNCTION add_report_event();

-- After it: the version follows.
CREATE FUNCTION follow_report_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = geoapp, public, pg_temp AS $$
BEGIN
    UPDATE report_versions SET
        state = NEW.to_state, last_number = NEW.number, changed_at = NEW.at,
        document_no = CASE NEW.step WHEN 'sign' THEN NEW.document_no ELSE document_no END,
        signed_on = CASE NEW.step WHEN 'sign' THEN NEW.signed_on ELSE signed_on END,
        signer = CASE NEW.step WHEN 'sign' THEN NEW.signer ELSE signer END
    WHERE id = NEW.version_id;
    RETURN NULL;
END $$;
CREATE TRIGGER followed AFTER INSERT ON report_events FOR EACH ROW EXECUTE FUNCTION follow_report_event();

-- A new version begins as a draft, whatever was written, and follows the one before.
CREATE FUNCTION begin_report() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = geoapp, public, pg_temp AS $$
BEGIN
    PERFORM FROM reports WHERE id = NEW.report_id FOR UPDATE;
    SELECT coalesce(max(number), 0) + 1, (array_agg(id ORDER BY number DESC))[1] INTO NEW.number, NEW.replaces
    FROM report_versions WHERE report_id = NEW.report_id;
    NEW.state := 'draft';
    NEW.last_number := 0;
    NEW.document_no := NULL;
    NEW.signed_on := NULL;
    NEW.signer := NULL;
    NEW.made_at := clock_timestamp();
    NEW.changed_at := NEW.made_at;
    NEW.made_by := acting_person();
    RETURN NEW;
END $$;
CREATE TRIGGER begun BEFORE INSERT ON report_versions FOR EACH ROW EXECUTE FUNCTION begin_report();

-- What a version says is added to in draft and for comment only; who writes says which revision was the last one seen.
CREATE FUNCTION add_report_revision() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = geoapp, public, pg_temp AS $$
DECLARE
    last integer;
BEGIN
    PERFORM hold_report(NEW.version_id, ARRAY['draft', 'comment']);
    IF TG_TABLE_NAME = 'report_texts' THEN
        SELECT coalesce(max(revision), 0) INTO last FROM report_texts
        WHERE version_id = NEW.version_id AND block = (to_jsonb(NEW) ->> 'block');
    ELSE
        SELECT coalesce(max(revision), 0) INTO last FROM report_contents WHERE version_id = NEW.version_id;
    END IF;
    IF NEW.revision IS DISTINCT FROM last + 1 THEN
        RAISE EXCEPTION 'the last revision is %, so the next is not %', last, NEW.revision
            USING ERRCODE = 'GR001', DETAIL = last::text;
    END IF;
    NEW.person_id := acting_person();
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER revised BEFORE INSERT ON report_contents FOR EACH ROW EXECUTE FUNCTION add_report_revision();
CREATE TRIGGER revised BEFORE INSERT ON report_texts FOR EACH ROW EXECUTE FUNCTION add_report_revision();

CREATE FUNCTION add_report_comment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = geoapp, public, pg_temp AS $$
BEGIN
    PERFORM hold_report(NEW.version_id, ARRAY['draft', 'comment', 'approved']);
    IF NEW.settles IS NOT NULL AND NOT EXISTS (
        SELECT FROM report_comments WHERE id = NEW.settles AND version_id = NEW.version_id AND settles IS NULL) THEN
        RAISE EXCEPTION 'there is no such comment to settle' USING ERRCODE = 'GR004', DETAIL = 'settles missing';
    END IF;
    NEW.person_id := acting_person();
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER noted BEFORE INSERT ON report_comments FOR EACH ROW EXECUTE FUNCTION add_report_comment();

CREATE FUNCTION add_report_file() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = geoapp, public, pg_temp AS $$
BEGIN
    PERFORM hold_report(NEW.version_id, ARRAY['draft', 'comment', 'approved']);
    IF NEW.made_of IS DISTINCT FROM report_made_of(NEW.version_id) THEN
        RAISE EXCEPTION 'the report was changed while its files were made' USING ERRCODE = 'GR001', DETAIL = 'files';
    END IF;
    NEW.person_id := acting_person();
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER made BEFORE INSERT ON report_files FOR EACH ROW EXECUTE FUNCTION add_report_file();

CREATE FUNCTION add_report_paper() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = geoapp, public, pg_temp AS $$
BEGIN
    PERFORM hold_report(NEW.version_id, ARRAY['signed']);
    NEW.person_id := acting_person();
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER kept BEFORE INSERT ON report_signed_papers FOR EACH ROW EXECUTE FUNCTION add_report_paper();

CREATE FUNCTION add_report_template() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = geoapp, public, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'report_templates' THEN
        NEW.added_by := acting_person();
        NEW.added_at := clock_timestamp();
    ELSE
        NEW.chosen_by := acting_person();
        NEW.chosen_at := clock_timestamp();
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER added BEFORE INSERT ON report_templates FOR EACH ROW EXECUTE FUNCTION add_report_template();
CREATE TRIGGER chosen BEFORE INSERT ON report_template_choices FOR EACH ROW EXECUTE FUNCTION add_report_template();
