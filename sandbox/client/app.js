// Joins the parts of the page, and opens the stream.

import { h, icon, swap } from "./dom.js";
import { act, see } from "./act.js";
import { toast } from "./announce.js";
import * as conversation from "./conversation.js";
import { dialog } from "./confirm.js";
import * as keys from "./keys.js";
import * as modal from "./modal.js";
import * as panel from "./panel.js";
import * as sidebar from "./sidebar.js";
import { arrive, connect } from "./stream.js";
import * as topbar from "./topbar.js";
import * as tour from "./tour.js";
import { apply, get, go, parts, where, watch } from "./store.js";

for (const part of [topbar, sidebar, conversation, panel, modal, tour, keys]) part.start();

watch(["stage"], curtain);
watch(["told"], failures);
watch(["where.editing"], edit);
watch(["where.screen", "where.panel", "where.me"], bottom);

let raised = false;

function curtain() {
  const stage = get("stage");
  const node = document.getElementById("curtain");
  if (stage.state === "ready" && !node.hidden && raised) setTimeout(arrive, 0);
  raised = true;
  node.hidden = stage.state === "ready";
  const failed = stage.state === "failed";
  swap(node, h("div", { role: failed ? "alert" : "status" },
    h("h1", {}, failed ? "That did not work" : "One moment"),
    h("p", {}, stage.note || "The company comes up"),
    failed ? h("button.button", { onclick: () => act("reset", { name: "" }) }, "Reset to the first morning") : h("div.progress", {}, h("span"))));
}

let heard = 0;

function failures() {
  const told = get("told") || [];
  for (const words of told.slice(Math.max(heard, told.length - 2))) if (heard < told.length) toast(words);
  heard = told.length;
}

function edit() {
  const one = where.editing && parts.get(`message:${where.view}:${where.editing}`);
  if (!one) return;
  const box = h("textarea.field", { rows: 4, "aria-label": "Your message", value: one.text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&") });
  const save = async () => {
    const done = await act("edit", { channel: one.channel, ts: one.ts, text: box.value });
    if (done.ok) node.close();
  };
  const node = dialog("Edit the message", [h("h2", {}, "Edit the message"), box,
    h("footer", {}, h("button.button", { onclick: () => node.close() }, "Cancel"), h("button.button.primary", { onclick: save }, "Save"))],
  { onclose: () => go({ editing: "" }) });
}

// The bar at the foot of a phone.
function bottom() {
  const places = [["list", "Chat", "list", {}], ["panel", "Mail", "send", { panel: "mail" }], ["panel", "Systems", "file", { panel: "record" }],
    ["panel", "Clock", "clock", { panel: "world" }], ["tour", "Tour", "tour", {}]];
  const here = (screen, more) => (screen === "panel" ? where.screen === "panel" && where.panel === more.panel : where.screen === screen || (screen === "list" && where.screen === "chat"));
  swap(document.getElementById("bottom"), places.map(([screen, label, mark, more]) =>
    h("button", { "aria-current": here(screen, more) ? "page" : undefined, "data-key": `bottom:${label}`, "data-bottom": label,
      onclick: () => {
        if (screen === "tour") tour.reopen();
        go({ screen, drawer: screen === "panel", thread: "", ...more });
      } }, icon(mark), h("span", {}, label))));
}

apply({ set: { world: await see("world") }, drop: [] });
bottom();
connect();
