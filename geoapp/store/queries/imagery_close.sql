UPDATE imagery_scene_versions AS v SET recorded = tstzrange(lower(v.recorded), now())
FROM imagery_scenes AS s
WHERE s.id = v.scene_id AND s.code = :code AND upper_inf(v.recorded)
RETURNING s.code
