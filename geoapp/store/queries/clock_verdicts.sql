-- Verdicts of the legal clock for units that are stored nowhere, with what is shown of the way there.
-- Args: units - texts of JSON, each with the fields of a unit.
SELECT c.*, (c.held).no AS extension_no, (c.held).decided AS extension_decided, (c.held).ground AS extension_ground,
       (c.held).starts AS extension_starts, (c.held).basis AS extension_basis, (c.held).months AS extension_months,
       (c.held).printed AS extension_printed, (c.held).computed AS extension_computed
FROM clock_of(CAST(:units AS jsonb[]), :as_of) AS c
ORDER BY c.place
