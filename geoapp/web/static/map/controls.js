// Controls on the edges of the map: zoom, whole extent, full screen, scale, attribution.

import { element } from "./dom.js";

export function addControls(map, stage) {
  const { words } = map.geoapp.options;
  L.control.zoom({ position: "topright", zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  homeControl(map, words.home).addTo(map);
  const full = new L.Control.FullScreen({
    position: "topright",
    title: words.fullscreen,
    titleCancel: words.fullscreenLeave,
    fullscreenElement: stage,
  });
  full.addTo(map);
  full.link?.setAttribute("aria-label", words.fullscreen);
  L.control.scale({ position: "topleft", imperial: false, maxWidth: 120 }).addTo(map);
  L.control.attribution({ position: "topleft", prefix: false }).addTo(map).addAttribution(words.attribution);
}

function homeControl(map, title) {
  const control = L.control({ position: "topright" });
  control.onAdd = () => {
    const button = element("button", { type: "button", title, "aria-label": title, class: "home" }, "⌂");
    button.addEventListener("click", () => map.geoapp.goHome());
    const box = element("div", { class: "leaflet-bar" }, button);
    L.DomEvent.disableClickPropagation(box);
    return box;
  };
  return control;
}
