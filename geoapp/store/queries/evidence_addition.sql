-- A case that photos may be added to: its park, its last event, and whether its life has the step from where it stands.
SELECT c.id, c.park_id, c.state, c.last_number,
       EXISTS (SELECT FROM case_life AS l
               WHERE l.step = 'evidence' AND l.from_state = c.state AND l.valid @> c.rules_on
                 AND (l.rules IS NULL OR c.rule = ANY (l.rules))) AS takes_evidence
FROM cases AS c WHERE c.id = :case_id
