-- A case that somebody flags by hand.
INSERT INTO cases (kind, park_id, plot_ids, geom, as_of, rules_on, area_ha, finding)
VALUES ('flag', :park_id, CAST(:plot_ids AS integer[]), ST_GeomFromGeoJSON(CAST(:geometry AS text)), :as_of, :as_of, :area_ha,
        CAST(:finding AS jsonb))
RETURNING id
