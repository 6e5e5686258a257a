-- A scene by its code, also one that was taken off: it is still shown as it was known then.
SELECT s.code, v.cog_sha256, v.shown_bands, v.stretch_low, v.stretch_high, v.max_zoom
FROM imagery_scenes AS s JOIN imagery_scene_versions AS v ON v.scene_id = s.id
WHERE s.code = :code
ORDER BY v.id DESC
LIMIT 1
