// A long list is one stop of the Tab key: Tab reaches the links of one row, the arrows lead from row to row.

const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };

/** Args: list - its children are the rows, some of them hidden. Returns what is to be called when the rows have changed. */
export function addListKeys(list) {
  let current = null;
  const shown = () => [...list.children].filter((row) => !row.hidden);
  const settle = () => {
    const rows = shown();
    if (!rows.includes(current)) [current = null] = rows;
    for (const link of list.querySelectorAll("a")) link.tabIndex = current?.contains(link) ? 0 : -1;
  };
  list.addEventListener("focusin", ({ target }) => {
    current = shown().find((row) => row.contains(target)) ?? current;
    settle();
  });
  list.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || !event.target.matches("a") || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const rows = shown();
    const next = rows[Math.min(Math.max(rows.indexOf(current) + step, 0), rows.length - 1)];
    const at = [...current.querySelectorAll("a")].indexOf(event.target);
    const links = next.querySelectorAll("a");
    (links[at] ?? links[0]).focus();
  });
  return settle;
}
