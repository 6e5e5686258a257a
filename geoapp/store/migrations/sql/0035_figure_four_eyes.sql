-- Four eyes: who entered a value does not approve that value. "stepped" has filled in who entered it by now: triggers
-- run in the order of their names. Refused with GT006, the number of the figure in DETAIL.
CREATE FUNCTION supervise_figure() RETURNS trigger LANGUAGE plpgsql SET search_path = geoapp, public AS $$
BEGIN
    IF NEW.state = 'approved' AND NEW.entered_by = acting_person() THEN
        RAISE EXCEPTION 'who entered a figure does not approve it'
            USING ERRCODE = 'GT006', DETAIL = NEW.supersedes_id::text;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER supervised BEFORE INSERT ON target_figures FOR EACH ROW EXECUTE FUNCTION supervise_figure();

-- Who is held to some parks writes figures of these only: none of the whole province, nor of a park of others.
DROP POLICY stepped ON target_figures;
CREATE POLICY stepped ON target_figures FOR INSERT TO geoapp_staff
    WITH CHECK (((SELECT acting_may('figure_enter')) OR (SELECT acting_may('report_approve')))
                AND ((SELECT sees_all_parks()) OR park_id = ANY ((SELECT acting_parks())::integer[])));
