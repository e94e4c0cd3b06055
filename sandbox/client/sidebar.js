// The list at the left: Home, deals, channels, shared channels, and the messages with the app.

import { h, icon, swap } from "./dom.js";
import { act } from "./act.js";
import { channelName, channels, get, go, me, unread, where, watch } from "./store.js";

const nav = () => document.getElementById("sidebar");

export function start() {
  watch(["channel:", "message:", "read", "people", "home", "where"], draw);
  nav().addEventListener("keydown", arrows);
}

function draw() {
  const open = channels().filter((one) => !one.archived);
  const deals = open.filter((one) => one.kind !== "im" && one.name.startsWith("deal-"));
  const shared = open.filter((one) => one.shared.length);
  const rest = open.filter((one) => one.kind !== "im" && !deals.includes(one) && !shared.includes(one));
  const direct = open.filter((one) => one.kind === "im");
  const inside = me() && !me().foreign;
  swap(nav(),
    h("p.company", {}, h("strong", {}, me()?.team || ""), h("span.detail", {}, me() ? `${me().name}, ${me().title}` : "")),
    inside && group("Countersign", [homeRow(), ...(direct.length ? direct.map(row) : [openRow()])]),
    group("Deals", deals.map(row)),
    group("Shared with customers", shared.map(row)),
    group("Company", rest.map(row)),
    !inside && h("p.detail.aside-note", {}, "People outside see the shared channel, their mail, and their signing page. Nothing else."));
}

function group(title, rows) {
  if (!rows.length) return null;
  return h("section", { "aria-label": title }, h("h2.label", {}, title), h("ul", {}, rows.map((one) => h("li", {}, one))));
}

function homeRow() {
  const count = /^(\d+) approvals? wait/.exec(get("home")?.blocks?.[0]?.text?.text || "")?.[1];
  const open = () => {
    go({ view: "home", thread: "", screen: "chat" });
    act("open_home");
  };
  return line("home", "home", "Home", open, count);
}

const openRow = () => line("none", "app", "Messages", () => act("open_home"), 0, true);

function row(one) {
  const mark = one.kind === "im" ? "app" : one.shared.length ? "shared" : one.private ? "lock" : "hash";
  const name = one.kind === "im" ? "Messages" : one.name;
  const open = () => go({ view: one.id, thread: "", screen: "chat" });
  return line(one.id, mark, name, open, unread(one.id).length, false, channelName(one));
}

function line(id, mark, name, open, count = 0, muted = false, whole = name) {
  const here = where.view === id;
  const label = count ? `${whole}, ${count} unread` : whole;
  return h(`button.row${here ? ".here" : ""}${count ? ".unread" : ""}${muted ? ".muted" : ""}`,
    { onclick: open, "aria-current": here ? "page" : undefined, "aria-label": label, "data-key": `row:${id}`, "data-row": id },
    icon(mark), h("span", {}, name), count ? h("span.count", {}, count) : null);
}

function arrows(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const rows = [...nav().querySelectorAll(".row")];
  rows[(rows.indexOf(document.activeElement) + step + rows.length) % rows.length]?.focus();
  event.preventDefault();
}
