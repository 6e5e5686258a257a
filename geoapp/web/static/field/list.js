// The list of drafts with how far each has come, and the receipts.

import { element } from "../map/dom.js";
import { formatDay, say } from "../map/format.js";
import { formatBytes } from "./photos.js";
import { WAITING } from "./send.js";
import { dropDraft, listDrafts } from "./store.js";

const SHOWN_HASH = 12;

export class DraftList {
  /** Args: root - the part of the page; words, language; open, send - called with a draft; person - who is signed in. */
  constructor(root, { words, language, open, send, reasons }) {
    Object.assign(this, { root, words, language, open, send, reasons });
    this.person = null;
  }

  async show() {
    const all = await listDrafts();
    const mine = all.filter((draft) => draft.person === this.person);
    this.root.querySelector("[data-drafts]").replaceChildren(...mine.map((draft) => this.row(draft)));
    const none = this.root.querySelector("[data-none]");
    none.hidden = mine.length > 0;
    none.textContent = this.words.none;
    const others = this.root.querySelector("[data-others]");
    others.hidden = all.length === mine.length;
    others.textContent = say(this.words.others, { count: all.length - mine.length });
    const ready = mine.filter(({ state }) => WAITING.includes(state)).length;
    const button = this.root.querySelector("[data-send-all]");
    button.hidden = ready === 0;
    button.textContent = say(this.words.sendAll, { count: ready });
  }

  row(draft) {
    const { words } = this;
    const title = element("b", {}, this.title(draft));
    const about = [this.reasons.get(draft.reason), formatDay(draft.observed_on, this.language), this.count(draft)];
    const lines = [
      element("div", { class: "draft-head" }, title, element("span", { class: `draft-state is-${draft.state}` }, this.state(draft))),
      element("p", { class: "quiet" }, about.filter(Boolean).join(" · ")),
    ];
    if (draft.problem) lines.push(element("p", { class: "fault" }, this.problem(draft)));
    if (draft.receipt) lines.push(this.receipt(draft.receipt));
    lines.push(element("div", { class: "field-row" }, ...this.buttons(draft)));
    return element("li", { class: "draft", "data-draft": draft.key, "data-draft-state": draft.state }, ...lines);
  }

  title({ plots, geometry, case: number = null }) {
    const { words } = this;
    if (number !== null) return say(words.addition, { number: number || "…" });
    const parts = [];
    if (plots.length) parts.push(say(words.plots, { codes: plots.slice(0, 6).join(", ") + (plots.length > 6 ? "…" : "") }));
    if (geometry) parts.push(geometry.type === "Point" ? words.point : words.drawing);
    const text = parts.join(" + ") || words.untitled;
    return text[0].toLocaleUpperCase(this.language) + text.slice(1);
  }

  count({ photos }) {
    return say(this.words.photoCount, { count: photos.length });
  }

  state({ state, arrived = 0, photos }) {
    return say(this.words[state], { arrived, count: photos.length });
  }

  problem({ problem }) {
    return { signin: this.words.signin, away: this.words.away, busy: this.words.busy, other: this.words.other }[problem.kind] ?? problem.text;
  }

  receipt(receipt) {
    const { words, language } = this;
    const all = receipt.photos.reduce((sum, { bytes }) => sum + bytes, 0);
    const [day, time] = new Date(receipt.sent_at).toLocaleString("sv-SE", { timeZone: "Asia/Ho_Chi_Minh" }).split(" ");
    const told = say(words.receiptTold, {
      sha: receipt.receipt_sha256.slice(0, SHOWN_HASH),
      count: receipt.count,
      size: formatBytes(all, language),
      at: `${formatDay(day, language)} ${time.slice(0, 5)}`,
    });
    const link = element("a", { href: `/cases/${receipt.case}` }, say(words.receiptCase, { number: receipt.case }));
    const hashes = element("ol", {}, ...receipt.photos.map(({ sha256 }) => element("li", {}, sha256)));
    const more = element("details", { class: "hashes" }, element("summary", {}, words.receiptHashes), hashes);
    return element("div", { class: "receipt" }, element("p", {}, told), link, ...(receipt.count ? [more] : []));
  }

  buttons(draft) {
    const { words } = this;
    const button = (word, press, name = "") => {
      const made = element("button", { type: "button", class: name }, word);
      made.addEventListener("click", press);
      return made;
    };
    if (draft.state === "sent") return [button(words.sentRemove, () => this.remove(draft, false))];
    const made = [button(words.edit, () => this.open(draft)), button(words.remove, () => this.remove(draft, true))];
    if (draft.state !== "refused") made.push(button(words.send, () => this.send(draft), "main"));
    return made;
  }

  async remove(draft, ask) {
    if (ask && !window.confirm(say(this.words.removeAsk, { count: draft.photos.length }))) return;
    await dropDraft(draft);
    await this.show();
  }
}
