// Work that may wait: it goes on when the browser has nothing else to do, so that no click waits for it.

const PATIENCE_MS = 3000;
// Safari has no idle callbacks.
const INSTEAD_MS = 200;

/** Kept when the browser is idle, and in any case after some seconds. */
export function idle() {
  return new Promise((resolve) => {
    if (window.requestIdleCallback) requestIdleCallback(resolve, { timeout: PATIENCE_MS });
    else setTimeout(resolve, INSTEAD_MS);
  });
}
