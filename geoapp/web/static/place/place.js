// What pages have beside their map: charts, cards of figures, and on the pages of places tabs, tables and a marked outline.

import { addCharts } from "./charts.js";
import { addFigures } from "./dialog.js";
import { idle } from "./idle.js";
import { addMark } from "./mark.js";
import { addTabs } from "./tabs.js";

const PATIENCE_MS = 3000;

export function addPlace(map) {
  const { charts, words } = map.geoapp.options;
  addCharts(charts, whenDrawn(map));
  addFigures(words);
  addTabs(map);
  addMark(map);
}

/** Kept when the layers that are on have come, or could not, and the browser has nothing else to do: the map goes first. */
function whenDrawn(map) {
  return new Promise((resolve) => {
    const look = () => {
      const shown = [...map.geoapp.layers.values()].filter((layer) => map.hasLayer(layer));
      if (shown.length && !shown.some(({ state }) => state === "idle" || state === "loading")) done();
    };
    const done = () => {
      map.off("geoapp:layer", look);
      clearTimeout(timer);
      idle().then(resolve);
    };
    const timer = setTimeout(done, PATIENCE_MS);
    map.on("geoapp:layer", look);
  });
}
