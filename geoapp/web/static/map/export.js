// The map taken away: a dialog with a preview of the sheet. What is on the screen goes along, in the words of its address.

import { enhance } from "../sheets/enhance.js";
import { element } from "./dom.js";
import { allHidden, allOpacities } from "./look.js";
import { writeLook } from "./view-address.js";

export function addExport(map, toolbar) {
  const { sheets } = map.geoapp.options;
  // Who may not take the map of this page out has no sheets.
  if (!sheets) return;
  const { words } = toolbar;
  toolbar.add({ word: words.toolExport, title: words.toolExportTitle, press: () => open(map, toolbar, sheets) });
}

/** What is on the screen, as parameters of a sheet. */
export function screenState(map) {
  const { language } = map.geoapp.options;
  const query = new URLSearchParams();
  const here = new URLSearchParams(location.search);
  query.set("as_of", here.get("as_of") || map.geoapp.options.as_of);
  if (here.get("known_at")) query.set("known_at", here.get("known_at"));
  query.set("language", language);
  const layers = [...map.geoapp.layers.keys()].filter((id) => map.hasLayer(map.geoapp.layers.get(id)));
  query.set("layers", layers.sort().join(","));
  const only = (looks) => new Map([...looks].filter(([id]) => layers.includes(id)));
  for (const [name, value] of writeLook(only(allHidden(map)), only(allOpacities(map)))) query.set(name, value);
  if (map.geoapp.kept) query.set("parks", [...map.geoapp.kept].sort().join(","));
  const bounds = map.geoapp.seen();
  const edges = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  query.set("bbox", edges.map((value) => value.toFixed(6)).join(","));
  const size = map.getSize();
  query.set("orientation", size.x >= size.y ? "landscape" : "portrait");
  return query;
}

async function open(map, toolbar, address) {
  const { words } = toolbar;
  // A page with a layer of its own has what chooses its rows in the address.
  const [path, chosen = ""] = address.split("?");
  const state = new URLSearchParams(chosen);
  for (const [name, value] of screenState(map)) state.set(name, value);
  const place = element("div", { class: "card-place" }, element("p", { class: "quiet", role: "status" }, words.loading));
  const button = element("button", { type: "button", class: "plain-button" }, words.close);
  const page = element("a", { class: "card-page", href: `${path}?${state}` }, words.figurePage);
  const bar = element("div", { class: "card-bar" }, page, button);
  const dialog = element("dialog", { class: "sheet-dialog", "aria-labelledby": "sheet-title" }, bar, place);
  button.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    toolbar.putAway(() => {});
  });
  document.body.append(dialog);
  dialog.showModal();
  await fill(place, path, state, words);
}

async function fill(place, address, state, words) {
  try {
    const answer = await fetch(`${address}?${state}&part=form`);
    const read = new DOMParser().parseFromString(await answer.text(), "text/html");
    const form = read.querySelector("[data-sheet-form]") ?? read.querySelector("main");
    place.replaceChildren(document.adoptNode(form));
    enhance(place);
    place.querySelector("#sheet-title")?.focus({ preventScroll: true });
  } catch (error) {
    console.warn("export:", error);
    const again = element("button", { type: "button", class: "plain-button" }, words.retry);
    again.addEventListener("click", () => fill(place, address, state, words));
    place.replaceChildren(element("p", { class: "failed", role: "alert" }, words.partFailed, " ", again));
  }
}
