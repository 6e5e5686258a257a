// The page "the database is away" loads itself again when it is back.

import { whenReady } from "./map/recovery.js";

const { wait } = document.querySelector("[data-wait]").dataset;
await whenReady(wait);
location.reload();
