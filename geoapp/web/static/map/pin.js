// A place that an address names: ?pin=20.25,105.975, latitude first, as people write it.

import { element } from "./dom.js";
import { formatNumber } from "./format.js";

const ZOOM = 14;

export function addPin(map) {
  const asked = new URL(location.href).searchParams.get("pin");
  const [lat, lng] = (asked ?? "").split(",").map(Number);
  if (!asked || !(Math.abs(lat) <= 90 && Math.abs(lng) <= 180)) return;
  const { words, language } = map.geoapp.options;
  const told = [lat, lng].map((degree) => formatNumber(degree, 6, language)).join(language === "vi" ? "; " : ", ");
  const card = element("div", { class: "pin-card" }, element("strong", {}, words.place), element("span", {}, told));
  map.createPane("pin").style.zIndex = "645";
  const look = { pane: "pin", radius: 7, weight: 3, color: "#b3261e", fillColor: "#ffffff", fillOpacity: 1 };
  L.circleMarker([lat, lng], look).addTo(map).bindPopup(card, map.geoapp.popupMargins());
  map.setView([lat, lng], ZOOM, { animate: false });
}
