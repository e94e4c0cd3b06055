// The middle: a channel's head, its pinned card, its messages. A message is drawn anew only when it changed.

import { h, icon, swap } from "./dom.js";
import { act } from "./act.js";
import { say } from "./announce.js";
import { composer } from "./composer.js";
import { day, moment, sameDay } from "./dates.js";
import { home } from "./home.js";
import { message } from "./message.js";
import { channel, channelName, get, go, isReply, messages, parts, unread, where, watch } from "./store.js";
import { tabs } from "./panel.js";

const main = () => document.getElementById("main");
let drawn = new Map();
let list = null;
let shown = "";
let divider = "";

export function start() {
  watch(["where.view", "where.me", "channel:", "people"], frame);
  watch(["message:", "home", "where.editing"], changed);
}

function frame(keys) {
  const moved = keys.some((key) => key.startsWith("where.")) || shown !== where.view;
  if (where.view === "home") return showHome();
  const one = channel(where.view);
  if (!one) return nothing();
  if (moved || !list) {
    build(one);
  } else {
    main().querySelector(".head")?.replaceWith(head(one));
    main().querySelector(".pinbar, .nopin")?.replaceWith(pinned(one));
  }
}

function nothing() {
  list = null;
  swap(main(), h("p.empty", {}, "Choose a channel."));
}

function showHome() {
  list = null;
  shown = "home";
  swap(main(), h("header.head", {}, back(), h("h1", {}, "Countersign"), h("span.detail", {}, "Home"), tabs()), home());
}

function build(one) {
  shown = where.view;
  drawn = new Map();
  divider = unread(one.id)[0]?.ts || "";
  list = h("div.messages", { role: "log", "aria-live": "polite", "aria-label": `Messages in ${channelName(one)}`, tabindex: 0 });
  list.addEventListener("scroll", () => atEnd() && seen());
  list.addEventListener("click", follow);
  const more = h("button.newer", { hidden: true, onclick: end }, "New messages");
  swap(main(), head(one), pinned(one), list, more, composer({ channel: one.id }));
  fill();
  end();
}

function changed(keys) {
  if (where.view === "home") return keys.includes("home") && showHome();
  if (list && shown === where.view && keys.some((key) => key.startsWith(`message:${where.view}:`) || key.startsWith("where."))) {
    const stay = !atEnd();
    fill();
    main().querySelector(".pinbar, .nopin")?.replaceWith(pinned(channel(where.view)));
    if (stay) main().querySelector(".newer").hidden = false;
    else end();
  }
}

function fill() {
  const found = messages(where.view).filter((one) => !isReply(one) || one.subtype === "thread_broadcast" || one.alone);
  const nodes = [];
  let last = null;
  for (const one of found) {
    const at = moment(one.ts);
    if (!last || !sameDay(moment(last.ts), at)) nodes.push(line(`day:${day(at)}`, "day", day(at)));
    if (one.ts === divider && last) nodes.push(line("new", "new", "New"));
    const joined = last && joins(last, one);
    nodes.push(node(one, joined));
    last = one;
  }
  if (!found.length) nodes.push(line("none", "empty", "Nothing here yet. Say something, or let the tour begin."));
  arrange(nodes);
}

const joins = (last, one) =>
  last.user === one.user && !last.bot_id && !one.alone && !last.subtype && Number(one.ts) - Number(last.ts) < 300 && sameDay(moment(last.ts), moment(one.ts));

function line(key, kind, text) {
  const known = drawn.get(key);
  if (known) return known.node;
  const made = h(`p.line.line-${kind}`, {}, h("span", {}, text));
  drawn.set(key, { node: made, json: "" });
  return made;
}

function node(one, joined) {
  const json = JSON.stringify(one) + joined;
  const known = drawn.get(one.ts);
  if (known?.json === json) return known.node;
  const made = message(one, { joined });
  if (known) replaceGently(known, made, one);
  drawn.set(one.ts, { node: made, json, edited: one.edited?.ts });
  return made;
}

// The card keeps its place and its focus; only the ground of an edited one shines once.
function replaceGently(known, made, one) {
  const held = known.node.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  known.node.replaceWith(made);
  if (held) made.querySelector(`[data-key="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
  if (one.edited && one.edited.ts !== known.edited) {
    made.classList.add("changed");
    say(`Changed: ${one.text.split("\n")[0]}`);
  }
}

// Only what moved is moved.
function arrange(nodes) {
  const keep = new Set(nodes);
  for (const child of [...list.children]) if (!keep.has(child)) child.remove();
  nodes.forEach((one, place) => {
    if (list.children[place] !== one) list.insertBefore(one, list.children[place] || null);
  });
  for (const [key, held] of drawn) if (!keep.has(held.node)) drawn.delete(key);
}

const atEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight < 60;

function end() {
  if (!list) return;
  list.scrollTop = list.scrollHeight;
  main().querySelector(".newer").hidden = true;
  seen();
}

function seen() {
  const last = messages(where.view).at(-1);
  if (last && !document.hidden && last.ts > ((get("read") || {})[where.view] || "")) {
    act("read", { channel: where.view, ts: last.ts });
  }
}

function follow(event) {
  const permalink = /\/archives\/(\w+)\/p(\d+)(\d{6})/.exec(event.target.closest("a")?.href || "");
  if (permalink && channel(permalink[1])) {
    event.preventDefault();
    go({ view: permalink[1], thread: "" });
    return point(`${permalink[2]}.${permalink[3]}`);
  }
  const to = event.target.closest("[data-channel]");
  if (to) {
    event.preventDefault();
    go({ view: to.dataset.channel, thread: "" });
  }
}

function point(ts) {
  const found = list?.querySelector(`[data-ts="${CSS.escape(ts)}"]`);
  found?.scrollIntoView({ block: "center" });
  found?.focus();
}

const back = () => h("button.back", { "aria-label": "Back to the list", onclick: () => go({ screen: "list" }) }, icon("back"));

function head(one) {
  const who = one.kind === "im" ? "Direct message with the app" : `${one.members.length} people`;
  const side = one.shared.length ? `shared with ${one.shared.join(", ")}` : one.kind === "im" ? "" : "internal only";
  const mark = one.kind === "im" ? "" : "# ";
  return h("header.head", {}, back(), h("h1", {}, mark, channelName(one)),
    h("span.detail", {}, [who, side].filter(Boolean).join(" · ")), tabs());
}

function pinned(one) {
  const ts = one?.pins?.at(-1);
  const card = ts && parts.get(`message:${one.id}:${ts}`);
  if (!card) return h("div.nopin", { hidden: true });
  return h("button.pinbar", { onclick: () => point(ts), "data-key": "pin" }, icon("pin"), h("strong", {}, "Pinned"), h("span", {}, card.text.split("\n")[0]));
}
