// When the database is away: look every few seconds until it answers.

const SECONDS = 3;
let waiting = null;

/** What is thrown where the server answers that the database is away. */
export class Away extends Error {}

/** A promise that is kept as soon as the server is ready again; all who wait share one look-out. */
export function whenReady(url) {
  waiting ??= lookOut(url).finally(() => {
    waiting = null;
  });
  return waiting;
}

async function lookOut(url) {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, SECONDS * 1000));
    try {
      const answer = await fetch(url, { cache: "no-store" });
      if (answer.ok) return;
    } catch {
      // The server itself is away; it may come back just the same.
    }
  }
}
