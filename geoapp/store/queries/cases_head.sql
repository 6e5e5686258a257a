-- Where the chain ends.
SELECT sequence, hash FROM case_chain
