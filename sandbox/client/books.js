// The books: invoices, schedules, journals, commissions, each with sums that one can check.

import { h, swap } from "./dom.js";
import { see } from "./act.js";
import { wholeDay } from "./dates.js";
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
  const told = Object.entries(one.document).filter(([name]) => name !== "deal");
  const lists = told.filter(([, value]) => Array.isArray(value) && value.length);
  const facts = told.filter(([, value]) => !Array.isArray(value)).flatMap(flat);
  return h("details.paper-slip", { open: true }, h("summary", {}, h("strong", {}, one.id), h("span.detail.ref.mono", {}, one.key)),
    h("dl.facts", {}, facts.map(fact)),
    lists.map(([name, rows]) => grid(name, rows)));
}

// Money stays whole; what else holds something is taken apart.
function flat([name, value]) {
  if (!value || typeof value !== "object" || money(value)) return [[name, value]];
  return Object.entries(value).flatMap(([inner, told]) => flat([`${name} ${inner}`, told]));
}

const money = (value) => value && typeof value === "object" && "minor" in value && "currency" in value;
const fact = ([name, value]) => h(String(value).length > 60 ? "div.broad" : "div", {}, h("dt", {}, pretty(name)), h("dd", {}, shown(value)));

function grid(name, rows) {
  if (typeof rows[0] !== "object") return h("p.detail", {}, `${pretty(name)}: ${rows.join(", ")}`);
  const heads = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((head) => rows.some((row) => plain(row[head])));
  const right = (head) => rows.every((row) => row[head] === undefined || row[head] === null || money(row[head]) || numeric(row[head]));
  const side = (head) => `align-${right(head) ? "right" : "left"}`;
  const sums = heads.filter((head) => rows.length > 1 && rows.some((row) => money(row[head])));
  const cell = (head, place) => (sums.includes(head) ? shown(total(rows, head)) : place ? "" : "Sum");
  return h("div.table", {}, h("table", {}, h("caption.label", {}, pretty(name)),
    h("thead", {}, h("tr", {}, heads.map((head) => h("th", { class: side(head) }, pretty(head))))),
    h("tbody", {}, rows.map((row) => h("tr", {}, heads.map((head) => h("td", { class: side(head) }, shown(row[head])))))),
    sums.length ? h("tfoot", {}, h("tr", {}, heads.map((head, place) => h("td", { class: side(head) }, cell(head, place))))) : null));
}

const plain = (value) => value !== undefined && value !== null && (typeof value !== "object" || money(value));
const numeric = (value) => /^-?\d+(\.\d+)?$/.test(String(value ?? ""));
const grouped = (text) => text.replace(/^(-?)(\d+)/, (whole, sign, digits) => (sign ? "−" : "") + digits.replace(/\B(?=(\d{3})+$)/g, ","));

function shown(value) {
  if (value === null || value === undefined) return "none";
  if (money(value)) return `${value.currency} ${grouped(major(BigInt(value.minor), value.currency))}`;
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return wholeDay(new Date(`${value}T12:00:00Z`));
  return String(value);
}

const places = (currency) => new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits;

function major(minor, currency) {
  const digits = String(minor < 0n ? -minor : minor).padStart(places(currency) + 1, "0");
  const cut = digits.length - places(currency);
  return (minor < 0n ? "-" : "") + (places(currency) ? `${digits.slice(0, cut)}.${digits.slice(cut)}` : digits);
}

// In minor units, so that the sum is exact.
function total(rows, head) {
  const found = rows.map((row) => row[head]).filter(money);
  return { minor: found.reduce((sum, one) => sum + BigInt(one.minor), 0n), currency: found[0].currency };
}

const pretty = (name) => name.replace(/_/g, " ").replace(/^./, (first) => first.toUpperCase());
