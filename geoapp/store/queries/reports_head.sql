-- Where the chain of events of reports ends.
SELECT sequence, hash FROM report_chain
