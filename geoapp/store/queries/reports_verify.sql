-- The first place where the events of reports do not form the chain that they should, or a closed report does not say what
-- it said when it was closed; none where all is as it was written.
WITH linked AS (
    SELECT e.sequence, e.version_id, e.number, e.hash, e.previous_hash,
           encode(sha256(convert_to(report_event_text(e), 'UTF8')), 'hex') AS computed,
           lag(e.hash, 1, repeat('0', 64)) OVER (ORDER BY e.sequence) AS before,
           row_number() OVER (ORDER BY e.sequence) AS place,
           e.number = 1 + count(*) OVER (PARTITION BY e.version_id ORDER BY e.sequence
                                         ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS in_order
    FROM report_events AS e
), closed AS (
    SELECT e.sequence, e.version_id, e.number, v.state, e.seal AS written, report_seal(v.id) AS found
    FROM report_versions AS v JOIN report_events AS e ON e.version_id = v.id AND e.number = v.last_number
    WHERE v.state IN ('approved', 'signed')
), faults AS (
    SELECT sequence, version_id, number, 0 AS rank,
           CASE WHEN sequence <> place THEN 'an event before this one is missing'
                WHEN previous_hash <> before THEN 'it does not follow the event before it'
                WHEN hash <> computed THEN 'its content is not what was written'
                WHEN NOT in_order THEN 'its number in the report is not the next one' END AS fault
    FROM linked
    UNION ALL
    SELECT h.sequence, NULL, NULL, 0, 'the end of the chain is missing'
    FROM report_chain AS h LEFT JOIN report_events AS e ON e.sequence = h.sequence
    WHERE h.sequence > 0 AND e.hash IS DISTINCT FROM h.hash
    UNION ALL
    SELECT e.sequence, v.id, v.last_number, 0, 'the report is not in the state in which its last event left it'
    FROM report_versions AS v LEFT JOIN report_events AS e ON e.version_id = v.id AND e.number = v.last_number
    WHERE e.to_state IS DISTINCT FROM v.state
       OR EXISTS (SELECT FROM report_events AS later WHERE later.version_id = v.id AND later.number > v.last_number)
       OR v.state = 'signed' AND NOT EXISTS (
           SELECT FROM report_events AS s WHERE s.version_id = v.id AND s.step = 'sign'
           AND (s.document_no, s.signed_on, s.signer) = (v.document_no, v.signed_on, v.signer))
    UNION ALL
    -- Files of an approved report are made after it was approved; those of a signed one are part of what was signed. They
    -- are of what the report says, so another content is told first.
    SELECT sequence, version_id, number, (part.key IN ('files', 'open_content'))::integer,
           'the report does not say any more what it said when it was ' || state || ': ' || part.key
    FROM closed CROSS JOIN LATERAL jsonb_each(written) AS part
    WHERE part.value IS DISTINCT FROM found -> part.key
      AND (state = 'signed' OR part.key <> 'files')
)
SELECT sequence, version_id, number, fault FROM faults WHERE fault IS NOT NULL
ORDER BY sequence NULLS FIRST, version_id, rank, fault LIMIT 1
