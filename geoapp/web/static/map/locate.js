// Where the reader is, found by the browser when asked; what stands in the way is said in a sentence.

import { formatNumber, say } from "./format.js";

const REFUSED = 1;
const SOURCE = "locate";

export function addLocate(map, toolbar) {
  const { words } = toolbar;
  let control = null;
  const tool = toolbar.add({
    word: words.toolLocate,
    title: words.toolLocateTitle,
    toggles: true,
    press: async () => {
      if (!window.isSecureContext || !navigator.geolocation) {
        toolbar.tell(words.locateInsecure, { source: SOURCE });
        return;
      }
      control ??= await makeControl(map, toolbar, tool);
      control.toggle();
    },
  });
}

async function makeControl(map, toolbar, tool) {
  await import("../vendor/leaflet.locatecontrol/dist/L.Control.Locate.min.js");
  const { words } = toolbar;
  const tell = (text) => toolbar.tell(text, { source: SOURCE });
  const link = document.createElement("a");
  const locate = L.control.locate({
    setView: "once",
    showCompass: false,
    showPopup: false,
    // The button is one of ours; the control is handed one that is never shown.
    createButtonCallback: () => ({ link, icon: document.createElement("span") }),
    locateOptions: { maxZoom: 15, enableHighAccuracy: true, timeout: 20_000 },
    onLocationError: ({ code }) => tell(code === REFUSED ? words.locateRefused : words.locateUnknown),
    onLocationOutsideMapBounds: (one) => {
      one.stop();
      tell(words.locateOutside);
    },
  });
  locate.addTo(map);
  locate.getContainer().hidden = true;
  map.on("locateactivate", () => {
    tool.mark(true);
    tell(words.locating);
  });
  map.on("locatedeactivate", () => {
    tool.mark(false);
    toolbar.silence(SOURCE);
  });
  map.on("locatelocationfound", ({ latlng, accuracy }) => {
    if (!map.options.maxBounds || map.options.maxBounds.contains(latlng)) {
      tell(say(words.located, { distance: `${formatNumber(accuracy, 0, map.geoapp.options.language)}\u00a0m` }));
    }
  });
  map.on("locationtimeout", () => tell(words.locateUnknown));
  // On, off, or back to the place where the map was moved away from it: as the control does on a click.
  return { toggle: () => link.click() };
}
