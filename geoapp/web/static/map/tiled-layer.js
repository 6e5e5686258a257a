// A large layer of the catalogue: vector tiles drawn on a canvas with the style, legend, tooltip and popup of small ones.

import { element } from "./dom.js";
import { formatNumber, say } from "./format.js";
import { paneFor } from "./layer.js";
import { buildPopup, buildTooltip, nameOf } from "./popup.js";
import { Away, whenReady } from "./recovery.js";
import { addPatterns, classOf } from "./style.js";
import { paintRules } from "./tile-paint.js";

// The data of a tile cover 512 pixels of the map.
const LEVEL_DIFF = 1;
const TILE_PX = 512;
const MOST_ZOOM = 18;
// A tile that was lost on its way is asked for once more before the layer is said to be incomplete.
const AGAIN_MS = 1000;
// The level of a tile that is too full for any other.
const CELLS = "cells";

/** States and events as of CatalogLayer. */
export const TiledLayer = L.LayerGroup.extend({
  initialize(map, address) {
    L.LayerGroup.prototype.initialize.call(this);
    this.home = map;
    this.id = address.id;
    this.url = address.url;
    this.order = address.order;
    this.addresses = { tiles: address.tiles, summary: address.summary };
    this.state = "idle";
    // What small layers hold in the page is on the server here.
    this.entries = [];
    this.features = [];
    this.summary = null;
    this.held = new Set();
    this.hidden = null;
    this.kept = null;
    this.opacity = 1;
    // Only then is it off the map.
    this.on("remove", this.tell, this);
    map.geoapp.layers.set(this.id, this);
  },

  onAdd(map) {
    L.LayerGroup.prototype.onAdd.call(this, map);
    map.on("zoomend", this.tell, this);
    if (this.state === "idle" || this.state === "failed") this.load();
    this.tell();
  },

  onRemove(map) {
    map.off("zoomend", this.tell, this);
    map.geoapp.pointer?.forget(this);
    L.LayerGroup.prototype.onRemove.call(this, map);
  },

  async load() {
    const { summary: url } = this.addresses;
    this.become("loading");
    try {
      const [catalogue, answer] = await Promise.all([this.home.geoapp.catalogue(), fetch(url)]);
      if (answer.status === 503) throw new Away(url);
      if (!answer.ok) throw new TypeError(`${url}: ${answer.status}`);
      const summary = await answer.json();
      if (url !== this.addresses.summary) return;
      this.quality = catalogue.quality;
      this.summary = summary;
      this.withoutPlace = summary.without_place;
      this.draw(catalogue.layers.find((layer) => layer.id === this.id));
      this.become("ready");
    } catch (error) {
      if (url !== this.addresses.summary) return;
      if (error instanceof Away) {
        this.become("waiting");
        await whenReady(this.home.geoapp.options.ready);
        await this.load();
      } else {
        console.warn(`layer ${this.id}:`, error);
        this.become("failed");
      }
    }
  },

  /** The same layer as of another day. */
  async showDay(day) {
    const move = (address) => address.replace(/([?&]as_of=)[^&]*/, `$1${day}`);
    const moved = Object.fromEntries(Object.entries(this.addresses).map(([name, address]) => [name, move(address)]));
    if (moved.summary === this.addresses.summary && this.state !== "failed") return;
    this.addresses = moved;
    this.url = move(this.url);
    if (this.home.hasLayer(this)) await this.load();
    else this.state = "idle";
  },

  become(state) {
    this.state = state;
    this.tell();
  },

  tell() {
    this.home.fire("geoapp:layer", { id: this.id });
  },

  draw(description) {
    this.description = description;
    addPatterns(description);
    const old = this.grid;
    this.grid = protomapsL.leafletLayer({
      url: new TileSource(this),
      levelDiff: LEVEL_DIFF,
      maxDataZoom: MOST_ZOOM,
      minZoom: description.min_zoom,
      maxZoom: description.max_zoom,
      pane: paneFor(this.home, description, "area"),
      paintRules: paintRules(description, [...description.levels.map(({ name }) => name), "features", CELLS], (props, style) => this.isKept(props, style)),
      attribution: "",
      opacity: this.opacity,
      lang: this.home.geoapp.options.language,
    });
    this.grid.on("load", this.noteLevels, this);
    this.addLayer(this.grid);
    // The old day stays until the new one is drawn.
    if (old) this.grid.once("load", () => this.removeLayer(old));
    this.home.geoapp.pointer?.watch(this);
  },

  isKept(props, style) {
    return !this.hidden?.has(style.key) && (!this.kept || this.kept.has(props.park_slug));
  },

  /** What lies under a place of the map: the feature, and the level of detail it belongs to. */
  find(latlng) {
    if (!this.grid || !this.isInScale()) return null;
    const found = this.grid.queryTileFeaturesDebug(latlng.lng, latlng.lat).get("") ?? [];
    const hit = found.findLast(({ feature: { props } }) => this.isKept(props, classOf(this.description, props)));
    return hit ? { properties: hit.feature.props, level: hit.layerName } : null;
  },

  tooltipOf({ properties, level }) {
    const { options } = this.home.geoapp;
    if (level === "features") return buildTooltip(this.description, properties, options);
    return this.levelCard(properties, level);
  },

  /** What a tile tells of what was clicked: of a level all there is, of a feature until the rest comes, or is lost. */
  cardOf({ properties, level }, { isLost = false } = {}) {
    if (level !== "features") return this.levelCard(properties, level);
    const { options } = this.home.geoapp;
    const { words } = options;
    const card = buildTooltip(this.description, properties, options);
    card.setAttribute("aria-busy", String(!isLost));
    card.append(element("span", { class: isLost ? "warn" : "quiet", role: "status" }, isLost ? words.restFailed : words.loading));
    return card;
  },

  /** The popup of a feature, with all that the server knows of it. */
  async popupOf({ properties }) {
    const { options } = this.home.geoapp;
    const url = new URL(this.url, location.href);
    url.pathname += `/${properties.id.split("/").map(encodeURIComponent).join("/")}`;
    // A feature has one place, so its address takes none.
    for (const place of ["park", "zone"]) url.searchParams.delete(place);
    const answer = await fetch(url);
    if (!answer.ok) throw new TypeError(`${url}: ${answer.status}`);
    const [feature] = (await answer.json()).features;
    return buildPopup(this.description, feature.properties, options, { quality: this.quality, id: properties.id });
  },

  levelCard(properties, level) {
    if (level === CELLS) return this.cellCard(properties);
    const { words, language } = this.home.geoapp.options;
    const { title } = this.description.levels.find(({ name }) => name === level);
    const style = classOf(this.description, properties);
    const many = say(words.things, {
      count: formatNumber(properties.things, 0, language),
      area: formatNumber(properties.area_ha, 1, language),
    });
    return element(
      "div",
      { class: "tip" },
      element("strong", {}, properties[`name_${language}`]),
      element("span", {}, style.label),
      element("span", {}, many),
      element("span", { class: "quiet" }, title),
    );
  },

  /** A square cell stands for many features: it has a number and the class of most of them. */
  cellCard(properties) {
    const { words, language } = this.home.geoapp.options;
    const count = formatNumber(properties.things, 0, language);
    const { label } = classOf(this.description, properties);
    return element(
      "div",
      { class: "tip" },
      element("strong", {}, say(words.cell, { count })),
      element("span", {}, say(words.cellMostly, { label })),
    );
  },

  /** Which levels the tiles on the screen hold: where there is too much for one, it holds a coarser one. */
  noteLevels() {
    const [view] = this.grid.views.values();
    const tiles = Object.values(this.grid._tiles ?? {}).filter(({ current }) => current);
    const held = tiles.flatMap(({ coords }) => {
      const { x, y, z } = view.dataTileForDisplayTile(coords).dataTile;
      return [...(view.tileCache.cache.get(`${x}:${y}:${z}`)?.data.keys() ?? [])];
    });
    this.held = new Set(held);
    this.tell();
  },

  /** What the reader must know of tiles that were too full; nothing where all are as fine as the zoom. */
  crowded() {
    const { words } = this.home.geoapp.options;
    if (this.held.has(CELLS)) return words.cells;
    const zoom = Math.ceil(this.home.getZoom() - 1) + 1;
    const coarser = this.description.levels.filter((level) => zoom > level.max_zoom);
    return coarser.some(({ name }) => this.held.has(name)) ? words.crowded : null;
  },

  counts() {
    return new Map(Object.entries(this.summary?.counts ?? {}));
  },

  isEmpty() {
    return this.counts().size === 0;
  },

  isApproximate() {
    return Boolean(this.summary?.has_approximate);
  },

  hasDemo() {
    return Boolean(this.summary?.has_demo);
  },

  /** What is drawn in place of the features at this zoom, in words; null where they are drawn themselves. */
  generalised() {
    const zoom = Math.ceil(this.home.getZoom() - 1) + 1;
    const level = this.description?.levels.find(({ max_zoom: most }) => zoom <= most)?.title ?? null;
    return [level, this.crowded()].filter(Boolean).join(". ") || null;
  },

  setClassFilter(keys) {
    this.hidden = keys?.size ? keys : null;
    this.redraw();
  },

  keepParks(slugs) {
    this.kept = slugs;
    this.redraw();
  },

  setOpacity(opacity) {
    this.opacity = opacity;
    this.grid?.setOpacity(opacity);
  },

  redraw() {
    this.grid?.rerenderTiles();
    this.tell();
  },

  ofPark() {
    return [];
  },

  lift() {},

  outOfScale() {
    const zoom = this.home.getZoom();
    if (!this.description) return 0;
    return zoom < this.description.min_zoom ? -1 : Number(zoom > this.description.max_zoom);
  },

  isInScale() {
    return this.outOfScale() === 0;
  },

  isLabelled() {
    const from = this.description?.label_from_zoom ?? null;
    return from !== null && this.isInScale() && this.home.getZoom() >= from;
  },

  /** Names of the features whose tiles are here; one that several tiles share is named once, in its middle. */
  names() {
    if (!this.grid) return [];
    const zoom = Math.min(Math.round(this.home.getZoom()) - LEVEL_DIFF, MOST_ZOOM);
    const boxes = new Map();
    for (const [key, { data }] of this.grid.views.get("").tileCache.cache) {
      const [x, y, z] = key.split(":").map(Number);
      if (z !== zoom) continue;
      for (const { props, bbox } of data.get("features") ?? []) {
        if (!this.isKept(props, classOf(this.description, props))) continue;
        const box = boxes.get(props.id) ?? { props, bounds: L.bounds([]) };
        box.bounds.extend([x * TILE_PX + bbox.minX, y * TILE_PX + bbox.minY]);
        box.bounds.extend([x * TILE_PX + bbox.maxX, y * TILE_PX + bbox.maxY]);
        boxes.set(props.id, box);
      }
    }
    return [...boxes.values()].map(({ props, bounds }) => ({
      text: nameOf(this.description, props),
      place: this.home.unproject(bounds.getCenter(), zoom + LEVEL_DIFF),
      shift: null,
    }));
  },

  nameOf(feature) {
    return nameOf(this.description, feature.properties);
  },
});

/** Where the renderer gets its tiles; in place of an archive of its own kind, which it asks in the same way. */
class TileSource {
  constructor(layer) {
    this.layer = layer;
    this.template = `${layer.addresses.tiles}&v=${encodeURIComponent(layer.summary.version)}`;
  }

  async getZxy(z, x, y, signal, isLast = false) {
    const url = this.template.replace("{z}", z).replace("{x}", x).replace("{y}", y);
    try {
      const answer = await fetch(url, { signal });
      if (answer.status === 503) {
        await whenReady(this.layer.home.geoapp.options.ready);
        return this.getZxy(z, x, y, signal);
      }
      if (!answer.ok) throw new TypeError(`${url}: ${answer.status}`);
      const data = await answer.arrayBuffer();
      return data.byteLength ? { data } : undefined;
    } catch (error) {
      // A tile that is no longer wanted is no failure.
      if (error.name === "AbortError" || signal?.aborted) return undefined;
      if (!isLast) {
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
        return this.getZxy(z, x, y, signal, true);
      }
      console.warn(`layer ${this.layer.id}:`, error);
      this.layer.become("failed");
      return undefined;
    }
  }
}
