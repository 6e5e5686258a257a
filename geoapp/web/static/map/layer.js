// A layer of the catalogue on the map: fetched when it is first shown, drawn by the style model.

import { addPatterns, classOf, pathOptions, pointOptions, ringOptions } from "./style.js";
import { buildPopup, buildTooltip, nameOf } from "./popup.js";
import { Away, whenReady } from "./recovery.js";
import { setApart, Spot } from "./spot.js";

const LIFT_PX = 2.5;
const MOST_STOPS = 60;

/** state: idle, loading, ready, failed, waiting (for the database). Tells of every change by geoapp:layer. */
export const CatalogLayer = L.LayerGroup.extend({
  initialize(map, address) {
    L.LayerGroup.prototype.initialize.call(this);
    this.home = map;
    this.id = address.id;
    this.url = address.url;
    this.order = address.order;
    this.state = "idle";
    this.entries = [];
    this.features = [];
    this.withoutPlace = 0;
    this.kept = null;
    this.hidden = null;
    this.opacity = 1;
    // Only then is it off the map.
    this.on("remove", this.tell, this);
    map.geoapp.layers.set(this.id, this);
  },

  onAdd(map) {
    L.LayerGroup.prototype.onAdd.call(this, map);
    map.on("zoomend", this.adapt, this);
    if (this.state === "idle" || this.state === "failed") this.load();
    else this.adapt();
    this.tell();
  },

  onRemove(map) {
    map.off("zoomend", this.adapt, this);
    L.LayerGroup.prototype.onRemove.call(this, map);
  },

  async load() {
    const { url } = this;
    this.become("loading");
    try {
      const [catalogue, answer] = await Promise.all([this.home.geoapp.catalogue(), fetch(url)]);
      if (answer.status === 503) throw new Away(url);
      if (!answer.ok) throw new TypeError(`${url}: ${answer.status}`);
      const collection = await answer.json();
      // Another day was asked for meanwhile.
      if (url !== this.url) return;
      this.quality = catalogue.quality;
      this.draw(catalogue.layers.find((layer) => layer.id === this.id), collection);
      this.become("ready");
    } catch (error) {
      if (url !== this.url) return;
      if (error instanceof Away) {
        this.become("waiting");
        await whenReady(this.home.geoapp.options.ready);
        await this.load();
      } else {
        // The network is down, or the answer is broken; the legend says so and offers another try.
        console.warn(`layer ${this.id}:`, error);
        this.become("failed");
      }
    }
  },

  /** The same layer as of another day, or once more where it failed; what is shown stays until the new features are there. */
  async showDay(day) {
    const url = new URL(this.url, location.href);
    if (url.searchParams.get("as_of") === day && this.state !== "failed") return;
    url.searchParams.set("as_of", day);
    this.url = url.pathname + url.search;
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

  draw(description, collection) {
    this.description = description;
    addPatterns(description);
    this.withoutPlace = collection.without_place;
    this.features = collection.features;
    const placed = collection.features.filter((feature) => feature.geometry);
    this.clearLayers();
    const points = placed.filter(({ geometry }) => geometry.type === "Point");
    const apart = setApart(points.map(({ geometry }) => geometry.coordinates));
    this.entries = placed.map((feature) => this.entry(feature, apart.get(points.indexOf(feature))));
    this.adapt();
  },

  /** A feature with its outline and, where the layer wants one, the marker that stands for it when it is small. */
  entry(feature, apart) {
    const { description } = this;
    const { type, coordinates } = feature.geometry;
    const style = classOf(description, feature.properties);
    const interactive = description.tooltip.length + description.popup.length > 0;
    const line = type.endsWith("LineString");
    const look = { approximate: feature.properties.approximate, line };
    const circles = (places) => this.circles(places, { style, look, interactive, apart: apart?.offset });
    const entry = { feature, style, apart, marker: null };
    if (isPoint(feature)) {
      entry.path = circles((type === "Point" ? [coordinates] : coordinates).map((c) => L.GeoJSON.coordsToLatLng(c)));
    } else {
      const pane = paneFor(this.home, description, line ? "line" : "area");
      const path = L.GeoJSON.geometryToLayer(feature, { ...pathOptions(style, look), pane, interactive });
      entry.path = { layer: path, cores: [path] };
      if (!line && description.marker_below_px > 0) entry.marker = circles([path.getBounds().getCenter()]);
    }
    for (const shape of [entry.path, entry.marker]) if (shape && interactive) this.bind(shape.layer, entry);
    return entry;
  },

  /** What is drawn can be reached by the keyboard and is named, unless that were hundreds of stops. */
  makeReachable({ feature, path, marker }) {
    const { length } = this.features;
    for (const core of [path, marker].flatMap((shape) => shape?.cores ?? [])) {
      const drawn = core.getElement?.();
      if (!drawn || !core.options.interactive) continue;
      drawn.setAttribute("tabindex", length > MOST_STOPS ? "-1" : "0");
      drawn.setAttribute("role", "button");
      drawn.setAttribute("aria-label", this.nameOf(feature));
    }
  },

  /** Circles at some places, with their rings; the cores are what is lifted under the pointer. */
  circles(places, { style, look, interactive, apart }) {
    const pane = paneFor(this.home, this.description, "point");
    const cores = places.map((place) => new Spot(place, { ...pointOptions(style, look), pane, interactive, apart }));
    const ring = ringOptions(style);
    if (!ring && cores.length === 1) return { layer: cores[0], cores };
    const rings = ring ? places.map((place) => new Spot(place, { ...ring, pane, apart })) : [];
    return { layer: L.featureGroup([...rings, ...cores]), cores };
  },

  bind(drawn, entry) {
    const { description, home } = this;
    const { options } = home.geoapp;
    const { properties } = entry.feature;
    drawn.bindTooltip(() => buildTooltip(description, properties, options), { sticky: true, direction: "top" });
    if (description.popup.length > 0) {
      const about = { quality: this.quality, apart: entry.apart?.count, id: entry.feature.id };
      drawn.bindPopup(() => buildPopup(description, properties, options, about), {
        maxWidth: 380,
        minWidth: 280,
        offset: entry.apart?.offset ?? [0, 0],
        ...home.geoapp.popupMargins(),
      });
    }
    drawn.on("mouseover", () => this.hover(entry, true));
    drawn.on("mouseout", () => this.hover(entry, false));
    drawn.on("popupopen popupclose", ({ type }) => {
      drawn.closeTooltip();
      this.choose(entry, type === "popupopen");
    });
  },

  hover(entry, isOver) {
    this.lift(entry, isOver);
    this.home.fire("geoapp:hover", { id: this.id, ...namesOf(isOver ? entry.feature : null) });
  },

  choose(entry, isChosen) {
    this.home.fire("geoapp:choose", { id: this.id, ...namesOf(isChosen ? entry.feature : null) });
  },

  /** Make a feature stand out, or put it back. */
  lift({ style, path, marker }, isUp) {
    for (const shape of [path, marker]) {
      if (!shape || !this.hasLayer(shape.layer)) continue;
      for (const core of shape.cores) {
        const weight = core instanceof Spot ? Math.max(style.width, 1) : style.width;
        core.setStyle({ weight: weight + (isUp ? LIFT_PX : 0) });
        if (isUp) core.bringToFront();
      }
    }
  },

  /** How many features each class has. */
  counts() {
    const counts = new Map();
    for (const { properties } of this.features) {
      const { key } = classOf(this.description, properties);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  },

  isEmpty() {
    return this.features.length === 0;
  },

  isApproximate() {
    return this.features.some(({ properties }) => properties.approximate);
  },

  hasDemo() {
    return this.features.some(({ properties }) => properties.quality === "demo" || properties.outline_quality === "demo");
  },

  /** What is drawn in place of the features: nothing here. */
  generalised() {
    return null;
  },

  /** Hide some classes (null: none). */
  setClassFilter(keys) {
    this.hidden = keys?.size ? keys : null;
    this.adapt();
  },

  setOpacity(opacity) {
    this.opacity = opacity;
    for (const kind of ["area", "line", "point"]) {
      const pane = this.home.getPane(`${kind}-${this.id}`);
      if (pane) pane.style.opacity = String(opacity);
    }
  },

  /** Show only what belongs to some parks (null: all). */
  keepParks(slugs) {
    if (slugs === this.kept || (slugs && this.kept && slugs.size === this.kept.size && slugs.isSubsetOf(this.kept))) return;
    this.kept = slugs;
    this.adapt();
  },

  /** Bring a feature into view and open what it says. */
  open({ path, marker }) {
    const shape = [marker, path].find((one) => one && this.hasLayer(one.layer)) ?? path;
    const [core] = shape.cores;
    const place = core.getLatLng?.() ?? core.getBounds().getCenter();
    if (!this.home.getBounds().pad(-0.1).contains(place)) this.home.panTo(place, { animate: false });
    shape.layer.openPopup(place);
  },

  /** All of a park on this layer: one entry, or several where a park has more than one of the thing. */
  ofPark(slug) {
    return this.entries.filter((entry) => entry.feature.properties.park_slug === slug);
  },

  /** What can be seen at this zoom: nothing out of the scale range, markers for what is too small. */
  adapt() {
    if (!this.description) return;
    const inScale = this.isInScale();
    for (const entry of this.entries) {
      const { path, marker, feature, style } = entry;
      const isKept = !this.hidden?.has(style.key) && (!this.kept || this.kept.has(feature.properties.park_slug));
      const visible = inScale && isKept;
      const small = visible && marker && sizeOf(this.home, path.layer) < this.description.marker_below_px;
      this.toggle(path.layer, visible && !small);
      if (marker) this.toggle(marker.layer, Boolean(small));
      this.makeReachable(entry);
    }
    this.tell();
  },

  /** -1: too far away, 1: too near, 0: as it should be. */
  outOfScale() {
    const zoom = this.home.getZoom();
    if (!this.description) return 0;
    return zoom < this.description.min_zoom ? -1 : Number(zoom > this.description.max_zoom);
  },

  isInScale() {
    return this.outOfScale() === 0;
  },

  toggle(layer, wanted) {
    if (wanted && !this.hasLayer(layer)) this.addLayer(layer);
    if (!wanted && this.hasLayer(layer)) this.removeLayer(layer);
  },

  isLabelled() {
    const from = this.description?.label_from_zoom ?? null;
    return from !== null && this.isInScale() && this.home.getZoom() >= from;
  },

  /** The names on the map: what is written, where, and how far beside it (null: in the middle). */
  names() {
    return this.entries.flatMap((entry) => {
      const shape = [entry.marker, entry.path].find((one) => one && this.hasLayer(one.layer));
      if (!shape) return [];
      const [core] = shape.cores;
      const isCircle = Boolean(core.getRadius);
      return {
        text: this.nameOf(entry.feature),
        place: isCircle ? core.getLatLng() : core.getBounds().getCenter(),
        shift: isCircle ? L.point(core.getRadius() + 4, 0).add(core.options.apart ?? [0, 0]) : null,
      };
    });
  },

  nameOf(feature) {
    return nameOf(this.description, feature.properties);
  },
});

/** What an event tells of a feature: its own id, and its park. */
function namesOf(feature) {
  return { feature: feature?.id ?? null, slug: feature?.properties.park_slug ?? null };
}

function isPoint({ geometry }) {
  return geometry.type.endsWith("Point");
}

/** Areas lie below lines, lines below points; within each, the higher order lies above. */
const FLOORS = { area: 400, line: 470, point: 540 };

export function paneFor(map, { id, group, order }, kind) {
  const name = `${kind}-${id}`;
  if (!map.getPane(name)) {
    const pane = map.createPane(name);
    pane.classList.add(`pane-${group}`);
    const below = [...map.geoapp.layers.values()].filter((layer) => layer.order < order).length;
    pane.style.zIndex = String(FLOORS[kind] + below);
    // A link may have asked for it before anything was drawn.
    pane.style.opacity = String(map.geoapp.layers.get(id)?.opacity ?? 1);
  }
  return name;
}

function sizeOf(map, path) {
  const bounds = path.getBounds();
  const low = map.project(bounds.getSouthWest());
  const high = map.project(bounds.getNorthEast());
  return Math.max(Math.abs(high.x - low.x), Math.abs(high.y - low.y));
}
