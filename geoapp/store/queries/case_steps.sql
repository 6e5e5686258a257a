-- The steps that a case has next, the usual one first. "may": whether who asks has the right to it.
SELECT l.step, l.to_state, l.needs, l.most_months, l.due_amount, l.due_unit, l.due_vi, l.due_en, l.law_vi, l.law_en, l.mark,
       l.permission, acting_may(l.permission) AS may
FROM cases AS c
JOIN case_life AS l ON l.from_state = c.state AND l.valid @> c.rules_on AND (l.rules IS NULL OR c.rule = ANY (l.rules))
WHERE c.id = :case_id AND l.permission <> 'system' AND l.step <> 'evidence'
ORDER BY l.ordinal
