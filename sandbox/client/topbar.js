// Who one is, what time it is, and what is wrong at the moment.

import { h, icon, swap } from "./dom.js";
import { act } from "./act.js";
import { say } from "./announce.js";
import { full, now, stamp } from "./dates.js";
import { menu } from "./menu.js";
import { get, go, me, person, told, where, watch } from "./store.js";
import { become } from "./stream.js";

const bar = () => document.getElementById("top");

export function start() {
  watch(["people", "where.me", "faults", "clock", "stage"], draw);
  setInterval(tick, 1000);
}

function draw() {
  const who = me();
  bar().dataset.side = who?.foreign ? "outside" : "inside";
  const live = (get("faults") || []).filter((one) => one.live).length;
  const wrong = live ? `Faults: ${live}` : "Faults: none";
  swap(bar(),
    h("strong.brand", {}, "Sandbox"),
    h("button.chip.who", { "aria-haspopup": "menu", "data-key": "who", "data-test": "who", onclick: (event) => people(event.currentTarget) },
      h("span", {}, who?.name || "Choose a person"), h("span.soft", {}, who ? `, ${role(who)}` : ""), h("span", {}, "\u00a0▾")),
    h("span.space"),
    h("button.chip.time", { "data-key": "time", "aria-label": "Clock and faults", onclick: () => go({ panel: "world", thread: "", drawer: true, screen: "panel" }) },
      icon("clock"), h("time", {}, clockText())),
    h("span.turns", {}, [["hour", "+1 h"], ["day", "+1 day"], ["deadline", "Next deadline"], ["month", "Month end"]].map(([by, label]) =>
      h("button.chip", { "data-key": by, "data-turn": by, onclick: () => act("turn", { by }) }, label))),
    h("button.chip.faults", { "data-key": "faults", onclick: () => go({ panel: "world", thread: "", drawer: true, screen: "panel" }) },
      live ? icon("warn") : null, wrong));
}

const clockText = () => (innerWidth < 768 ? stamp(now()) : full(now())) + (get("clock")?.held ? " · paused" : "");

function tick() {
  const shown = bar().querySelector("time");
  if (shown && shown.textContent !== clockText()) shown.textContent = clockText();
}

const ROLES = { reps: "rep", "sales-managers": "manager", "sales-vps": "VP Sales", finance: "finance", "finance-deputies": "deputy finance",
  legal: "legal", solutions: "solutions", csms: "CSM", signatories: "signatory", "countersign-admins": "administrator" };

export const role = (who) => (who.foreign ? who.title : ROLES[who.groups[0]] || who.title);

function people(opener) {
  const all = (get("people") || []).filter((one) => !one.app);
  const admin = all.filter((one) => one.groups.includes("countersign-admins"));
  const inside = all.filter((one) => !one.foreign && !admin.includes(one));
  const outside = all.filter((one) => one.foreign).slice(0, 24);
  const row = (one) => ({ label: one.name, detail: one.foreign ? `${role(one)}, ${one.team}` : role(one), on: one.id === where.me, do: () => change(one.id) });
  menu(opener, [{ heading: "Company" }, ...inside.map(row), { heading: "Customer" }, ...outside.map(row),
    { heading: "Administrator" }, ...admin.map(row)], "Be somebody else");
}

export function change(id, view = "") {
  become(id, view);
  const who = person(id);
  say(`You are now ${who.name}, ${role(who)} at ${who.team}.`);
  told(["people"]);
}
