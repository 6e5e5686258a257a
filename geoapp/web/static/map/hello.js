// What a first visit should know, until it is put away; it blocks nothing.

const KEY = "geoapp.hello";

export function addHello(map) {
  const note = document.querySelector("[data-hello]");
  if (!note || recall()) return;
  note.hidden = false;
  L.DomEvent.disableClickPropagation(note);
  note.querySelector("button").addEventListener("click", () => {
    note.hidden = true;
    remember();
    map.getContainer().focus({ preventScroll: true });
  });
}

function recall() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    // A browser that keeps nothing shows the note each time.
    return null;
  }
}

function remember() {
  try {
    localStorage.setItem(KEY, "seen");
  } catch {
    // Put away for this visit only.
  }
}
