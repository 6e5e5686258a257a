// Pages without a map: their charts, and the cards of the figures that they link to.

import { addCharts } from "./charts.js";
import { addFigures } from "./dialog.js";

const { charts, words } = JSON.parse(document.querySelector("[data-place-options]").textContent);
addCharts(charts);
addFigures(words);
