// The books: invoices, schedules, journals, commissions, each with sums that one can check.

import { h, swap } from "./dom.js";
import { see } from "./act.js";
import { get } from "./store.js";

const NAMES = { invoices: "Invoices", schedules: "Revenue schedules", journals: "Journal", commissions: "Commissions" };

let version = null;

export async function books(body, keys) {
  const now = get("systems")?.books;
  if (keys.length && (!keys.includes("systems") || now === version)) return;
  version = now;
  const told = await see("books");
  const any = Object.values(told).some((list) => list.length);
  swap(body, any ? Object.entries(NAMES).map(([book, name]) => section(name, told[book]))
    : h("p.empty", {}, "The books are empty. They are written within a minute of the last signature."));
}

const section = (name, list) =>
  list.length ? h("section", {}, h("h3.label", {}, name), list.map(entry)) : null;

function entry(one) {
  const scalars = Object.entries(one.document).filter(([, value]) => typeof value !== "object");
  const lists = Object.entries(one.document).filter(([, value]) => Array.isArray(value) && value.length);
  const nested = Object.entries(one.document).filter(([, value]) => value && typeof value === "object" && !Array.isArray(value));
  return h("details.paper-slip", { open: true }, h("summary", {}, h("strong", {}, one.id), h("span.detail.ref", {}, one.key)),
    h("dl.facts", {}, [...scalars, ...nested.flatMap(([name, value]) => Object.entries(value).map(([inner, told]) => [`${name} ${inner}`, told]))].map(fact)),
    lists.map(([name, rows]) => grid(name, rows)));
}

const fact = ([name, value]) => h("div", {}, h("dt", {}, pretty(name)), h("dd", {}, shown(name, value)));

function grid(name, rows) {
  if (typeof rows[0] !== "object") return h("p.detail", {}, `${pretty(name)}: ${rows.join(", ")}`);
  const heads = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((head) => typeof rows[0][head] !== "object" || rows[0][head] === null);
  const side = (head) => (rows.every((row) => row[head] === undefined || numeric(row[head])) ? "right" : "left");
  const sum = heads.filter((head) => side(head) === "right" && /debit|credit|amount|net|gross|tax|total/i.test(head));
  return h("div.table", {}, h("table", {},
    h("thead", {}, h("tr", {}, heads.map((head) => h("th", { class: `align-${side(head)}` }, pretty(head))))),
    h("tbody", {}, rows.map((row) => h("tr", {}, heads.map((head) => h("td", { class: `align-${side(head)}` }, shown(head, row[head])))))),
    sum.length && rows.length > 1 ? h("tfoot", {}, h("tr", {}, heads.map((head, place) =>
      h("td", { class: `align-${side(head)}` }, sum.includes(head) ? total(rows, head) : place ? "" : "Sum")))) : null));
}

const numeric = (value) => /^-?\d+(\.\d+)?$/.test(String(value ?? ""));
const shown = (name, value) => (value === null || value === undefined ? "none" : numeric(value) && /\.\d\d$/.test(value) ? grouped(String(value)) : String(value));
const grouped = (text) => text.replace(/^(-?)(\d+)/, (whole, sign, digits) => (sign ? "−" : "") + digits.replace(/\B(?=(\d{3})+$)/g, ","));

// In whole cents, so that the sum is exact.
function total(rows, head) {
  const places = Math.max(...rows.map((row) => (String(row[head] ?? "0").split(".")[1] || "").length));
  const cents = rows.reduce((sum, row) => sum + scaled(String(row[head] ?? "0"), places), 0n);
  const digits = String(cents < 0n ? -cents : cents).padStart(places + 1, "0");
  const text = places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits;
  return grouped(cents < 0n ? `-${text}` : text);
}

function scaled(text, places) {
  const [whole, part = ""] = text.split(".");
  return BigInt(whole + part.padEnd(places, "0"));
}

const pretty = (name) => name.replace(/_/g, " ").replace(/^./, (first) => first.toUpperCase());
