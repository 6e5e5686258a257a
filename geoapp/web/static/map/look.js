// How the layers of a map are shown beside what their declaration says: classes that are hidden, and opacity.
// Every change is told by geoapp:look.

/** Keys of the classes of a layer that are hidden. */
export function hiddenOf(map, id) {
  return looks(map).hidden.get(id) ?? new Set();
}

/** 0 to 1. */
export function opacityOf(map, id) {
  return looks(map).opacity.get(id) ?? 1;
}

/** Hide some classes of a layer and show the others. Args: hidden - a set of keys. */
export function hideClasses(map, id, hidden) {
  const { hidden: kept } = looks(map);
  if (hidden.size) kept.set(id, hidden);
  else kept.delete(id);
  map.geoapp.layers.get(id).setClassFilter(hidden.size ? hidden : null);
  map.fire("geoapp:look", { id });
}

export function setOpacity(map, id, opacity) {
  const { opacity: kept } = looks(map);
  if (opacity < 1) kept.set(id, opacity);
  else kept.delete(id);
  map.geoapp.layers.get(id).setOpacity(opacity);
  map.fire("geoapp:look", { id });
}

/** All layers that are not shown as they are declared. */
export function allHidden(map) {
  return new Map([...looks(map).hidden]);
}

export function allOpacities(map) {
  return new Map([...looks(map).opacity]);
}

function looks(map) {
  map.geoapp.looks ??= { hidden: new Map(), opacity: new Map() };
  return map.geoapp.looks;
}
