// The tools of the map, in the order in which they stand.

import { addCoordinates } from "./coordinates.js";
import { addExport } from "./export.js";
import { addLocate } from "./locate.js";
import { addMeasure } from "./measure.js";
import { addOverview } from "./overview.js";
import { addPermalink } from "./permalink.js";
import { addPrint } from "./print.js";
import { Toolbar } from "./toolbar.js";

export function addTools(map, stage) {
  const toolbar = new Toolbar(map, stage);
  map.geoapp.toolbar = toolbar;
  addMeasure(map, toolbar);
  addCoordinates(map, toolbar);
  addOverview(map, toolbar);
  addLocate(map, toolbar);
  addPermalink(map, toolbar);
  addPrint(map, toolbar);
  addExport(map, toolbar);
}
