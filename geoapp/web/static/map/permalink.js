// The address always says what is seen, so that it can be shared; a link is copied with everything named.

import { baseOf, hasBase, setBase } from "./base-maps.js";
import { keysOf } from "./class-list.js";
import { copyText, textField } from "./clipboard.js";
import { say } from "./format.js";
import { showLayer } from "./legend.js";
import { SWAPPED } from "./live.js";
import { allHidden, allOpacities, hideClasses, setOpacity } from "./look.js";
import { readView, writeView } from "./view-address.js";

const WAIT_MS = 200;
const LONGEST_FOUND = 40;
const CHANGES = "moveend geoapp:layer geoapp:look geoapp:base geoapp:kept";

export function addPermalink(map, toolbar) {
  const permalink = new Permalink(map, toolbar);
  map.geoapp.viewLink = () => permalink.link();
  // False while something is still to be written.
  map.geoapp.isAddressOfView = () => !permalink.isToWrite;
  const { words } = toolbar;
  toolbar.add({ word: words.toolLink, title: words.toolLinkTitle, press: () => permalink.copy() });
  // Folium's script puts the layers on the map after this one has been set up.
  queueMicrotask(() => permalink.begin());
}

class Permalink {
  constructor(map, toolbar) {
    this.map = map;
    this.toolbar = toolbar;
  }

  begin() {
    const { map } = this;
    this.usual = this.now();
    this.usualLayers = [...this.usual.layers].sort().join(",");
    this.apply(location.hash);
    map.on("zoomanim", () => (this.isZooming = true));
    map.on("zoomend", () => (this.isZooming = false));
    map.on(CHANGES, () => {
      clearTimeout(this.timer);
      this.isToWrite = true;
      this.timer = setTimeout(() => this.write(), WAIT_MS);
    });
    // Back and forward tell of it by the one, an address that is typed in by the other, some browsers by both.
    let asked = null;
    const again = () => {
      clearTimeout(asked);
      asked = setTimeout(() => this.apply(location.hash || writeView(this.usual)), 0);
    };
    window.addEventListener("popstate", again);
    window.addEventListener("hashchange", again);
    window.addEventListener("pagehide", () => this.write());
    document.addEventListener(SWAPPED, () => this.markLinks());
    // Another language, or what was known on another day, of the same view.
    document.addEventListener("submit", ({ target }) => {
      if (target.matches("form.moment")) target.action = location.pathname + this.hash();
    }, true);
  }

  now() {
    const { map } = this;
    const { lat, lng } = map.getCenter();
    const layers = [...map.geoapp.layers.keys()].filter((id) => map.hasLayer(map.geoapp.layers.get(id)));
    return { zoom: map.getZoom(), lat, lng, layers, hidden: allHidden(map), opacities: allOpacities(map), parks: map.geoapp.kept ?? null, base: baseOf(map) };
  }

  /** What stands behind the #: nothing where all is as the page opens. */
  hash() {
    const hash = writeView(this.now(), this.usualLayers);
    return hash === writeView(this.usual, this.usualLayers) ? "" : hash;
  }

  /** In place of the last address: Back leaves the page, and does not undo each move. */
  write() {
    clearTimeout(this.timer);
    this.isToWrite = false;
    if (this.map.geoapp.isPrinting) return;
    const hash = this.hash();
    const isOurs = location.hash === "" || readView(location.hash) !== null;
    if (isOurs || hash) {
      if (location.hash !== hash) history.replaceState(history.state, "", location.pathname + location.search + hash);
    }
    this.markLinks();
  }

  markLinks() {
    const hash = this.hash();
    for (const link of document.querySelectorAll(".languages a")) link.hash = hash;
  }

  /** The absolute address of the view, with day and language named. */
  link() {
    const { language, as_of: day } = this.map.geoapp.options;
    const url = new URL(location.href);
    if (!url.searchParams.get("as_of")) url.searchParams.set("as_of", day);
    url.searchParams.set("lang", language);
    url.hash = writeView(this.now());
    return url.href;
  }

  async copy() {
    const { words } = this.toolbar;
    const link = this.link();
    const isCopied = await copyText(link);
    this.toolbar.makeRoom();
    this.toolbar.tell(isCopied ? words.linkCopied : words.copyFailed, { source: "link", extra: textField(link, words.linkField) });
  }

  async apply(hash) {
    const asked = readView(hash);
    if (!asked) return;
    const { map } = this;
    const { place, box, layers, base, faults } = asked;
    // A zoom that is under way would end where it was going.
    if (this.isZooming) await new Promise((resolve) => map.once("zoomend", resolve));
    if (place && this.isWithin(place)) map.setView([place.lat, place.lng], place.zoom, { animate: false });
    else if (place) faults.push(["linkPlace", `${place.lat}/${place.lng}`]);
    if (box) map.fitBounds([[box.south, box.west], [box.north, box.east]], { animate: false });
    this.show(layers ?? this.usual.layers, faults);
    this.fade(asked.opacities ?? new Map(), faults);
    this.keep(asked.parks);
    if (base === null || hasBase(map, base)) setBase(map, base);
    else faults.push(["linkBase", base]);
    await this.filter(asked);
    this.tell(faults);
  }

  isWithin({ lat, lng }) {
    const { limits } = this.map.geoapp;
    return !limits || limits.pad(0.4).contains([lat, lng]);
  }

  show(ids, faults) {
    const { map } = this;
    for (const id of ids) if (!map.geoapp.layers.has(id)) faults.push(["linkLayer", id]);
    for (const [id, layer] of map.geoapp.layers) {
      if (!ids.includes(id)) layer.removeFrom(map);
      else if (!map.hasLayer(layer)) layer.addTo(map);
    }
  }

  /** Only some parks, in the list and on the map; a page without a list shows them all. */
  keep(parks) {
    this.map.geoapp.keepOnly?.(parks);
  }

  fade(opacities, faults) {
    const { map } = this;
    for (const id of allOpacities(map).keys()) if (!opacities.has(id)) setOpacity(map, id, 1);
    for (const [id, opacity] of opacities) {
      if (map.geoapp.layers.has(id)) setOpacity(map, id, opacity);
      else faults.push(["linkLayer", id]);
    }
  }

  /** What the catalogue must be known for: classes, and layers that exclude each other. */
  async filter({ layers, hidden, faults }) {
    const { map } = this;
    for (const id of allHidden(map).keys()) if (!hidden?.has(id)) hideClasses(map, id, new Set());
    let catalogue = null;
    try {
      catalogue = await map.geoapp.catalogue();
    } catch {
      // The legend says that the layers could not be loaded.
      return;
    }
    for (const { id } of catalogue.layers) if (layers?.includes(id)) showLayer(map, catalogue, id, true);
    for (const [id, keys] of hidden ?? []) {
      const description = catalogue.layers.find((one) => one.id === id);
      if (!description) faults.push(["linkLayer", id]);
      else this.hide(description, keys, faults);
    }
  }

  hide(description, keys, faults) {
    const all = keysOf(description);
    const known = [...keys].filter((key) => all.includes(key));
    for (const key of keys) if (!all.includes(key)) faults.push(["linkClass", `${description.id}:${key}`]);
    hideClasses(this.map, description.id, new Set(known));
  }

  tell(faults) {
    if (!faults.length) return;
    const { words } = this.toolbar;
    const told = faults.map(([kind, found]) => say(words[kind], { found: found.slice(0, LONGEST_FOUND) }));
    this.toolbar.tell(say(words.linkFaults, { faults: told.join(", ") }), { source: "link" });
  }
}
