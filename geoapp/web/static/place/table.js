// A table of plots or projects that follows the map, and that the map follows. The server writes the rows, a page at a time.

import { Marker } from "./mark.js";

const TYPED_MS = 250;
const MOVED_MS = 200;
const NEAR_PX = 300;
const CLOSEST_ZOOM = 17;
const LAYERS = { plots: ["plot_state", "plot_use"], projects: ["projects"] };
const KEYS = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };

export class MapTable {
  constructor(map, section) {
    this.map = map;
    this.section = section;
    this.what = section.dataset.table;
    this.marker = new Marker(map);
    this.isActive = true;
    this.form = section.querySelector("form");
    this.state = new URL(section.dataset.here, location.href).searchParams;
    for (const hidden of section.querySelectorAll("[data-scripted]")) hidden.hidden = false;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask();
    });
    this.form.addEventListener("input", () => this.later(TYPED_MS));
    map.on("moveend", () => {
      if (this.follows() && this.isActive) this.later(MOVED_MS);
    });
    map.on("geoapp:hover", ({ id, feature }) => {
      if (this.isOf(id)) this.toggle("hovered", feature);
    });
    section.addEventListener("click", (event) => this.clicked(event));
    section.addEventListener("keydown", (event) => this.pressed(event));
    for (const kind of ["mouseover", "focusin"]) section.addEventListener(kind, (event) => this.pointed(event.target));
    section.addEventListener("mouseleave", () => this.pointed(null));
    section.addEventListener("focusout", () => this.pointed(null));
    this.more = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && this.append(), {
      root: section.querySelector("[data-scroller]"),
      rootMargin: `${NEAR_PX}px`,
    });
    this.settle();
  }

  /** Whether a layer of the map shows what this table lists. */
  isOf(layer) {
    return LAYERS[this.what].includes(layer);
  }

  setActive(isActive) {
    this.isActive = isActive;
    if (!isActive) this.marker.show(null);
    else if (this.follows()) this.later(0);
  }

  /** The same table as of another day. */
  showDay(day) {
    if (day) this.state.set("as_of", day);
    else this.state.delete("as_of");
    this.marker.forget();
    this.ask();
  }

  follows() {
    return this.form.elements.follow.checked;
  }

  later(ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), ms);
  }

  /** The query of what is asked for now. */
  query() {
    const { q, state } = this.form.elements;
    const query = new URLSearchParams(this.state);
    const set = (name, value) => (value ? query.set(name, value) : query.delete(name));
    set("q", q.value.trim());
    set("state", state.value);
    set("box", this.follows() ? boxOf(this.map) : null);
    return query;
  }

  async fetch(query) {
    query.set("part", "1");
    const url = `${new URL(this.section.dataset.here, location.href).pathname}?${query}`;
    const answer = await fetch(url, { signal: this.last?.signal });
    if (!answer.ok) throw new TypeError(`${url}: ${answer.status}`);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  /** Ask for the first rows anew; what was asked before is dropped. */
  async ask() {
    clearTimeout(this.timer);
    this.last?.abort();
    this.last = new AbortController();
    const { signal } = this.last;
    this.section.setAttribute("aria-busy", "true");
    try {
      const read = await this.fetch(this.query());
      if (signal.aborted) return;
      for (const part of ["thead", "[data-rows]", ".table-told"]) {
        this.section.querySelector(part).replaceWith(document.adoptNode(read.querySelector(part)));
      }
      this.section.querySelector(".more-rows")?.remove();
      const more = read.querySelector(".more-rows");
      if (more) this.section.querySelector("[data-scroller]").append(document.adoptNode(more));
      this.section.querySelector("[data-scroller]").scrollTop = 0;
      this.tellFile();
      this.settle();
    } catch (error) {
      if (error.name !== "AbortError") console.info("table:", error);
    } finally {
      if (!signal.aborted) this.section.removeAttribute("aria-busy");
    }
  }

  /** The next rows, put under those that are there. */
  async append() {
    const more = this.section.querySelector(".more-rows");
    const link = more?.querySelector("[data-more]");
    if (!link || more.dataset.asked) return;
    more.dataset.asked = "true";
    const query = this.query();
    query.set("start", new URL(link.href).searchParams.get("start"));
    const { last } = this;
    try {
      const read = await this.fetch(query);
      // Another order or filter was asked for meanwhile.
      if (last !== this.last) return;
      this.section.querySelector("[data-rows]").append(...document.adoptNode(read.querySelector("[data-rows]")).children);
      const next = read.querySelector(".more-rows");
      if (next) more.replaceWith(document.adoptNode(next));
      else more.remove();
      this.settle();
    } catch (error) {
      delete more.dataset.asked;
      if (error.name !== "AbortError") console.info("table:", error);
    }
  }

  /** The file holds what the table shows. */
  tellFile() {
    const query = this.query();
    query.delete("part");
    const link = this.section.querySelector("[data-csv]");
    link.href = `${new URL(this.section.dataset.file, location.href).pathname}?${query}`;
  }

  rows() {
    return [...this.section.querySelectorAll("[data-rows] tr[data-feature]")];
  }

  /** One row at a time can be reached by Tab, and from it its link. */
  settle() {
    const rows = this.rows();
    const current = rows.find((row) => row.tabIndex === 0 && row.hasAttribute("tabindex")) ?? rows[0];
    for (const row of rows) reach(row, row === current);
    const more = this.section.querySelector(".more-rows");
    this.more.disconnect();
    if (more) this.more.observe(more);
    if (this.picked) this.toggle("chosen", this.picked);
  }

  pointed(target) {
    const row = target?.closest?.("tr[data-feature]");
    if (row || target === null) this.marker.show(row ? this.outline(row) : this.outlineOf(this.picked));
  }

  outline(row) {
    return row.dataset.box ? this.address(row.dataset) : null;
  }

  outlineOf(feature) {
    const row = feature && this.rows().find((one) => one.dataset.feature === feature);
    return row ? this.outline(row) : null;
  }

  address({ park, code }) {
    const url = new URL(this.section.dataset.outline, location.href);
    if (this.state.has("as_of")) url.searchParams.set("as_of", this.state.get("as_of"));
    if (park) url.searchParams.set("park", park);
    url.searchParams.set("code", code);
    return url.pathname + url.search;
  }

  clicked(event) {
    const sort = event.target.closest("[data-sort-by]");
    if (sort) {
      event.preventDefault();
      this.sort(sort);
      return;
    }
    if (event.target.closest("[data-more]")) {
      event.preventDefault();
      this.append();
      return;
    }
    const row = event.target.closest("tr[data-feature]");
    if (row && !event.target.closest("a")) this.zoom(row);
  }

  sort(link) {
    const asked = new URL(link.href).searchParams;
    for (const name of ["sort", "order"]) {
      if (asked.get(name)) this.state.set(name, asked.get(name));
    }
    const by = link.dataset.sortBy;
    this.ask().then(() => this.section.querySelector(`[data-sort-by="${by}"]`)?.focus());
  }

  pressed(event) {
    const row = event.target.closest("tr[data-feature]");
    if (!row) return;
    if (event.target === row && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      this.zoom(row);
      return;
    }
    const step = KEYS[event.key];
    if (!step) return;
    event.preventDefault();
    const rows = this.rows();
    const next = rows[Math.min(Math.max(rows.indexOf(row) + step, 0), rows.length - 1)];
    for (const each of rows) reach(each, each === next);
    next.focus();
  }

  /** Bring a row's place near on the map. */
  zoom(row) {
    this.pick(row.dataset.feature);
    const { box } = row.dataset;
    if (!box) return;
    const [west, south, east, north] = box.split(",").map(Number);
    const bounds = L.latLngBounds([south, west], [north, east]);
    this.map.fitBounds(bounds.pad(1.2), { animate: false, maxZoom: CLOSEST_ZOOM });
    this.marker.show(this.outline(row));
  }

  pick(feature) {
    this.picked = feature;
    this.toggle("chosen", feature);
  }

  /** A feature was chosen on the map (null: none any more): its row comes into view, fetched to the top if it is not there. */
  async chosen(feature) {
    this.pick(feature);
    this.section.querySelector("tr.fetched")?.remove();
    if (!feature) {
      this.marker.show(null);
      return;
    }
    let row = this.rows().find((one) => one.dataset.feature === feature);
    row ??= await this.fetchRow(feature);
    if (!row || this.picked !== feature) return;
    this.toggle("chosen", feature);
    row.scrollIntoView({ block: "nearest" });
    this.marker.show(this.outline(row));
  }

  async fetchRow(feature) {
    const query = new URLSearchParams(this.state);
    query.set("only", this.what === "plots" ? feature.slice(feature.indexOf("/") + 1) : feature);
    try {
      const read = await this.fetch(query);
      const found = [...read.querySelectorAll("tr[data-feature]")].find((row) => row.dataset.feature === feature);
      if (!found || this.picked !== feature) return null;
      const row = document.adoptNode(found);
      row.classList.add("fetched");
      this.section.querySelector("[data-rows]").prepend(row);
      reach(row, false);
      return row;
    } catch (error) {
      console.info("table:", error);
      return null;
    }
  }

  toggle(kind, feature) {
    for (const row of this.rows()) row.classList.toggle(kind, row.dataset.feature === feature);
  }
}

function reach(row, isCurrent) {
  row.tabIndex = isCurrent ? 0 : -1;
  for (const link of row.querySelectorAll("a")) link.tabIndex = isCurrent ? 0 : -1;
}

function boxOf(map) {
  const bounds = map.getBounds();
  const sides = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  return sides.map((side) => side.toFixed(6)).join(",");
}
