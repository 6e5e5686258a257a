-- What holds the events of cases together, whoever writes: the life, the chain, and that rows are only added.
-- Refusals have codes of their own: GC001 somebody was there before, GC002 the life has no such step, GC003 no right to
-- it, GC004 a field is missing or cannot be (its name is in DETAIL), GC005 no such case for who asks.

-- An event as the text that its hash is made of. Two texts are equal only where all is equal.
CREATE FUNCTION case_event_text(e case_events) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = geoapp, public SET timezone = 'UTC'
AS $$ SELECT (to_jsonb(e) - 'hash')::text $$;

-- What a case says of itself for good, as the event that opens it keeps it.
CREATE FUNCTION case_opening(c cases) RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = geoapp, public SET timezone = 'UTC'
AS $$ SELECT to_jsonb(c) - ARRAY['state', 'last_number', 'changed_at', 'assignee_id', 'due_on', 'due_life_id',
                                 'condition_holds', 'is_open', 'due_key', 'area_key', 'geom']
             || jsonb_build_object('geom', ST_AsText(c.geom, 9)) $$;

-- The last day of what is due after a step.
CREATE FUNCTION case_due_on(life case_life, base date, months integer) RETURNS date LANGUAGE plpgsql STABLE
SET search_path = geoapp, public AS $$
BEGIN
    RETURN CASE life.due_unit WHEN 'days' THEN base + life.due_amount
                              WHEN 'working_days' THEN clock_add_working_days(base, life.due_amount)
                              WHEN 'months_granted' THEN clock_add_months(base, months) END;
END $$;

CREATE FUNCTION check_case_fields(e case_events, life case_life) RETURNS void LANGUAGE plpgsql STABLE
SET search_path = geoapp, public AS $$
DECLARE
    today date := (clock_timestamp() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date;
    granted integer;
    wrong text;
BEGIN
    wrong := CASE
        WHEN 'reason' = ANY (life.needs) AND coalesce(btrim(e.reason), '') = '' THEN 'reason'
        WHEN 'note' = ANY (life.needs) AND coalesce(btrim(e.note), '') = '' THEN 'note'
        WHEN 'document' = ANY (life.needs) AND coalesce(btrim(e.document_no), '') = '' THEN 'document_no'
        WHEN 'date' = ANY (life.needs) AND e.happened_on IS NULL THEN 'happened_on'
        WHEN 'months' = ANY (life.needs) AND coalesce(e.months, 0) < 1 THEN 'months' END;
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'the step % needs %', e.step, wrong USING ERRCODE = 'GC004', DETAIL = wrong || ' missing';
    END IF;
    IF e.happened_on > today OR e.document_on > today THEN
        wrong := CASE WHEN e.happened_on > today THEN 'happened_on' ELSE 'document_on' END;
        RAISE EXCEPTION '% lies in the future', wrong USING ERRCODE = 'GC004', DETAIL = wrong || ' future';
    END IF;
    IF life.most_months IS NOT NULL THEN
        SELECT coalesce(sum(months), 0) INTO granted FROM case_events WHERE case_id = e.case_id AND step = e.step;
        IF granted + e.months > life.most_months THEN
            RAISE EXCEPTION 'extensions of % months together are more than %', granted + e.months, life.most_months
                USING ERRCODE = 'GC004', DETAIL = format('months beyond %s %s', granted, life.most_months);
        END IF;
    END IF;
    IF e.assignee_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM people AS p JOIN role_permissions AS r ON r.role = p.role AND r.permission = 'case_work'
        WHERE p.id = e.assignee_id AND p.disabled_at IS NULL
          AND (NOT EXISTS (SELECT FROM person_parks WHERE person_id = p.id)
               OR EXISTS (SELECT FROM person_parks AS k JOIN cases AS c ON c.park_id = k.park_id
                          WHERE k.person_id = p.id AND c.id = e.case_id))) THEN
        RAISE EXCEPTION 'this person does not work on cases of this park'
            USING ERRCODE = 'GC004', DETAIL = 'assignee_id unable';
    END IF;
END $$;

-- Before an event is stored: the case is locked, the step looked up in its life, the row completed and chained.
CREATE FUNCTION add_case_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = geoapp, public, pg_temp AS $$
DECLARE
    one cases;
    life case_life;
    head case_chain;
BEGIN
    SELECT * INTO one FROM cases WHERE id = NEW.case_id FOR UPDATE;
    IF NOT FOUND OR (acting_person() IS NOT NULL AND NOT may_see_park(one.park_id)) THEN
        RAISE EXCEPTION 'there is no case %', NEW.case_id USING ERRCODE = 'GC005';
    END IF;
    IF NEW.number IS DISTINCT FROM one.last_number + 1 THEN
        RAISE EXCEPTION 'case % has % events, so the next is not %', one.id, one.last_number, NEW.number
            USING ERRCODE = 'GC001', DETAIL = one.last_number::text;
    END IF;
    SELECT * INTO life FROM case_life AS l
    WHERE l.step = NEW.step AND l.from_state IS NOT DISTINCT FROM CASE WHEN one.last_number > 0 THEN one.state END
      AND l.valid @> one.rules_on AND (l.rules IS NULL OR one.rule = ANY (l.rules));
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a case that is % has no step %', one.state, NEW.step
            USING ERRCODE = 'GC002', DETAIL = one.state;
    END IF;
    IF NOT (CASE WHEN life.step = 'open' THEN pg_trigger_depth() > 1
                WHEN life.permission = 'system' THEN acting_person() IS NULL OR acting_may('case_judge')
                ELSE acting_may(life.permission) END) THEN
        RAISE EXCEPTION 'the step % needs the right %', NEW.step, life.permission USING ERRCODE = 'GC003';
    END IF;
    IF NEW.step = 'take' THEN
        NEW.assignee_id := acting_person();
    END IF;
    PERFORM check_case_fields(NEW, life);
    SELECT * INTO head FROM case_chain FOR UPDATE;
    NEW.sequence := head.sequence + 1;
    NEW.previous_hash := head.hash;
    NEW.from_state := life.from_state;
    NEW.to_state := life.to_state;
    NEW.life_id := life.id;
    NEW.person_id := acting_person();
    NEW.at := clock_timestamp();
    NEW.hash := encode(sha256(convert_to(case_event_text(NEW), 'UTF8')), 'hex');
    UPDATE case_chain SET sequence = NEW.sequence, hash = NEW.hash;
    RETURN NEW;
END $$;
CREATE TRIGGER chained BEFORE INSERT ON case_events FOR EACH ROW EXECUTE FUNCTION add_case_event();

-- After it: the case follows. What is due is what the last step that moved the case left to do.
CREATE FUNCTION follow_case_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = geoapp, public, pg_temp AS $$
DECLARE
    life case_life;
    moved boolean := NEW.to_state IS DISTINCT FROM NEW.from_state OR NEW.step = 'extend';
BEGIN
    SELECT * INTO life FROM case_life WHERE id = NEW.life_id;
    UPDATE cases SET
        state = NEW.to_state, last_number = NEW.number, changed_at = NEW.at,
        assignee_id = CASE WHEN NEW.step IN ('assign', 'take') THEN NEW.assignee_id ELSE assignee_id END,
        condition_holds = CASE NEW.step WHEN 'condition_ended' THEN false WHEN 'condition_returned' THEN true
                          ELSE condition_holds END,
        due_life_id = CASE WHEN moved THEN CASE WHEN life.due_unit IS NOT NULL THEN life.id END ELSE due_life_id END,
        due_on = CASE WHEN moved THEN case_due_on(
                     life, coalesce(NEW.happened_on, (NEW.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date), NEW.months)
                 ELSE due_on END
    WHERE id = NEW.case_id;
    RETURN NULL;
END $$;
CREATE TRIGGER followed AFTER INSERT ON case_events FOR EACH ROW EXECUTE FUNCTION follow_case_event();

-- A new case begins as proposed, whatever was written, and its first event keeps all that it says of itself.
CREATE FUNCTION begin_case() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = geoapp, public, pg_temp AS $$
BEGIN
    NEW.state := 'proposed';
    NEW.last_number := 0;
    NEW.assignee_id := NULL;
    NEW.due_on := NULL;
    NEW.due_life_id := NULL;
    NEW.condition_holds := true;
    NEW.opened_at := clock_timestamp();
    NEW.opened_by := acting_person();
    RETURN NEW;
END $$;
CREATE TRIGGER begun BEFORE INSERT ON cases FOR EACH ROW EXECUTE FUNCTION begin_case();

CREATE FUNCTION open_case() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = geoapp, public, pg_temp AS $$
BEGIN
    INSERT INTO case_plots (case_id, plot_id) SELECT DISTINCT NEW.id, plot FROM unnest(NEW.plot_ids) AS plot;
    INSERT INTO case_events (case_id, number, step, details) VALUES (NEW.id, 1, 'open', case_opening(NEW));
    RETURN NULL;
END $$;
CREATE TRIGGER opened AFTER INSERT ON cases FOR EACH ROW EXECUTE FUNCTION open_case();

-- A case is changed only from within the trigger of its events, and never in what it said when it was opened.
CREATE FUNCTION keep_case() RETURNS trigger LANGUAGE plpgsql SET search_path = geoapp, public AS $$
BEGIN
    IF pg_trigger_depth() < 2 OR case_opening(NEW) <> case_opening(OLD) THEN
        RAISE EXCEPTION 'a case changes by its events only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER by_events_only BEFORE UPDATE ON cases FOR EACH ROW EXECUTE FUNCTION keep_case();
CREATE TRIGGER append_only BEFORE DELETE ON cases FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON cases FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON case_events FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON case_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON case_plots FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON case_plots FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE FUNCTION keep_case_chain() RETURNS trigger LANGUAGE plpgsql SET search_path = geoapp, public AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'the chain grows by events only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER by_events_only BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON case_chain
    FOR EACH STATEMENT EXECUTE FUNCTION keep_case_chain();

CALL make_confidential('case_life');
CALL make_confidential('cases');
CALL make_confidential('case_plots');
CALL make_confidential('case_events');
CALL make_confidential('case_chain');
GRANT SELECT ON case_life, cases, case_plots, case_events, case_chain TO geoapp_staff;
GRANT INSERT (kind, park_id, project_id, unit, plot_ids, geom, rule, clock_state, as_of, rules_on, since, area_ha, finding)
    ON cases TO geoapp_staff;
GRANT INSERT (case_id, number, step, happened_on, document_no, document_on, months, reason, note, assignee_id, details)
    ON case_events TO geoapp_staff;
CREATE POLICY read ON case_life FOR SELECT TO geoapp_staff USING ((SELECT acting_may('case_read')));
CREATE POLICY read ON case_chain FOR SELECT TO geoapp_staff USING ((SELECT acting_may('case_read')));
CREATE POLICY read ON cases FOR SELECT TO geoapp_staff
    USING ((SELECT acting_may('case_read'))
           AND ((SELECT sees_all_parks()) OR park_id = ANY ((SELECT acting_parks())::integer[])));
CREATE POLICY opened ON cases FOR INSERT TO geoapp_staff
    WITH CHECK (CASE kind WHEN 'clock' THEN (SELECT acting_may('case_judge')) ELSE (SELECT acting_may('case_flag')) END
                AND ((SELECT sees_all_parks()) OR park_id = ANY ((SELECT acting_parks())::integer[])));
CREATE POLICY read ON case_plots FOR SELECT TO geoapp_staff USING (EXISTS (SELECT FROM cases WHERE id = case_id));
CREATE POLICY read ON case_events FOR SELECT TO geoapp_staff USING (EXISTS (SELECT FROM cases WHERE id = case_id));
CREATE POLICY added ON case_events FOR INSERT TO geoapp_staff WITH CHECK (EXISTS (SELECT FROM cases WHERE id = case_id));
