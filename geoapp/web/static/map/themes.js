// The first page: the choice of a theme. Map, legend, list, figures and address follow it.

import { showLayer } from "./legend.js";
import { SWAPPED } from "./live.js";
import { ParkList } from "./park-list.js";

export function addThemes(map) {
  if (!document.querySelector("[data-themes]")) return;
  const themes = { map, list: new ParkList(map), layer: null };
  document.addEventListener("change", ({ target }) => {
    if (target.closest("[data-themes]")) change(map);
  });
  map.on("geoapp:layer", ({ id }) => {
    const layer = map.geoapp.layers.get(id);
    if (id === themes.layer?.id) themes.list.show(layer);
    // Also the legend may have put another theme on.
    if (map.hasLayer(layer) && choice().querySelector(`[data-layers~="${id}"]`)) take(themes, layer);
  });
  document.addEventListener(SWAPPED, () => {
    themes.list.take();
    if (themes.layer) {
      mark(themes.layer);
      themes.list.fill();
    }
  });
}

/** The choice is written anew with every day. */
function choice() {
  return document.querySelector("[data-themes]");
}

async function change(map) {
  const group = choice().querySelector("[name=group]:checked");
  const variant = choice().querySelector(`[name="theme-${group.value}"]:checked`);
  const id = variant?.value ?? group.dataset.layers;
  showLayer(map, await map.geoapp.catalogue(), id, true);
}

/** A theme is on: the controls, the total and the address say so. */
function take(themes, layer) {
  if (themes.layer === layer) return;
  themes.layer = layer;
  mark(layer);
  const address = new URL(location.href);
  address.searchParams.set("theme", layer.id);
  history.replaceState(history.state, "", address);
  themes.list.show(layer);
}

function mark(layer) {
  const here = choice();
  const group = [...here.querySelectorAll("[name=group]")].find((one) => one.dataset.layers.split(" ").includes(layer.id));
  group.checked = true;
  const variant = here.querySelector(`[name="theme-${group.value}"][value="${layer.id}"]`);
  if (variant) variant.checked = true;
  for (const set of here.querySelectorAll(".variants")) set.hidden = set.dataset.group !== group.value;
  for (const total of here.querySelectorAll("[data-total]")) total.hidden = total.dataset.total !== layer.id;
}
