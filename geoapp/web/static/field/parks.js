// The parks that are taken along: chosen from the list of the server when there is a network, kept on the device.

import { formatDay, say } from "../map/format.js";
import { ask } from "./send.js";
import { findPark, listParks, note, noted, savePark } from "./store.js";

export class Parks {
  /** Args: root - the part of the page; words, language; changed - called with the park that is chosen. */
  constructor(root, { words, language, changed }) {
    Object.assign(this, { words, language, changed });
    this.choice = root.querySelector("[data-park]");
    this.state = root.querySelector("[data-park-state]");
    this.button = root.querySelector("[data-keep]");
    this.choice.addEventListener("change", () => this.choose(this.choice.value));
    this.button.addEventListener("click", () => this.keep(this.choice.value));
  }

  async begin(wanted) {
    const kept = await listParks();
    this.known = new Map(kept.map((park) => [park.slug, park]));
    await ask("/parks").then(({ parks }) => parks.forEach((park) => this.known.set(park.slug, park)), () => {});
    const name = (park) => park[`name_${this.language}`];
    const sorted = [...this.known.values()].sort((a, b) => name(a).localeCompare(name(b), this.language));
    this.choice.replaceChildren(
      new Option(this.words.pickPark, ""),
      ...sorted.map((park) => new Option(name(park), park.slug)),
    );
    const last = wanted ?? (await noted("park")) ?? "";
    await this.choose(this.known.has(last) ? last : "", wanted !== undefined);
  }

  /** Show a park; what is not on the device yet is fetched at once where there is a network. */
  async choose(slug) {
    this.choice.value = slug;
    await note("park", slug);
    if (slug && !(await findPark(slug))) await this.keep(slug);
    await this.tell(slug);
  }

  async keep(slug) {
    if (!slug) return;
    this.button.disabled = true;
    try {
      await savePark(await ask(`/parks/${encodeURIComponent(slug)}`));
      this.failed = false;
    } catch {
      this.failed = true;
    }
    this.button.disabled = false;
    await this.tell(slug);
  }

  async tell(slug) {
    const { words, language } = this;
    const park = slug ? await findPark(slug) : null;
    this.button.hidden = !slug;
    const name = park?.[`name_${language}`] ?? this.known.get(slug)?.[`name_${language}`] ?? "";
    const day = park ? formatDay(park.as_of, language) : "";
    const told = park
      ? say(words.kept, { park: name, count: park.plots.length, day })
      : say(words.notKept, { park: name });
    this.state.textContent = slug ? (this.failed ? `${words.parkFailed} ${told}` : told) : "";
    this.changed(park);
  }
}
