// What pages have beside their map: charts, cards of figures, and on the pages of places tabs, tables and a marked outline.

import { addCharts } from "./charts.js";
import { addFigures } from "./dialog.js";
import { addMark } from "./mark.js";
import { addTabs } from "./tabs.js";

export function addPlace(map) {
  const { charts, words } = map.geoapp.options;
  addCharts(charts);
  addFigures(words);
  addTabs(map);
  addMark(map);
}
