-- The first place where the events do not form the chain that they should, and why; none where all is as it was written.
WITH linked AS (
    SELECT e.sequence, e.case_id, e.number, e.hash, e.previous_hash,
           encode(sha256(convert_to(case_event_text(e), 'UTF8')), 'hex') AS computed,
           lag(e.hash, 1, repeat('0', 64)) OVER (ORDER BY e.sequence) AS before,
           row_number() OVER (ORDER BY e.sequence) AS place,
           e.number = 1 + count(*) OVER (PARTITION BY e.case_id ORDER BY e.sequence
                                         ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS in_order
    FROM case_events AS e
), faults AS (
    SELECT sequence, case_id, number,
           CASE WHEN sequence <> place THEN 'an event before this one is missing'
                WHEN previous_hash <> before THEN 'it does not follow the event before it'
                WHEN hash <> computed THEN 'its content is not what was written'
                WHEN NOT in_order THEN 'its number in the case is not the next one' END AS fault
    FROM linked
    UNION ALL
    SELECT h.sequence, NULL, NULL, 'the end of the chain is missing'
    FROM case_chain AS h LEFT JOIN case_events AS e ON e.sequence = h.sequence
    WHERE h.sequence > 0 AND e.hash IS DISTINCT FROM h.hash
    UNION ALL
    SELECT e.sequence, c.id, 1, 'the case does not say any more what it said when it was opened'
    FROM cases AS c LEFT JOIN case_events AS e ON e.case_id = c.id AND e.number = 1
    WHERE e.details IS DISTINCT FROM case_opening(c)
    UNION ALL
    SELECT e.sequence, c.id, c.last_number, 'the case is not in the state in which its last event left it'
    FROM cases AS c LEFT JOIN case_events AS e ON e.case_id = c.id AND e.number = c.last_number
    WHERE e.to_state IS DISTINCT FROM c.state
       OR EXISTS (SELECT FROM case_events AS later WHERE later.case_id = c.id AND later.number > c.last_number)
)
SELECT sequence, case_id, number, fault FROM faults WHERE fault IS NOT NULL ORDER BY sequence NULLS FIRST, case_id LIMIT 1
