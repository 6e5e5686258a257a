// The page on which a map is taken away.

import { enhance } from "./enhance.js";

enhance(document);
