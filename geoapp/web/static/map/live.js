// Another day in the same page: what the server writes is fetched anew and put in place, the map asks its layers again.
// The address always says what is shown, so that it can be shared and Back works.

import { atDay, shownDay } from "./day.js";
import { element } from "./dom.js";

/** What listens to "geoapp:live" on the document sets up again what it had set up in the parts that were replaced. */
export const SWAPPED = "geoapp:live";

export function addLive(map) {
  let last = null;
  let asked = shownDay();
  /** Show the day that the address says. */
  const show = async () => {
    last?.abort();
    last = new AbortController();
    const { signal } = last;
    asked = shownDay();
    try {
      const [page] = await Promise.all([fetchPage(signal), askLayers(map, asked)]);
      if (signal.aborted) return;
      const settle = replaceParts(page);
      document.dispatchEvent(new CustomEvent(SWAPPED));
      settle();
      map.geoapp.toolbar.silence("day");
    } catch (error) {
      if (error.name === "AbortError") return;
      if (error instanceof Refused) {
        // The server tells in its own words what is wrong.
        location.reload();
        return;
      }
      // The network is down: the page stays as it is, and can be asked again.
      console.warn("day:", error);
      tellFailure(map, show);
    }
  };
  /** Show a day. Args: isNew - a step of its own in the history, or in place of the last one. */
  map.geoapp.showDay = (day, isNew) => {
    const address = atDay(location.href, day);
    // At once: what is chosen while the figures are on their way is written into the same address.
    if (isNew) history.pushState(null, "", address);
    else history.replaceState(history.state, "", address);
    return show();
  };
  window.addEventListener("popstate", () => {
    if (shownDay() !== asked) show();
  });
}

class Refused extends Error {}

function tellFailure(map, act) {
  const { toolbar } = map.geoapp;
  const again = element("button", { type: "button", class: "plain-button" }, toolbar.words.retry);
  again.addEventListener("click", act);
  toolbar.tell(toolbar.words.dayFailed, { source: "day", extra: again });
}

async function fetchPage(signal) {
  const url = location.pathname + location.search;
  const answer = await fetch(url, { signal, headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Refused(`${url}: ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function askLayers(map, day) {
  const wanted = day ?? map.geoapp.options.newest;
  return Promise.all([...map.geoapp.layers.values()].map((layer) => layer.showDay(wanted)));
}

/**
 * The parts are named by data-live; a part that the new page lacks goes. What was unfolded stays so.
 * Returns: what brings focus and scrolling back, once the parts have been set up again.
 */
function replaceParts(page) {
  const back = [];
  for (const old of document.querySelectorAll("[data-live]")) {
    const fresh = page.querySelector(`[data-live="${CSS.escape(old.dataset.live)}"]`);
    if (!fresh) old.replaceChildren();
    else if (!old.isEqualNode(fresh)) {
      const { scrollTop } = old;
      const focused = focusables(old).indexOf(document.activeElement);
      const folds = [...fresh.querySelectorAll("details")];
      [...old.querySelectorAll("details")].forEach(({ open }, i) => folds[i]?.toggleAttribute("open", open));
      old.replaceWith(document.adoptNode(fresh));
      back.push(() => {
        fresh.scrollTop = scrollTop;
        if (focused >= 0) focusables(fresh)[focused]?.focus({ preventScroll: true });
      });
    }
  }
  document.title = page.title;
  return () => back.forEach((bring) => bring());
}

function focusables(part) {
  return [...part.querySelectorAll("a, button, input, select, summary, [tabindex]")];
}
