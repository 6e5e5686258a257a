// The day that is shown: the address of the page says it, and everything else goes by that.

const PARAMETER = "as_of";

/** Null: the newest day with figures. */
export function shownDay(address = location.href) {
  return new URL(address, location.href).searchParams.get(PARAMETER);
}

/** One of our addresses, on another day (null: on the newest). */
export function atDay(address, day) {
  const url = new URL(address, location.href);
  if (day) url.searchParams.set(PARAMETER, day);
  else url.searchParams.delete(PARAMETER);
  return url.pathname + url.search + url.hash;
}
