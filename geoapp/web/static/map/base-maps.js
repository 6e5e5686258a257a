// Online base maps, where the operator has allowed some: chosen in the layer panel, each with its attribution and a note.

import { element } from "./dom.js";
import { say } from "./format.js";

const LAND = "land";

/** The id of the base map that is on, or null. */
export function baseOf(map) {
  return map.geoapp.base?.id ?? null;
}

export function hasBase(map, id) {
  return map.geoapp.options.base_maps.some((one) => one.id === id);
}

/** Put a base map on, or none (null). The land is drawn over it otherwise, so it is switched off meanwhile. */
export function setBase(map, id) {
  if (baseOf(map) === id) return;
  const { options, layers } = map.geoapp;
  const land = layers.get(LAND);
  map.geoapp.base?.tiles.remove();
  const asked = options.base_maps.find((one) => one.id === id);
  if (asked) {
    if (land && map.hasLayer(land)) map.geoapp.landWasOn = Boolean(land.removeFrom(map));
    map.geoapp.base = { id, tiles: tilesOf(map, asked).addTo(map) };
  } else {
    map.geoapp.base = null;
    if (land && map.geoapp.landWasOn) land.addTo(map);
    map.geoapp.landWasOn = false;
  }
  map.getContainer().classList.toggle("has-base", Boolean(asked));
  map.fire("geoapp:base", { id });
}

function tilesOf(map, { url, attribution, max_zoom: deepest, referrer }) {
  const tiles = L.tileLayer(url, {
    // Leaflet writes it as HTML.
    attribution: element("span", {}, attribution).outerHTML,
    maxNativeZoom: deepest,
    maxZoom: 19,
    referrerPolicy: referrer ? "origin" : "no-referrer",
  });
  const { words } = map.geoapp.options;
  tiles.once("tileerror", () =>
    map.geoapp.toolbar.tell(say(words.baseFailed, { host: new URL(url).hostname }), { source: "base" }),
  );
  return tiles;
}

/** The choice in the layer panel; null where no base map is allowed. */
export function baseSection(map) {
  const { base_maps: allowed, words } = map.geoapp.options;
  if (!allowed.length) return null;
  const none = option(map, null, words.baseNone);
  const options = allowed.map((one) => option(map, one.id, one.title, [say(words.baseFrom, { host: new URL(one.url).hostname }), one.note]));
  const node = element("details", { class: "group base-maps" }, element("summary", {}, element("span", {}, words.baseMaps)));
  node.append(none.node, ...options.map((one) => one.node));
  const refresh = () => [none, ...options].forEach((one) => one.refresh());
  map.on("geoapp:base", () => {
    node.open ||= baseOf(map) !== null;
    refresh();
  });
  refresh();
  return node;
}

function option(map, id, title, notes = []) {
  const radio = element("input", { type: "radio", name: "base-map", value: id ?? "" });
  const told = notes.map((note) => element("p", { class: "quiet" }, note));
  const note = element("div", { class: "layer-legend", hidden: true }, ...told);
  const node = element("div", { class: "base-row" }, element("label", {}, radio, element("span", {}, title)), note);
  radio.addEventListener("change", () => setBase(map, id));
  const refresh = () => {
    radio.checked = baseOf(map) === id;
    note.hidden = !radio.checked || !notes.length;
  };
  return { node, refresh };
}
