-- What the decision table asks to be done about the unit of a case.
SELECT d.duty, d.due_on, d.details, d.law_vi, d.law AS law_en, d.mark
FROM clock_duties_of(:project_id, :as_of, :known_at) AS d WHERE d.unit = :unit
ORDER BY d.duty
