// The first page: the choice of a theme, and the list of parks with its values. List and map follow each other.

import { element } from "./dom.js";
import { fold, formatDay, formatField, say } from "./format.js";
import { showLayer } from "./legend.js";
import { classOf, swatch } from "./style.js";

export function addThemes(map, form) {
  if (!form) return;
  const list = document.querySelector("[data-parks]");
  const rows = [...list.children].map((node) => ({ node, slug: node.dataset.park, name: node.textContent.trim() }));
  for (const row of rows) {
    row.value = element("span", { class: "value" });
    row.bar = element("span", { class: "meter", "aria-hidden": "true" });
    row.node.append(row.value, row.bar);
    row.keys = [row.name, ...(row.node.dataset.aliases ?? "").split(", ")].filter(Boolean);
  }
  const themes = { map, form, rows, list, layer: null };
  form.addEventListener("change", () => change(themes));
  addFilter(themes);
  followHover(themes);
  map.on("geoapp:layer", ({ id }) => {
    const layer = map.geoapp.layers.get(id);
    if (id === themes.layer?.id) fill(themes);
    // Also the legend may have put another theme on.
    if (map.hasLayer(layer) && form.querySelector(`[data-layers~="${id}"]`)) take(themes, layer);
  });
}

async function change({ map, form }) {
  const group = form.querySelector("[name=group]:checked").value;
  const variant = form.querySelector(`[name="theme-${group}"]:checked`);
  const id = variant?.value ?? form.querySelector("[name=group]:checked").dataset.layers;
  showLayer(map, await map.geoapp.catalogue(), id, true);
}

/** A theme is on: the controls, the total and the address say so. */
function take(themes, layer) {
  if (themes.layer === layer) return;
  const { form } = themes;
  themes.layer = layer;
  const group = [...form.querySelectorAll("[name=group]")].find((one) => one.dataset.layers.split(" ").includes(layer.id));
  group.checked = true;
  const variant = form.querySelector(`[name="theme-${group.value}"][value="${layer.id}"]`);
  if (variant) variant.checked = true;
  for (const set of form.querySelectorAll(".variants")) set.hidden = set.dataset.group !== group.value;
  for (const total of document.querySelectorAll("[data-total]")) total.hidden = total.dataset.total !== layer.id;
  const address = new URL(location.href);
  address.searchParams.set("theme", layer.id);
  history.replaceState(null, "", address);
  for (const hidden of document.querySelectorAll("form.moment [name=theme]")) hidden.value = layer.id;
  fill(themes);
}

/** The value of the theme beside every park, with the colour of its class. */
function fill(themes) {
  const { map, rows, layer } = themes;
  const { words } = map.geoapp.options;
  if (!layer) return;
  if (layer.state !== "ready") {
    const told = { loading: words.loading, failed: "–", waiting: "–" }[layer.state] ?? "";
    for (const row of rows) tell(row, { text: told });
    return;
  }
  const bySlug = new Map();
  for (const { properties } of layer.features) {
    bySlug.set(properties.park_slug, [...(bySlug.get(properties.park_slug) ?? []), properties]);
  }
  for (const row of rows) tell(row, describe(themes, bySlug.get(row.slug) ?? []));
  sort(themes);
}

function describe({ map, layer }, all) {
  const { options } = map.geoapp;
  const { words, language } = options;
  const { description } = layer;
  const [properties] = all;
  if (!properties) return { text: words.notInTheme };
  const field = description.fields[description.style.field];
  const value = properties[field.column];
  const style = classOf(description, properties);
  const more = all.length > 1 ? ` ${say(words.more, { count: all.length - 1 })}` : "";
  if (typeof value === "number") {
    return { text: formatField(field, properties, options) + more, number: value, style, isShare: field.unit === "%" };
  }
  const { last_known: lastKnown } = description.fields;
  if (value === null && lastKnown && properties.last_known !== null) {
    const date = formatDay(properties.last_known_on, language);
    const last = formatField(lastKnown, properties, options);
    return { text: words.noData, small: say(words.lastKnown, { value: last, date }) };
  }
  return { text: (formatField(field, properties, options) ?? words.noData) + more, style, description };
}

function tell(row, { text, small = null, number = null, style = null, isShare = false, description = null }) {
  row.number = number;
  row.order = style?.key ?? "";
  row.value.replaceChildren(text, ...(small ? [element("small", {}, small)] : []));
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

function followHover({ map, rows }) {
  const layerNow = () => [...map.geoapp.layers.values()].find((one) => map.hasLayer(one) && one.description?.exclusive === "theme");
  for (const row of rows) {
    const lift = (isUp) => layerNow()?.ofPark(row.slug).forEach((entry) => layerNow().lift(entry, isUp));
    row.node.addEventListener("mouseenter", () => lift(true));
    row.node.addEventListener("focusin", () => lift(true));
    row.node.addEventListener("mouseleave", () => lift(false));
    row.node.addEventListener("focusout", () => lift(false));
  }
  map.on("geoapp:hover", ({ slug }) => {
    for (const row of rows) row.node.classList.toggle("hovered", row.slug === slug);
  });
  map.on("geoapp:choose", ({ slug }) => {
    for (const row of rows) row.node.classList.toggle("chosen", row.slug === slug);
    if (slug) rows.find((row) => row.slug === slug)?.node.scrollIntoView({ block: "nearest" });
  });
}

function addFilter(themes) {
  const { map, rows } = themes;
  const filter = document.querySelector("[data-filter]");
  const empty = document.querySelector("[data-empty]");
  filter.addEventListener("input", () => {
    const typed = filter.value.trim();
    themes.typed = typed;
    for (const row of rows) row.node.hidden = !row.keys.some((key) => fold(key).includes(fold(typed)));
    empty.hidden = rows.some((row) => !row.node.hidden);
    empty.textContent = say(map.geoapp.options.words.noMatch, { text: typed });
    sort(themes);
  });
  document.querySelector("[data-sort]").addEventListener("change", () => sort(themes));
}

/** By name or by value; names that hold what is typed, accents and all, come first; what is not known comes last. */
function sort({ rows, list, map, typed = "" }) {
  const by = document.querySelector("[data-sort]").value;
  const names = new Intl.Collator(map.geoapp.options.language, { numeric: true });
  const exact = typed.toLocaleLowerCase("vi").normalize("NFC");
  const isExact = (row) => row.keys.some((key) => key.toLocaleLowerCase("vi").normalize("NFC").includes(exact));
  const sign = by === "low" ? 1 : -1;
  const compare = (a, b) => {
    if (isExact(a) !== isExact(b)) return isExact(a) ? -1 : 1;
    if (by !== "name" && (a.number ?? null) !== (b.number ?? null)) {
      if (a.number === null || b.number === null) return a.number === null ? 1 : -1;
      return sign * (a.number - b.number);
    }
    return names.compare(a.name, b.name);
  };
  const sorted = [...rows].sort(compare);
  // Moving a row takes the focus from it: nothing is moved that stands right already.
  if (sorted.some((row, i) => list.children[i] !== row.node)) list.append(...sorted.map((row) => row.node));
}
