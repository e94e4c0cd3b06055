// The right side: the other systems, the thread, the clock, the situations; the tour lies at its foot.

import { h, icon, swap } from "./dom.js";
import { documents } from "./documents.js";
import { books } from "./books.js";
import { ledger } from "./ledger.js";
import { mail } from "./mail.js";
import { record } from "./record.js";
import { situations } from "./situations.js";
import { thread } from "./thread.js";
import { world } from "./world.js";
import { go, me, where, watch } from "./store.js";

const aside = () => document.getElementById("panel");

const PANELS = {
  record: ["Record", record],
  mail: ["Mail", mail],
  books: ["Books", books],
  ledger: ["Ledger", ledger],
  files: ["Files", documents],
  world: ["Clock", world],
  scenes: ["Scenes", situations],
};
const OUTSIDE = ["mail", "files", "world", "scenes"];

export function start() {
  watch(["where.panel", "where.me", "where.thread", "where.view", "people"], draw);
  watch(["message:"], (keys) => where.thread && keys.some((key) => key.startsWith(`message:${where.view}:`)) && draw());
  watch(["where.drawer", "where.screen"], place);
  watch(["systems", "letters", "faults", "clock", "stage"], (keys) => where.thread || refresh(keys));
}

const offered = () => Object.keys(PANELS).filter((name) => !me()?.foreign || OUTSIDE.includes(name));

export const current = () => (offered().includes(where.panel) ? where.panel : "mail");

// At middle width the strip stands in the channel's head, and opens the drawer.
export function tabs() {
  return h("div.head-tabs", { role: "group", "aria-label": "Beside Slack" },
    offered().map((name) => h("button.plain", { "data-key": `head:${name}`, onclick: () => go({ panel: name, thread: "", drawer: true, screen: "panel" }) }, PANELS[name][0])));
}

function strip() {
  const tab = (name) => h("button.tab", { role: "tab", "aria-selected": String(name === current() && !where.thread), tabindex: name === current() ? 0 : -1,
    "data-key": `tab:${name}`, "data-tab": name, onclick: () => go({ panel: name, thread: "" }) }, PANELS[name][0]);
  return h("div.tabs", { role: "tablist", "aria-label": "Beside Slack", onkeydown: arrows }, offered().map(tab),
    h("button.plain.shut", { "aria-label": "Close", "data-key": "shut", onclick: () => go({ drawer: false, screen: "chat" }) }, icon("close")));
}

function arrows(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const names = offered();
  const next = names[(names.indexOf(current()) + step + names.length) % names.length];
  go({ panel: next, thread: "" });
  aside().querySelector(`[data-key="tab:${next}"]`)?.focus();
}

let body = null;

function draw() {
  const open = where.thread && thread();
  const at = body?.scrollTop || 0;
  body = open ? null : h("div.panel-body", { role: "tabpanel", "aria-label": PANELS[current()][0], tabindex: 0, "data-panel": current(), "data-key": "panel-body" });
  const before = aside().dataset.shows;
  aside().dataset.shows = where.thread || current();
  swap(aside(), strip(), open || body);
  if (open) scrollThread(before === where.thread);
  else PANELS[current()][1](body, []).then?.(() => before === current() && body && (body.scrollTop = at));
  place();
}

function scrollThread(stay) {
  const list = aside().querySelector(".thread");
  if (!stay) list.scrollTop = list.scrollHeight;
}

function refresh(keys) {
  if (body) PANELS[current()][1](body, keys);
}

function place() {
  document.body.dataset.screen = where.screen;
  document.body.classList.toggle("drawer", where.drawer || Boolean(where.thread));
}
