// Salesforce: lists, a record's facts, and who changed what.

import { h, swap } from "./dom.js";
import { see } from "./act.js";
import { stamp, wholeDay as dayOf } from "./dates.js";
import { channel, get, where } from "./store.js";

const state = { kind: "Opportunity", id: "", list: false, version: null };
const FIRST = ["StageName", "Amount", "CurrencyIsoCode", "CloseDate", "AccountId", "OwnerId", "NextStep", "Term_Months__c",
  "Payment_Days__c", "Starts_On__c", "ContractId", "Probability", "Countersign_Deal__c"];

export async function record(body, keys) {
  const version = `${get("systems")?.record}:${where.view}`;
  if (keys.length && (!keys.includes("systems") || version === state.version)) return;
  state.version = version;
  try {
    if (state.list) return list(body);
    await one(body, state.id || (await mine()));
  } catch (problem) {
    swap(body, h("p.empty", {}, problem.message));
  }
}

// The record of the deal whose channel is open; else the newest.
async function mine() {
  const told = await see("list", { kind: "Opportunity" });
  const name = (channel(where.view)?.name || "").replace(/^(deal|larkspur)-/, "").replaceAll("-", " ");
  const row = told.rows.find((each) => name && each.cells[0].toLowerCase().startsWith(name)) || told.rows.find((each) => /^Brightwater/.test(each.cells[0])) || told.rows[0];
  return row.id;
}

async function list(body) {
  const told = await see("list", { kind: state.kind });
  swap(body,
    h("div.bar", {}, told.kinds.map((kind) => h("button.plain.tab", { "aria-pressed": String(kind === state.kind), "data-key": `kind:${kind}`,
      onclick: () => ((state.kind = kind), list(body)) }, plural(kind)))),
    h("div.table", {}, h("table", {}, h("thead", {}, h("tr", {}, told.fields.map((field) => h("th", {}, pretty(field))))),
      h("tbody", {}, told.rows.map((row) => h("tr", {}, row.cells.map((cell, place) =>
        h("td", {}, place ? cell : h("button.link", { "data-key": row.id, onclick: () => open(body, row.id) }, cell || row.id)))))))));
}

function open(body, id) {
  state.id = id;
  state.list = false;
  one(body, id);
}

async function one(body, id) {
  const told = await see("record", { id });
  const place = (fact) => (FIRST.includes(fact.field) ? FIRST.indexOf(fact.field) : FIRST.length);
  const facts = told.facts.filter((fact) => fact.field !== "Id" && fact.field !== "Name").sort((a, b) => place(a) - place(b));
  const shown = facts.filter((fact) => FIRST.includes(fact.field) || told.kind !== "Opportunity");
  const rest = facts.filter((fact) => !shown.includes(fact));
  swap(body,
    h("div.bar", {}, h("button.plain", { "data-key": "lists", onclick: () => ((state.list = true), list(body)) }, "All records"), h("span.detail", {}, told.kind)),
    h("h2", {}, told.title),
    grid(body, shown),
    told.below.length ? [h("h3.label", {}, "Lines and signers"), h("ul.plainlist", {}, told.below.map((each) =>
      h("li", {}, h("span", {}, each.what), h("span.detail", {}, each.how))))] : null,
    rest.length ? h("details", {}, h("summary", {}, `${rest.length} more fields`), grid(body, rest)) : null,
    h("h3.label", {}, "History"),
    told.history.length ? history(told.history) : h("p.detail", {}, "Nothing has changed yet."));
}

function grid(body, facts) {
  return h("dl.facts", {}, facts.map((fact) => h("div", {}, h("dt", {}, pretty(fact.field)),
    h("dd", {}, fact.says ? h("button.link", { "data-key": `${fact.field}`, onclick: () => open(body, fact.value) }, fact.says) : shown(fact.value)))));
}

// Money grouped, days written out; everything else as Salesforce holds it.
function shown(value) {
  if (/^-?\d+\.\d\d$/.test(value)) return value.replace(/\B(?=(\d{3})+\.)/g, ",");
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return dayOf(new Date(`${value}T12:00:00Z`));
  return /^\d{4}-\d\d-\d\dT/.test(value) ? stamp(new Date(value)) : value;
}

function history(rows) {
  return h("div.table", {}, h("table.history", {},
    h("thead", {}, h("tr", {}, ["When", "Field", "From → to", "Who"].map((each) => h("th", {}, each)))),
    h("tbody", {}, rows.map((row) => h("tr", {}, h("td", {}, h("time", { datetime: row.at }, stamp(new Date(row.at)))), h("td", {}, pretty(row.field)),
      h("td", {}, shown(row.old) || "none", " → ", h("strong", {}, shown(row.new) || "none")), h("td", {}, /^Countersign/.test(row.by) ? "by Countersign" : row.by))))));
}

const plural = (kind) => ({ Opportunity: "Opportunities", Account: "Accounts", Contact: "Contacts", Contract: "Contracts", Product2: "Products" })[kind] || kind;
const pretty = (field) => field.replace(/__c$|Id$/, "").replace(/_/g, " ").replace(/([a-z])([A-Z])/g, "$1 $2").replace("Currency Iso Code", "Currency");
