-- Photos that are added to a case that is open already: a report that names the case. It flags no land of its own, so it has no
-- reason, and it belongs to the park of the case; the rest is as for a flag: announced, photo by photo, closed by a receipt.

ALTER TABLE field_reports
    ADD COLUMN adds_to integer REFERENCES cases,
    ALTER COLUMN reason DROP NOT NULL,
    ALTER COLUMN park_id DROP NOT NULL,
    ADD CONSTRAINT field_reports_flag_or_addition CHECK (
        CASE WHEN adds_to IS NULL THEN reason IS NOT NULL AND park_id IS NOT NULL
             ELSE reason IS NULL AND geom IS NULL AND (case_id IS NULL OR case_id = adds_to) END),
    DROP CONSTRAINT field_reports_case_id_key;
COMMENT ON COLUMN field_reports.adds_to IS 'the case that the photos are added to; null: the report flags land and opens a case';
-- A flag opens one case; any number of reports add to it.
CREATE UNIQUE INDEX field_reports_opened ON field_reports (case_id) WHERE adds_to IS NULL;
CREATE INDEX ON field_reports (case_id);
CREATE INDEX ON field_reports (adds_to) WHERE adds_to IS NOT NULL;

-- What is added goes to a case that who sends it may see, and under the park of that case, so that it is seen by the same people.
DROP POLICY announced ON field_reports;
CREATE POLICY announced ON field_reports FOR INSERT TO geoapp_staff
    WITH CHECK ((SELECT acting_may('case_flag')) AND person_id = (SELECT acting_person())
                AND CASE WHEN adds_to IS NULL
                         THEN (SELECT sees_all_parks()) OR park_id = ANY ((SELECT acting_parks())::integer[])
                         ELSE EXISTS (SELECT FROM cases AS c
                                      WHERE c.id = adds_to AND c.park_id IS NOT DISTINCT FROM field_reports.park_id) END);
