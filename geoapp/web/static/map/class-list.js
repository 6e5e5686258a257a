// The classes of a layer in its legend: a click hides one or shows it again, and what is hidden is always said.

import { element } from "./dom.js";
import { formatNumber, say } from "./format.js";
import { hiddenOf, hideClasses, opacityOf, setOpacity } from "./look.js";
import { swatch } from "./style.js";

const LEAST_OPACITY = 10;

/** Keys of all classes of a layer. */
export function keysOf(description) {
  return description.style.classes.map(({ key }) => key);
}

/** The classes that a legend lists: a ramp is read as a whole; of a list of codes only what is there, and "no data". */
export function listedClasses(description, counts, hidden) {
  const { kind, classes } = description.style;
  return classes.filter(({ key }) => kind !== "category" || counts.get(key) || key === "no_data" || hidden.has(key));
}

/** The list, and below it what is hidden. */
export function classList(map, layer, description) {
  const { language, words } = map.geoapp.options;
  const counts = layer.counts();
  const hidden = hiddenOf(map, description.id);
  const isChoice = description.style.kind !== "single";
  const list = element("ul", {});
  for (const style of listedClasses(description, counts, hidden)) {
    const parts = [swatch(description, style), element("span", { class: "label" }, style.label)];
    if (isChoice) parts.push(element("span", { class: "count" }, formatNumber(counts.get(style.key) ?? 0, 0, language)));
    list.append(element("li", {}, ...(isChoice ? [toggle(map, description, style, parts)] : parts)));
  }
  return hidden.size ? [list, hiddenNote(map, description, counts, words)] : [list];
}

function toggle(map, description, style, parts) {
  const { words } = map.geoapp.options;
  const isShown = !hiddenOf(map, description.id).has(style.key);
  const button = element(
    "button",
    { type: "button", class: "class-toggle", "aria-pressed": String(isShown), title: words.hideClass, "data-key": style.key },
    ...parts,
  );
  button.addEventListener("click", () => {
    const hidden = new Set(hiddenOf(map, description.id));
    if (!hidden.delete(style.key)) hidden.add(style.key);
    hideClasses(map, description.id, hidden);
  });
  return button;
}

function hiddenNote(map, description, counts, words) {
  const { language } = map.geoapp.options;
  const hidden = hiddenOf(map, description.id);
  const objects = [...hidden].reduce((sum, key) => sum + (counts.get(key) ?? 0), 0);
  const all = element("button", { type: "button", class: "plain-button", "data-key": "all" }, words.showAll);
  all.addEventListener("click", () => hideClasses(map, description.id, new Set()));
  const told = say(words.hiddenClasses, { count: hidden.size, objects: formatNumber(objects, 0, language) });
  return element("p", { class: "hidden-note", role: "status" }, element("span", {}, told), all);
}

/** A slider for how strongly a layer is drawn. */
export function opacitySlider(map, description) {
  const { language, words } = map.geoapp.options;
  const value = element("span", { class: "figure" });
  const slider = element("input", {
    type: "range",
    min: LEAST_OPACITY,
    max: 100,
    step: 5,
    "aria-label": words.opacity,
    "aria-describedby": `title-${description.id}`,
  });
  const node = element("label", { class: "opacity" }, element("span", {}, words.opacity), slider, value);
  slider.addEventListener("input", () => setOpacity(map, description.id, Number(slider.value) / 100));
  const refresh = () => {
    const percent = Math.round(opacityOf(map, description.id) * 100);
    if (Number(slider.value) !== percent) slider.value = String(percent);
    value.textContent = `${formatNumber(percent, 0, language)}\u00a0%`;
    slider.setAttribute("aria-valuetext", value.textContent);
  };
  refresh();
  return { node, refresh };
}
