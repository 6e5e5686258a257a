// A circle that may stand some pixels beside its place: points published at the same place are set apart, not piled up.

const APART_PX = 11;

/** options.apart: where it stands, as a point in pixels from its place. */
export const Spot = L.CircleMarker.extend({
  // Leaflet 1.9 has no public way to shift a circle on the screen; this is where it turns its place into pixels.
  _project() {
    L.CircleMarker.prototype._project.call(this);
    if (this.options.apart) {
      this._point = this._point.add(this.options.apart);
      this._updateBounds();
    }
  },
});

/** For every point that shares its place with others: where to draw it instead. Args: places - [[lon, lat], ...]. */
export function setApart(places) {
  const groups = new Map();
  places.forEach((place, index) => {
    const key = place.map((degree) => degree.toFixed(5)).join();
    groups.set(key, [...(groups.get(key) ?? []), index]);
  });
  const apart = new Map();
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    // Neighbours on the circle keep their distance however many there are.
    const radius = Math.max(APART_PX, (APART_PX * group.length) / Math.PI);
    group.forEach((index, turn) => {
      const angle = (2 * Math.PI * turn) / group.length - Math.PI / 2;
      const offset = L.point(Math.cos(angle) * radius, Math.sin(angle) * radius);
      apart.set(index, { offset, count: group.length });
    });
  }
  return apart;
}
