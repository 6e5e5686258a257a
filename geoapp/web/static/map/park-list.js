// The list of parks beside the map, with the values of the theme that is on. List and map follow each other.

import { element } from "./dom.js";
import { fold, formatDay, formatField, say } from "./format.js";
import { addListKeys } from "./list-keys.js";
import { classOf, swatch } from "./style.js";
import { figureLink } from "../place/dialog.js";

export class ParkList {
  constructor(map) {
    this.map = map;
    this.layer = null;
    // Names of the only parks that a link asked for; null: all.
    this.only = null;
    map.geoapp.keepOnly = (slugs) => this.keepOnly(slugs);
    this.controls = document.querySelector(".panel");
    this.take();
    this.addFilters();
    map.on("geoapp:hover", ({ slug }) => this.mark("hovered", slug));
    map.on("geoapp:choose", ({ slug }) => {
      this.mark("chosen", slug);
      if (slug) this.rows.find((row) => row.slug === slug)?.node.scrollIntoView({ block: "nearest" });
    });
  }

  /** Read the rows that the server wrote: at first, and again when they were replaced. */
  take() {
    this.list = document.querySelector("[data-parks]");
    this.figures = JSON.parse(this.list.dataset.figures);
    this.rows = [...this.list.children].map((node) => this.row(node));
    this.list.addEventListener("click", (event) => this.clicked(event));
    this.settleKeys = addListKeys(this.list);
  }

  row(node) {
    const { park: slug, province, status, aliases } = node.dataset;
    const name = node.textContent.trim();
    const row = { node, slug, province, status, name, value: element("span", { class: "value" }), number: null };
    row.bar = element("span", { class: "meter", "aria-hidden": "true" });
    node.append(row.value, row.bar);
    row.keys = [name, ...(aliases ?? "").split(", ")].filter(Boolean);
    const lift = (isUp) => this.layer?.ofPark(slug).forEach((entry) => this.layer.lift(entry, isUp));
    for (const [event, isUp] of [["mouseenter", true], ["focusin", true], ["mouseleave", false], ["focusout", false]]) {
      node.addEventListener(event, () => lift(isUp));
    }
    return row;
  }

  /** A click on the name opens the page of the park; one beside it shows the park on the map. */
  clicked(event) {
    const row = this.rows.find(({ node }) => node.contains(event.target));
    if (!row || event.target.closest("a")) return;
    const [entry] = this.layer?.ofPark(row.slug) ?? [];
    if (entry) this.layer.open(entry);
  }

  mark(kind, slug) {
    for (const row of this.rows) row.node.classList.toggle(kind, row.slug === slug);
  }

  /** Show the values of a theme. */
  show(layer) {
    const isOther = this.layer?.id !== layer.id;
    this.layer = layer;
    if (isOther) this.offerClasses();
    this.fill();
  }

  fill() {
    const { layer, rows } = this;
    const { words } = this.map.geoapp.options;
    if (!layer) return;
    if (layer.state !== "ready") {
      const told = { loading: words.loading, failed: "–", waiting: "–" }[layer.state] ?? "";
      if (rows.every((row) => row.number === null)) for (const row of rows) tell(row, { text: told });
      return;
    }
    this.offerClasses();
    const bySlug = new Map();
    for (const feature of layer.features) {
      const { park_slug: slug } = feature.properties;
      bySlug.set(slug, [...(bySlug.get(slug) ?? []), feature]);
    }
    for (const row of rows) tell(row, this.describe(bySlug.get(row.slug) ?? []));
    this.filter();
  }

  describe(all) {
    const { options } = this.map.geoapp;
    const { words, language } = options;
    const { description } = this.layer;
    const [feature] = all;
    if (!feature) return { text: words.notInTheme };
    const { properties } = feature;
    const field = description.fields[description.style.field];
    const value = properties[field.column];
    const style = classOf(description, properties);
    const more = all.length > 1 ? ` ${say(words.more, { count: all.length - 1 })}` : "";
    const gap = gapOf(description, properties);
    const figure = this.figureOf(feature);
    if (typeof value === "number") {
      const text = formatField(field, properties, options) + more;
      return { text, number: value, style, isShare: field.unit === "%", gap, figure };
    }
    const { last_known: lastKnown } = description.fields;
    if (value === null && lastKnown && properties.last_known !== null) {
      const date = formatDay(properties.last_known_on, language);
      const last = formatField(lastKnown, properties, options);
      return { text: words.noData, small: say(words.lastKnown, { value: last, date }), style, figure };
    }
    return { text: (formatField(field, properties, options) ?? words.noData) + more, style, description };
  }

  /** The name of the figure that a row tells; null where the theme is of codes, not of figures. */
  figureOf({ id, properties }) {
    const [kind, indicator] = this.figures[this.layer.id] ?? [];
    return kind ? [kind, kind === "park" ? properties.park_slug : id, indicator].join("/") : null;
  }

  addFilters() {
    const { controls } = this;
    const button = controls.querySelector("[data-more-filters]");
    const box = controls.querySelector(".filters");
    button.addEventListener("click", () => {
      box.hidden = !box.hidden;
      button.setAttribute("aria-expanded", String(!box.hidden));
    });
    controls.querySelector("[data-filter]").addEventListener("input", () => this.filter());
    for (const select of box.querySelectorAll("select")) select.addEventListener("change", () => this.filter());
  }

  /** The classes of the theme, as the legend has them. */
  offerClasses() {
    const { description } = this.layer;
    const select = this.controls.querySelector("[data-by=class]");
    if (!description || select.dataset.of === description.id) return;
    select.dataset.of = description.id;
    const [all] = select.options;
    const classes = description.style.classes.map(({ key, label }) => element("option", { value: key }, label));
    select.replaceChildren(all, ...classes);
    select.value = "";
    const gaps = this.controls.querySelector("[data-sort] option[value=gap]");
    gaps.hidden = !description.parts.length;
    gaps.disabled = !description.parts.length;
    if (!description.parts.length && gaps.selected) gaps.parentElement.value = "low";
  }

  /** Keep the rows that fit all that is asked, here and on the map; say how many there are, and how to see all again. */
  filter() {
    const { rows, controls, map } = this;
    const asked = (name) => controls.querySelector(`[data-by=${name}]`).value;
    const typed = controls.querySelector("[data-filter]").value.trim();
    const [province, status, key] = ["province", "status", "class"].map(asked);
    const fits = (row) =>
      (!this.only || this.only.has(row.slug)) &&
      row.keys.some((one) => fold(one).includes(fold(typed))) &&
      (!province || row.province === province) &&
      (!status || row.status === status) &&
      (!key || row.order === key);
    for (const row of rows) row.node.hidden = !fits(row);
    this.settleKeys();
    const kept = rows.filter((row) => !row.node.hidden);
    const chosen = [province, status, key].filter(Boolean).length;
    const isAll = kept.length === rows.length;
    map.geoapp.kept = isAll ? null : new Set(kept.map((row) => row.slug));
    map.fire("geoapp:kept");
    for (const layer of map.geoapp.layers.values()) {
      if (layer.description?.exclusive === "theme" || layer === this.layer) {
        layer.keepParks?.(map.geoapp.kept);
      }
    }
    this.tellFiltered({ typed, chosen, kept: kept.length });
    this.sort(typed);
  }

  /** Only some parks, as a link asked for them (null: all). Names that are none of the list are left out. */
  keepOnly(slugs) {
    const known = slugs && new Set([...slugs].filter((slug) => this.rows.some((row) => row.slug === slug)));
    const only = known?.size ? known : null;
    if (!only && !this.only) return;
    this.only = only;
    this.filter();
  }

  tellFiltered({ typed, chosen, kept }) {
    const { words } = this.map.geoapp.options;
    const line = this.controls.querySelector("[data-told]");
    const button = this.controls.querySelector("[data-more-filters]");
    button.textContent = chosen ? `${words.filter} (${chosen})` : words.filter;
    line.hidden = kept === this.rows.length;
    if (line.hidden) return;
    const text = kept === 0 && typed && !chosen
      ? say(words.noMatch, { text: typed })
      : say(words.filtered, { kept, all: this.rows.length });
    const again = element("button", { type: "button", class: "plain-button" }, words.showAll);
    again.addEventListener("click", () => {
      this.only = null;
      this.controls.querySelector("[data-filter]").value = "";
      for (const select of this.controls.querySelectorAll("[data-by]")) select.value = "";
      this.filter();
      this.controls.querySelector("[data-filter]").focus();
    });
    line.replaceChildren(text, " ", again);
  }

  /** By name or by value; names that hold what is typed, accents and all, come first; what is not known comes last. */
  sort(typed) {
    const { rows, list, map } = this;
    const by = this.controls.querySelector("[data-sort]").value;
    const names = new Intl.Collator(map.geoapp.options.language, { numeric: true });
    const exact = typed.toLocaleLowerCase("vi").normalize("NFC");
    const isExact = (row) => row.keys.some((key) => key.toLocaleLowerCase("vi").normalize("NFC").includes(exact));
    const valueOf = (row) => (by === "gap" ? row.gap : row.number) ?? null;
    const sign = by === "low" ? 1 : -1;
    const compare = (a, b) => {
      if (isExact(a) !== isExact(b)) return isExact(a) ? -1 : 1;
      const [one, other] = [valueOf(a), valueOf(b)];
      if (by !== "name" && one !== other) {
        if (one === null || other === null) return one === null ? 1 : -1;
        return sign * (one - other);
      }
      return names.compare(a.name, b.name);
    };
    const sorted = [...rows].sort(compare);
    // Moving a row takes the focus from it: nothing is moved that stands right already.
    if (sorted.some((row, i) => list.children[i] !== row.node)) list.append(...sorted.map((row) => row.node));
  }
}

/** What is missing to the target (or to the whole), in the unit of the parts; null where the layer has none. */
function gapOf({ parts, fields, style }, properties) {
  if (!parts.length) return null;
  const [numerator, denominator] = parts.map((name) => properties[fields[name].column]);
  if (numerator === null || denominator === null) return null;
  return (denominator * (style.marks[0]?.at ?? 100)) / 100 - numerator;
}

function tell(row, { text, small = null, number = null, style = null, isShare = false, description = null, gap = null, figure = null }) {
  row.number = number;
  row.gap = gap;
  row.order = style?.key ?? "";
  const told = [text, ...(small ? [element("small", {}, small)] : [])];
  row.value.replaceChildren(...(figure ? [figureLink(figure, told)] : told));
  row.value.classList.toggle("none", number === null && (!style || style.key === "no_data"));
  row.bar.replaceChildren();
  row.bar.hidden = number === null || !isShare;
  if (!row.bar.hidden) {
    const done = element("span");
    done.style.width = `${Math.min(Math.max(number, 0), 100)}%`;
    done.style.background = style.fill ?? "currentColor";
    done.style.outlineColor = style.stroke ?? "currentColor";
    row.bar.append(done);
  }
  if (description && style) row.value.prepend(swatch(description, style));
}
