// The deal's ledger as a line of time: each fact opens, and the chain is verified by the administrator's command.

import { h, swap } from "./dom.js";
import { see } from "./act.js";
import { day, sameDay, time } from "./dates.js";
import { get, where, watch } from "./store.js";

const state = { deal: "", open: new Set(), said: null, version: null, busy: false, body: null, told: null };
let timer = 0;

watch(["where.view"], () => Object.assign(state, { deal: "", told: null }));

// The panel may be drawn anew while the ledger is read: what comes goes into the newest place.
export async function ledger(body, keys) {
  state.body = body;
  const version = `${get("systems")?.record}:${get("systems")?.books}:${where.view}`;
  if (keys.length && version === state.version) return;
  clearTimeout(timer);
  if (keys.length) timer = setTimeout(() => load(body, version), 1500);
  else await load(body, version);
}

async function load(body, version) {
  if (!body.children.length && state.told) draw(body, state.told);
  if (state.busy) return;
  state.busy = true;
  state.version = version;
  if (!body.children.length) swap(body, h("div.skeleton"), h("div.skeleton"), h("div.skeleton"));
  try {
    state.told = await see("ledger", { deal: state.deal, channel: where.view });
    draw(state.body, state.told);
  } catch (problem) {
    swap(state.body, h("p.empty", {}, problem.message));
  } finally {
    state.busy = false;
  }
}

function draw(body, told) {
  if (!told.facts.length) return swap(body, h("p.empty", {}, "No deal has a ledger yet. It begins when an opportunity enters negotiation."));
  const last = told.facts.at(-1);
  swap(body,
    told.streams.length > 1 ? pick(body, told) : null,
    h("div.verified", { role: "status" }, state.said ? verdict() : h("p", {}, h("strong", {}, `${told.facts.length} facts`), `, the last at ${time(new Date(last.at))}`),
      h("button.button", { "data-key": "verify", "data-test": "verify", onclick: () => verify(body, told) }, "Verify the chain")),
    h("ol.timeline", {}, told.facts.map((fact, place) => row(fact, told.facts[place - 1]))));
}

const verdict = () => h("p", {}, h(`strong.${state.said.whole ? "good" : "bad"}`, {}, state.said.whole ? "✓ Chain verified" : "■ The chain is broken"), h("span.detail.block", {}, state.said.said));

async function verify(body, told) {
  state.said = await see("verify");
  draw(state.body, told);
}

function pick(body, told) {
  const change = (event) => {
    state.deal = event.target.value;
    load(body, "");
  };
  return h("select.field", { "aria-label": "Deal", "data-key": "deal", onchange: change }, told.streams.map((one) => h("option", { value: one.deal, selected: one.deal === told.deal }, one.name)));
}

function row(fact, before) {
  const at = new Date(fact.at);
  const fresh = !before || !sameDay(new Date(before.at), at);
  const body = fact.fact || {};
  return [fresh ? h("li.line.line-day", {}, h("span", {}, day(at))) : null,
    h("li.fact", {}, h("time.detail", {}, time(at)), h("span.dot", { "aria-hidden": "true" }),
      h("details", { open: state.open.has(fact.seq), ontoggle: (event) => (event.target.open ? state.open.add(fact.seq) : state.open.delete(fact.seq)) },
        h("summary", { "data-key": `fact:${fact.seq}` }, h("strong", {}, fact.kind), h("span.detail.mono", {}, `seq ${fact.seq}`, fact.hash ? ` · ${String(fact.hash).slice(0, 8)}` : "")),
        h("dl.inside", {}, Object.entries(body).filter(([, value]) => value !== null && value !== "").map(([name, value]) =>
          h("div", {}, h("dt", {}, name.replaceAll("_", " ")), h("dd", {}, typeof value === "object" ? h("pre", {}, JSON.stringify(value, null, 1)) : String(value)))))))];
}
