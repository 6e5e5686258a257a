// What a feature says: a short line on hover, a table on click. Text only, never HTML.

import { atDay, shownDay } from "./day.js";
import { element } from "./dom.js";
import { formatDay, formatField, say } from "./format.js";

export function nameOf(layer, properties) {
  return String(properties[layer.fields[layer.label].column] ?? "");
}

export function buildTooltip(layer, properties, options) {
  const lines = layer.tooltip.map((name) => {
    const field = layer.fields[name];
    return element("span", {}, `${field.title}: ${formatField(field, properties, options) ?? options.words.noData}`);
  });
  return element("div", { class: "tip" }, element("strong", {}, nameOf(layer, properties)), ...lines);
}

/** Args: id - of the feature; apart - how many points share the place, where the feature is drawn beside it. */
export function buildPopup(layer, properties, options, { quality, apart, id }) {
  const { words, language } = options;
  const rows = layer.popup.flatMap((name) => {
    const field = layer.fields[name];
    const text = formatField(field, properties, options);
    if (text === null && field.hide_empty) return [];
    return row(field.title, text ?? words.noData, text === null ? "none" : "");
  });
  const tag = element("span", { class: `tag tag-${properties.quality}` }, quality[properties.quality] ?? properties.quality);
  const trust = [
    ...row(words.date, properties.observed_on ? formatDay(properties.observed_on, language) : "–"),
    ...row(words.source, properties.source ?? ""),
    ...row(words.quality, tag),
  ];
  const notes = [];
  if (apart) notes.push(say(words.apart, { count: apart }));
  if (properties.approximate) notes.push(layer.geometry === "point" ? words.approximatePlace : words.approximate);
  return element(
    "div",
    { class: "card" },
    element("h2", {}, nameOf(layer, properties)),
    element("dl", {}, ...rows),
    element("dl", { class: "trust" }, ...trust),
    ...notes.map((note) => element("p", { class: "quiet" }, note)),
    ownLink(layer, id, options),
    parkLink(properties, options),
  );
}

/**
 * A plot and a project have pages of their own. The id of a plot is that of its park, a slash, and its code.
 * A map that was taken away as a file has no addresses.
 */
function ownLink(layer, id, { plot_url: plot, project_url: project, words }) {
  if (!plot) return null;
  if (layer.group === "plots" && id) {
    const [park, ...code] = String(id).split("/");
    const url = new URL(plot.replace("SLUG", encodeURIComponent(park)), location.href);
    url.searchParams.set("code", code.join("/"));
    return link(url, words.openPlot);
  }
  if (layer.id === "projects" && id) return link(project.replace("SLUG", encodeURIComponent(id)), words.openProject);
  return null;
}

function parkLink({ park_slug: slug }, { park_url: url, here, words }) {
  if (!url || !slug || slug === here) return null;
  return link(url.replace("SLUG", encodeURIComponent(slug)), words.openPark);
}

/** To a page on the day that is shown now, which need not be the one that the page was opened with. */
function link(address, text) {
  return element("a", { class: "go", href: atDay(address, shownDay()) }, text);
}

function row(title, value, kind = "") {
  return [element("dt", {}, title), element("dd", { class: kind }, value)];
}
