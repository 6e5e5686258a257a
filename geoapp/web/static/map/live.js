// Another day in the same page: what the server writes is fetched anew and put in place, the map asks its layers again.
// The address always says what is shown, so that it can be shared and Back works.

/** What listens to "geoapp:live" on the document sets up again what it had set up in the parts that were replaced. */
export const SWAPPED = "geoapp:live";

export function addLive(map) {
  let last = null;
  let shown = dayOf(location.href);
  /** Args: remember - puts what is shown into the address, before anybody hears that it has changed. */
  const show = async (address, remember = () => {}) => {
    last?.abort();
    last = new AbortController();
    const { signal } = last;
    const url = new URL(address, location.href);
    const [page] = await Promise.all([fetchPage(url, signal), askLayers(map, url.searchParams.get("as_of"))]);
    if (signal.aborted) return;
    replaceParts(page);
    shown = dayOf(url);
    remember();
    document.dispatchEvent(new CustomEvent(SWAPPED));
  };
  /** Show a day. Args: isNew - whether Back leads to the day before. */
  map.geoapp.showDay = async (day, isNew) => {
    const url = new URL(location.href);
    url.searchParams.set("as_of", day);
    try {
      // A step of its own in the history, or in place of the last one.
      await show(url, () => history[isNew ? "pushState" : "replaceState"](isNew ? null : history.state, "", url));
    } catch (error) {
      if (error.name === "AbortError") return;
      // The server tells in its own words what is wrong.
      location.assign(url);
      return;
    }
  };
  window.addEventListener("popstate", () => {
    if (dayOf(location.href) !== shown) show(location.href).catch(() => location.reload());
  });
}

function dayOf(address) {
  return new URL(address, location.href).searchParams.get("as_of");
}

async function fetchPage(url, signal) {
  const answer = await fetch(url, { signal, headers: { Accept: "text/html" } });
  if (!answer.ok) throw new TypeError(`${url}: ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function askLayers(map, day) {
  const wanted = day ?? map.geoapp.options.newest;
  return Promise.all([...map.geoapp.layers.values()].map((layer) => layer.showDay(wanted)));
}

/** The parts are named by data-live; a part that the new page lacks goes, and the focus stays where it can. */
function replaceParts(page) {
  const { activeElement } = document;
  const mark = activeElement?.id || activeElement?.getAttribute("href");
  for (const old of document.querySelectorAll("[data-live]")) {
    const fresh = page.querySelector(`[data-live="${CSS.escape(old.dataset.live)}"]`);
    if (!fresh) old.replaceChildren();
    else if (!old.isEqualNode(fresh)) old.replaceWith(document.adoptNode(fresh));
  }
  if (mark && !document.contains(activeElement)) {
    (document.getElementById(mark) ?? document.querySelector(`a[href="${CSS.escape(mark)}"]`))?.focus({ preventScroll: true });
  }
  document.title = page.title;
}
