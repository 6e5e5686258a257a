// Charts: fetched with their tables when they come into view, drawn by Vega-Lite without running text as code.

import { idle } from "./idle.js";

const NEAR_PX = 200;
const NUMBERS = {
  vi: { decimal: ",", thousands: ".", grouping: [3], currency: ["", "\u00a0₫"] },
  en: { decimal: ".", thousands: ",", grouping: [3], currency: ["₫", ""] },
};
let library = null;

/**
 * Look for charts now, and again when parts of the page are replaced.
 * Args: files - addresses of the library, and words; turn - a promise: what goes first has been done.
 */
export function addCharts(files, turn = Promise.resolve()) {
  const load = (place) => fill(place, files, turn);
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        load(target);
      }
    },
    { rootMargin: `${NEAR_PX}px` },
  );
  const look = () => {
    for (const place of document.querySelectorAll("[data-chart]:not([data-state])")) {
      place.dataset.state = "idle";
      near.observe(place);
    }
  };
  look();
  document.addEventListener("geoapp:live", look);
  document.addEventListener("geoapp:part", look);
  // By night the colours are others, and they are part of the specification.
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    for (const place of document.querySelectorAll("[data-chart][data-state=drawn]")) load(place);
  });
}

async function fill(place, files, turn) {
  place.dataset.state = "loading";
  try {
    const part = await fetchPart(place.dataset.chart);
    if (!place.isConnected) return;
    place.replaceChildren(...part.childNodes);
    await turn;
    await draw(place, files);
    place.dataset.state = "drawn";
  } catch (error) {
    console.warn("chart:", error);
    place.dataset.state = "failed";
    const told = place.querySelector("[data-chart-place]");
    if (told) told.textContent = files.failed;
  }
}

async function fetchPart(address) {
  const url = new URL(address, location.href);
  if (matchMedia("(prefers-color-scheme: dark)").matches) url.searchParams.set("scheme", "dark");
  const answer = await fetch(url);
  if (!answer.ok) throw new TypeError(`${url}: ${answer.status}`);
  const read = new DOMParser().parseFromString(await answer.text(), "text/html");
  return document.adoptNode(read.querySelector("figure"));
}

async function draw(place, files) {
  const drawn = place.querySelector("[data-chart-place]");
  if (!drawn) return;
  const spec = JSON.parse(place.querySelector("[data-spec]").textContent);
  const embed = await loadLibrary(files);
  await document.fonts.ready;
  await idle();
  await embed(drawn, spec, {
    mode: "vega-lite",
    renderer: "svg",
    // The interpreter of expressions, so that the policy of the page need not allow eval.
    ast: true,
    actions: false,
    // Their style sheets have no nonce; ours are in css/figures.css.
    defaultStyle: false,
    tooltip: { disableDefaultStyle: true },
    formatLocale: NUMBERS[document.documentElement.lang],
  });
}

/** The three files of the library, once, in order; tried again after a failure. */
function loadLibrary({ vega, lite, embed }) {
  library ??= (async () => {
    for (const file of [vega, lite, embed]) {
      await idle();
      await loadScript(file);
    }
    return window.vegaEmbed;
  })().catch((error) => {
    library = null;
    throw error;
  });
  return library;
}

function loadScript(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", resolve);
    script.addEventListener("error", () => reject(new TypeError(`${address} could not be loaded`)));
    document.head.append(script);
  });
}
