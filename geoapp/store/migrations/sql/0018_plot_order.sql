-- Tables of plots are in the order in which people count codes; reckoned when a plot is named, not at each look.
ALTER TABLE plots ADD COLUMN code_key text NOT NULL GENERATED ALWAYS AS (natural_key(code)) STORED;
