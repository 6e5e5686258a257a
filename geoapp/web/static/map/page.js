// What a page does beside its map: the list as a sheet on a small screen.

const HEIGHTS = ["low", "mid", "high"];
const DRAG_PX = 24;
const FAR_PX = 240;

/** On a small screen the list is a sheet with three heights; the handle is dragged, clicked or moved by arrow keys. */
export function addSheet(map, sheet) {
  const handle = sheet?.querySelector(".sheet-handle");
  if (!handle) return;
  const set = (step) => {
    const now = HEIGHTS.indexOf(sheet.dataset.sheet);
    sheet.dataset.sheet = HEIGHTS[Math.min(Math.max(now + step, 0), HEIGHTS.length - 1)];
    handle.setAttribute("aria-expanded", String(sheet.dataset.sheet !== "low"));
  };
  let began = null;
  let dragged = false;
  handle.addEventListener("pointerdown", (event) => {
    began = event.clientY;
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointerup", (event) => {
    const moved = began === null ? 0 : began - event.clientY;
    began = null;
    dragged = Math.abs(moved) > DRAG_PX;
    if (dragged) set(Math.sign(moved) * (Math.abs(moved) > FAR_PX ? 2 : 1));
  });
  // A click, not the lifting of the finger: what then lies under the finger must not get the click.
  handle.addEventListener("click", () => {
    if (!dragged) set(sheet.dataset.sheet === "high" ? -2 : 1);
    dragged = false;
  });
  handle.addEventListener("keydown", (event) => {
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    set(step);
  });
  map.on("geoapp:choose", ({ slug }) => {
    if (slug && sheet.dataset.sheet === "high") set(-1);
  });
}
