// Where one writes: Enter sends, / completes commands, @ completes people.

import { h, icon } from "./dom.js";
import { act } from "./act.js";
import { toast } from "./announce.js";
import { channel, channelName, get, person } from "./store.js";

const drafts = new Map();

export function composer({ channel: id, thread = "" }) {
  const one = channel(id);
  const name = one ? channelName(one) : "";
  const place = `${id}:${thread}`;
  const mark = one?.kind === "im" ? "" : "#";
  const hint = thread ? "Reply" : innerWidth < 768 ? "Message, or type /" : `Message ${mark}${name}, or type /`;
  const label = thread ? "Reply" : `Message ${mark}${name}`;
  const box = h("textarea.compose", { rows: 1, "aria-label": label, placeholder: hint, value: drafts.get(place) || "",
    "data-key": `compose:${place}`, "aria-autocomplete": "list", "aria-controls": `offers:${place}`, role: "combobox", "aria-expanded": "false" });
  const list = h("div.offers", { role: "listbox", id: `offers:${place}`, hidden: true, "aria-label": "Suggestions" });
  const names = new Map();
  const state = { box, list, names, offers: [], at: 0, id, thread, place };
  box.addEventListener("input", () => typed(state));
  box.addEventListener("keydown", (event) => key(event, state));
  box.addEventListener("blur", () => setTimeout(() => offer(state, []), 150));
  return h("form.composer", { onsubmit: (event) => (event.preventDefault(), send(state)) }, list, box,
    h("button.send", { "aria-label": "Send", "data-key": `send:${place}` }, icon("send")));
}

function typed(state) {
  const { box, place } = state;
  drafts.set(place, box.value);
  box.rows = Math.min(8, box.value.split("\n").length);
  const before = box.value.slice(0, box.selectionStart);
  if (/^\/\S*$/.test(before)) return offer(state, commands(before));
  const found = /(?:^|\s)@([\p{L}]*)$/u.exec(before);
  offer(state, found ? people(state, found[1].toLowerCase()) : []);
}

function commands(before) {
  const known = get("world")?.commands || [];
  return known.filter((one) => one.command.startsWith(before)).flatMap((one) => [
    { label: one.command, detail: one.description, put: `${one.command} `, all: true },
    ...words(one).map((word) => ({ label: `${one.command} ${word}`, detail: "", put: `${one.command} ${word.replace(/ [A-Z]+$/, " ")}`, all: true })),
  ]);
}

const words = (one) => (one.usage_hint || "").split("|").map((word) => word.trim()).filter(Boolean);

function people(state, start) {
  const members = (channel(state.id)?.members || []).map(person).filter(Boolean);
  return members.filter((one) => one.name.toLowerCase().split(" ").some((part) => part.startsWith(start))).slice(0, 8)
    .map((one) => ({ label: one.name, detail: one.title || "App", put: `@${one.name} `, id: one.id }));
}

function offer(state, offers) {
  state.offers = offers;
  state.at = 0;
  state.list.hidden = !offers.length;
  state.box.setAttribute("aria-expanded", String(Boolean(offers.length)));
  state.list.replaceChildren(...offers.map((one, place) =>
    h("div.offer", { role: "option", id: `${state.place}-${place}`, "aria-selected": String(place === 0),
      onpointerdown: (event) => (event.preventDefault(), take(state, place)) },
      h("strong", {}, one.label), h("span.detail", {}, one.detail))));
  point(state);
}

function point(state) {
  [...state.list.children].forEach((row, place) => row.setAttribute("aria-selected", String(place === state.at)));
  if (state.offers.length) state.box.setAttribute("aria-activedescendant", `${state.place}-${state.at}`);
  else state.box.removeAttribute("aria-activedescendant");
}

function take(state, place) {
  const one = state.offers[place];
  const { box } = state;
  if (one.id) state.names.set(`@${one.label}`, one.id);
  const before = one.all ? "" : box.value.slice(0, box.selectionStart).replace(/@[\p{L}]*$/u, "");
  const after = one.all ? "" : box.value.slice(box.selectionStart);
  box.value = before + one.put + after;
  box.selectionStart = box.selectionEnd = (before + one.put).length;
  drafts.set(state.place, box.value);
  offer(state, []);
}

function key(event, state) {
  const many = state.offers.length;
  if (many && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    state.at = (state.at + (event.key === "ArrowDown" ? 1 : many - 1)) % many;
    point(state);
  } else if (many && (event.key === "Tab" || (event.key === "Enter" && !whole(state)))) take(state, state.at);
  else if (many && event.key === "Escape") offer(state, []);
  else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) send(state);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

// What stands there is already what the offer would put.
const whole = (state) => state.offers[state.at]?.put.trim() === state.box.value.trim();

async function send(state) {
  const { box, id, thread, place, names } = state;
  const text = box.value.trim();
  if (!text) return;
  offer(state, []);
  box.value = "";
  const command = /^(\/\S+)\s*([\s\S]*)$/.exec(text);
  const done = command ? await run(state, command) : await act("say", { channel: id, thread, text: named(text, names) });
  if (done.ok) {
    drafts.delete(place);
    box.rows = 1;
  } else box.value = text;
}

function run(state, [, command, text]) {
  if (state.thread) {
    toast("Commands do not work in a thread; type it in the channel.");
    return { ok: false };
  }
  const known = (get("world")?.commands || []).some((one) => one.command === command);
  if (known) return act("command", { channel: state.id, command, text });
  toast(`${command} is not a command here. Type / to see them.`);
  return { ok: false };
}

function named(text, names) {
  let out = text;
  for (const [name, id] of names) out = out.replaceAll(name, `<@${id}>`);
  return out;
}
