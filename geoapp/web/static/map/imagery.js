// Pictures from space behind the layers: a group at the end of the panel, one scene at a time, its day told on the map.
// Nothing is asked of the server before the group is opened or the address names a scene.

import { element } from "./dom.js";
import { formatDay, formatNumber, say } from "./format.js";

const PANE = "imagery";
// Areas of the base map lie on this floor; a pane that comes later in the page lies above one of the same floor.
const FLOOR = "400";
const PARAMETER = "imagery";

export function createImagery(map, { url }) {
  return new Imagery(map, url);
}

class Imagery {
  constructor(map, url) {
    Object.assign(this, { map, url, scenes: null, chosen: null, tiles: null, opacity: 1, failed: false });
    this.list = element("div", { class: "scenes" });
    this.count = element("span", { class: "count" });
    const title = element("span", {}, map.geoapp.options.words.imagery);
    this.group = element("details", { class: "group imagery" }, element("summary", {}, title, this.count), this.list);
    this.group.addEventListener("toggle", () => {
      if (this.group.open && this.scenes === null) this.load();
    });
    map.geoapp.panels = [...(map.geoapp.panels ?? []), this.group];
    this.caption = caption(map);
    map.on("geoapp:layer", () => this.raise());
    document.addEventListener("geoapp:live", () => this.follow());
    window.addEventListener("popstate", () => this.readAddress());
    this.readAddress();
  }

  /** The list as of the day that is shown. A scene that had not been taken by then goes; the newest one follows. */
  async load() {
    const asked = this.url;
    const { words } = this.map.geoapp.options;
    if (this.scenes === null) this.list.replaceChildren(element("p", { class: "quiet", role: "status" }, words.loading));
    try {
      const answer = await fetch(asked);
      if (!answer.ok) throw new TypeError(`${asked}: ${answer.status}`);
      const { scenes } = await answer.json();
      if (asked !== this.url) return;
      const wasNewest = this.chosen !== null && this.scenes?.[0]?.id === this.chosen.id;
      this.scenes = scenes;
      this.fill();
      if (this.chosen && (wasNewest || !scenes.some(({ id }) => id === this.chosen.id))) this.show(scenes[0] ?? null);
    } catch (error) {
      if (asked !== this.url) return;
      console.warn("imagery:", error);
      const again = element("button", { type: "button" }, words.retry);
      again.addEventListener("click", () => this.load());
      this.list.replaceChildren(element("p", { class: "failed", role: "alert" }, words.imageryFailed, " ", again));
    }
  }

  /** Another day is shown: the same list as of then. */
  follow() {
    const day = new URL(location.href).searchParams.get("as_of") ?? this.map.geoapp.options.newest;
    const url = new URL(this.url, location.href);
    if (url.searchParams.get("as_of") === day) return;
    url.searchParams.set("as_of", day);
    this.url = url.pathname + url.search;
    if (this.scenes !== null) this.load();
  }

  async readAddress() {
    const id = new URL(location.href).searchParams.get(PARAMETER);
    if (id === (this.chosen?.id ?? null)) return;
    if (id && this.scenes === null) await this.load();
    const scene = this.scenes?.find((one) => one.id === id) ?? null;
    if (scene) this.group.open = true;
    this.show(scene);
  }

  fill() {
    const { words } = this.map.geoapp.options;
    if (this.scenes.length === 0) {
      this.list.replaceChildren(element("p", { class: "quiet" }, words.imageryNone));
      return;
    }
    this.list.replaceChildren(
      choice(words.imageryOff, null, this.chosen === null, () => this.show(null)),
      ...this.scenes.map((scene) => this.row(scene)),
    );
  }

  row(scene) {
    const { words, language } = this.map.geoapp.options;
    const isOn = this.chosen?.id === scene.id;
    const day = element("b", {}, formatDay(scene.acquired_on, language));
    const named = element("span", { class: "scene-name" }, day, " ", tag(scene), element("span", {}, scene.title));
    const row = choice(named, scene.id, isOn, () => this.show(scene));
    if (!isOn) return row;
    const size = formatNumber(scene.pixel_size_m, scene.pixel_size_m < 10 ? 1 : 0, language);
    const facts = [say(words.imageryPixel, { size }), say(words.imagerySource, { source: scene.source }), scene.note];
    return element("div", {}, row, element("div", { class: "layer-legend" },
      this.failed ? element("p", { class: "failed", role: "alert" }, words.imageryFailed) : null,
      this.slider(words),
      ...facts.filter(Boolean).map((fact) => element("p", { class: "quiet" }, fact)),
    ));
  }

  slider(words) {
    const range = element("input", { type: "range", min: 10, max: 100, step: 5, value: this.opacity * 100 });
    const told = element("span", { class: "count" }, `${Math.round(this.opacity * 100)} %`);
    range.addEventListener("input", () => {
      this.opacity = Number(range.value) / 100;
      told.textContent = `${range.value} %`;
      this.tiles?.setOpacity(this.opacity);
    });
    return element("label", { class: "opacity" }, element("span", {}, words.imageryOpacity), range, told);
  }

  /** Show a scene, or none (null). */
  show(scene) {
    if (scene?.id === this.chosen?.id) return;
    this.tiles?.remove();
    this.tiles = null;
    this.failed = false;
    this.chosen = scene;
    if (scene) this.lay(scene);
    this.caption.tell(scene);
    this.count.textContent = scene ? `1/${this.scenes.length}` : "";
    const address = new URL(location.href);
    if (scene) address.searchParams.set(PARAMETER, scene.id);
    else address.searchParams.delete(PARAMETER);
    history.replaceState(history.state, "", address);
    if (this.scenes) this.refill();
  }

  lay(scene) {
    const [west, south, east, north] = scene.bounds;
    const pane = this.map.getPane(PANE) ?? this.map.createPane(PANE);
    pane.style.zIndex = FLOOR;
    this.raise();
    this.tiles = L.tileLayer(scene.tiles, {
      pane: PANE,
      bounds: L.latLngBounds([south, west], [north, east]),
      maxNativeZoom: scene.max_zoom,
      maxZoom: this.map.getMaxZoom(),
      opacity: this.opacity,
    });
    this.tiles.on("tileerror", () => {
      if (this.failed) return;
      this.failed = true;
      this.refill();
    });
    this.tiles.addTo(this.map);
  }

  /** The list anew; whoever works in it by keyboard stays where they are. */
  refill() {
    const focused = this.list.contains(document.activeElement) ? document.activeElement.value : null;
    this.fill();
    if (focused !== null) this.list.querySelector(`input[value="${CSS.escape(focused)}"]`)?.focus();
  }

  /** Above the land, below all that tells figures. */
  raise() {
    const pane = this.map.getPane(PANE);
    if (this.chosen && pane && pane !== pane.parentElement.lastElementChild) pane.parentElement.append(pane);
  }
}

function choice(name, value, isOn, act) {
  const box = element("input", { type: "radio", name: "imagery-scene", value: value ?? "", checked: isOn });
  box.addEventListener("change", act);
  return element("div", { class: "layer-row" }, element("label", {}, box, element("span", {}, name)));
}

function tag({ quality, quality_label }) {
  return element("span", { class: `tag tag-${quality}` }, quality_label);
}

/** The line on the map that says which picture is seen, and of which day. */
function caption(map) {
  const { words, language } = map.geoapp.options;
  const control = L.control({ position: "topleft" });
  const box = element("p", { class: "imagery-caption", role: "status", hidden: true });
  control.onAdd = () => box;
  control.addTo(map);
  const tell = (scene) => {
    box.hidden = scene === null;
    if (scene === null) return;
    const day = formatDay(scene.acquired_on, language);
    box.replaceChildren(element("b", {}, say(words.imageryOf, { date: day })), " ", tag(scene), " ", element("span", {}, scene.title));
  };
  return { tell };
}
