-- The scene that a file is registered as now.
SELECT s.code, v.acquired_on
FROM imagery_scene_versions AS v JOIN imagery_scenes AS s ON s.id = v.scene_id
WHERE upper_inf(v.recorded) AND v.file_sha256 = :file_sha256
ORDER BY s.code
LIMIT 1
