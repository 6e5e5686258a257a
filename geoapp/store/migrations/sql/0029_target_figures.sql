-- Monthly figures of the departments: rows are only added and closed, each state of a figure is a row of its own.
-- Refusals have codes of their own: GT001 no right to it, GT002 not a step from where it stands, GT003 the month has not
-- come or is not over, GT004 changed meanwhile, GT005 a reason is missing.

CREATE TABLE target_figures (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    indicator text NOT NULL REFERENCES reported_indicators,
    -- Null: the zone and all parks together.
    park_id integer REFERENCES parks,
    -- First day of the month that it is of.
    month date NOT NULL CHECK (extract(day FROM month) = 1),
    -- An estimate is of a month that is not over; it never stands in for an actual figure.
    kind text NOT NULL CHECK (kind IN ('actual', 'estimate')),
    value double precision NOT NULL CHECK (value >= 0 AND value < 1e12),
    numerator double precision CHECK (numerator >= 0 AND numerator < 1e12),
    denominator double precision CHECK (denominator > 0 AND denominator < 1e12),
    state text NOT NULL CHECK (state IN ('draft', 'submitted', 'returned', 'approved', 'withdrawn')),
    department text,
    remark text CHECK (length(remark) <= 2000),
    reason text CHECK (length(reason) <= 2000),
    quality quality NOT NULL,
    entered_by integer REFERENCES people,
    decided_by integer REFERENCES people,
    source_id integer REFERENCES sources,
    batch_id integer REFERENCES batches,
    supersedes_id bigint REFERENCES target_figures,
    recorded tstzrange NOT NULL DEFAULT tstzrange(now(), NULL) CHECK (NOT lower_inf(recorded)),
    is_approved boolean NOT NULL GENERATED ALWAYS AS (state = 'approved') STORED,
    CHECK ((numerator IS NULL) = (denominator IS NULL)),
    CHECK (num_nonnulls(entered_by, batch_id) > 0 AND (batch_id IS NULL) = (source_id IS NULL)),
    -- An approved figure and the correction that is under way stand beside each other; of each there is one at a time.
    CONSTRAINT target_figures_one_at_a_time EXCLUDE USING gist (
        indicator WITH =, (coalesce(park_id, 0)) WITH =, month WITH =, kind WITH =, (is_approved::integer) WITH =,
        recorded WITH &&)
);
COMMENT ON TABLE target_figures IS 'Monthly figures of the departments, as entered, submitted, returned and approved';
CREATE INDEX ON target_figures (indicator, month) WHERE park_id IS NULL;
CREATE INDEX ON target_figures (batch_id);

CREATE FUNCTION keep_figures() RETURNS trigger LANGUAGE plpgsql SET search_path = geoapp, public AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'rows of % are never deleted', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    IF NOT upper_inf(OLD.recorded) OR lower(NEW.recorded) <> lower(OLD.recorded)
       OR (to_jsonb(NEW) - ARRAY['recorded', 'is_approved']) <> (to_jsonb(OLD) - ARRAY['recorded', 'is_approved']) THEN
        RAISE EXCEPTION 'rows of % are never changed; a correction is a new row', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_history BEFORE UPDATE OR DELETE ON target_figures FOR EACH ROW EXECUTE FUNCTION keep_figures();
CREATE TRIGGER keep_all BEFORE TRUNCATE ON target_figures FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The department that reports an indicator today; null where nobody said.
CREATE FUNCTION reporting_department(which text) RETURNS text LANGUAGE sql STABLE SET search_path = geoapp, public
AS $$ SELECT v.department FROM figure_duties AS d JOIN figure_duty_versions AS v ON v.figure_duty_id = d.id
      WHERE d.indicator = which AND v.valid @> (clock_timestamp() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
        AND upper_inf(v.recorded) $$;

-- Whether who acts enters figures for a department: his own; a head for every one, and for what no department has.
CREATE FUNCTION acting_for_department(which text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = geoapp, pg_temp
AS $$ SELECT acting_may('figure_enter') AND EXISTS (
          SELECT FROM people WHERE id = acting_person()
          AND (role = 'head' OR lower(btrim(department)) = lower(btrim(which)))) $$;

-- Before a figure is stored by somebody: right, step and month are looked at, and what it follows is closed. Who hands
-- in, approves or returns says nothing of the value: it is that of the row before.
CREATE FUNCTION add_target_figure() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = geoapp, public, pg_temp AS $$
DECLARE
    today date := (clock_timestamp() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date;
    at timestamptz;
    work target_figures;
    approved target_figures;
BEGIN
    IF NEW.batch_id IS NOT NULL AND acting_person() IS NULL THEN
        RETURN NEW;
    END IF;
    PERFORM pg_advisory_xact_lock(1718183797);
    SELECT * INTO work FROM target_figures AS f
    WHERE f.indicator = NEW.indicator AND f.park_id IS NOT DISTINCT FROM NEW.park_id AND f.month = NEW.month
      AND f.kind = NEW.kind AND NOT f.is_approved AND upper_inf(f.recorded);
    SELECT * INTO approved FROM target_figures AS f
    WHERE f.indicator = NEW.indicator AND f.park_id IS NOT DISTINCT FROM NEW.park_id AND f.month = NEW.month
      AND f.kind = NEW.kind AND f.is_approved AND upper_inf(f.recorded);
    NEW.department := CASE WHEN NEW.state IN ('approved', 'returned') THEN work.department
                           ELSE reporting_department(NEW.indicator) END;
    IF NOT (CASE WHEN NEW.state IN ('approved', 'returned') THEN acting_may('report_approve')
                 ELSE acting_for_department(NEW.department) END) THEN
        RAISE EXCEPTION 'no right to figures of %', coalesce(NEW.department, 'no department') USING ERRCODE = 'GT001';
    END IF;
    -- Who writes says which row he saw last: that of somebody else in between is not written over unseen.
    IF NEW.supersedes_id IS DISTINCT FROM coalesce(work.id, approved.id) THEN
        RAISE EXCEPTION 'the figure was changed meanwhile' USING ERRCODE = 'GT004';
    END IF;
    IF NEW.state <> 'draft' AND NOT coalesce(work.state = ANY (CASE NEW.state
            WHEN 'submitted' THEN ARRAY['draft', 'returned'] WHEN 'withdrawn' THEN ARRAY['draft', 'returned', 'submitted']
            ELSE ARRAY['submitted'] END), false) THEN
        RAISE EXCEPTION 'a figure that is % is not %', coalesce(work.state, 'absent'), NEW.state
            USING ERRCODE = 'GT002', DETAIL = coalesce(work.state, 'absent');
    END IF;
    IF NEW.state = 'draft' AND NOT (CASE NEW.kind WHEN 'actual' THEN NEW.month + interval '1 month' <= today
                                    ELSE today >= NEW.month AND today < NEW.month + interval '1 month' END) THEN
        RAISE EXCEPTION 'the month is not over, or has not come' USING ERRCODE = 'GT003';
    END IF;
    IF NEW.state = 'returned' AND coalesce(btrim(NEW.reason), '') = '' THEN
        RAISE EXCEPTION 'a figure is returned with a reason' USING ERRCODE = 'GT005';
    END IF;
    IF NEW.state = 'draft' THEN
        NEW.entered_by := acting_person();
        NEW.decided_by := NULL;
        NEW.quality := 'official';
    ELSE
        NEW.value := work.value;
        NEW.numerator := work.numerator;
        NEW.denominator := work.denominator;
        NEW.remark := work.remark;
        NEW.entered_by := work.entered_by;
        NEW.quality := work.quality;
        NEW.decided_by := CASE WHEN NEW.state IN ('approved', 'returned') THEN acting_person() END;
    END IF;
    NEW.source_id := NULL;
    NEW.batch_id := NULL;
    IF NEW.entered_by IS NULL THEN
        -- What a bundle brought as submitted keeps where it came from.
        NEW.source_id := work.source_id;
        NEW.batch_id := work.batch_id;
    END IF;
    at := greatest(clock_timestamp(), lower(work.recorded) + interval '1 microsecond',
                   lower(approved.recorded) + interval '1 microsecond');
    NEW.recorded := tstzrange(at, NULL);
    UPDATE target_figures AS f SET recorded = tstzrange(lower(f.recorded), at)
    WHERE f.id = work.id OR (f.id = approved.id AND NEW.state = 'approved');
    RETURN NEW;
END $$;
CREATE TRIGGER stepped BEFORE INSERT ON target_figures FOR EACH ROW EXECUTE FUNCTION add_target_figure();

-- What an indicator allows: a share is what its parts give, parks only where they are reported one by one.
CREATE FUNCTION check_target_figure() RETURNS trigger LANGUAGE plpgsql SET search_path = geoapp, public AS $$
DECLARE
    rule reported_indicators;
BEGIN
    SELECT * INTO rule FROM reported_indicators WHERE code = NEW.indicator;
    IF NEW.park_id IS NOT NULL AND NOT rule.takes_parks THEN
        RAISE EXCEPTION '% is not reported by park', NEW.indicator USING ERRCODE = 'check_violation';
    END IF;
    IF rule.is_share IS DISTINCT FROM (NEW.numerator IS NOT NULL) THEN
        RAISE EXCEPTION '% has numerator and denominator, or neither: a share has both', NEW.indicator
            USING ERRCODE = 'check_violation';
    END IF;
    IF rule.is_share AND (NEW.numerator > NEW.denominator OR abs(100 * NEW.numerator / NEW.denominator - NEW.value) > 0.06) THEN
        RAISE EXCEPTION '%: value % but 100 x % / %', NEW.indicator, NEW.value, NEW.numerator, NEW.denominator
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
-- After "stepped", which fills in the row: triggers run in the order of their names.
CREATE TRIGGER valued BEFORE INSERT ON target_figures FOR EACH ROW EXECUTE FUNCTION check_target_figure();

CALL make_confidential('target_figures');
GRANT SELECT, INSERT ON target_figures TO geoapp_staff;
CREATE POLICY read ON target_figures FOR SELECT TO geoapp_staff
    USING ((SELECT acting_may('report_read'))
           AND (park_id IS NULL OR (SELECT sees_all_parks()) OR park_id = ANY ((SELECT acting_parks())::integer[])));
CREATE POLICY stepped ON target_figures FOR INSERT TO geoapp_staff
    WITH CHECK ((SELECT acting_may('figure_enter')) OR (SELECT acting_may('report_approve')));
