-- What every page asks for, found by an index however much else is stored.

-- The first and last day with figures, which every request asks for, stand at the ends of this one.
CREATE INDEX observations_share_days ON observations (indicator, valid_on)
    WHERE upper_inf(recorded) AND numerator IS NOT NULL;

-- The projects of one park or zone.
CREATE INDEX ON project_versions (park_id);
CREATE INDEX ON project_versions (zone_id);
