// The guided tour: one step at a time, done for you or by yourself.

import { h, swap } from "./dom.js";
import { act } from "./act.js";
import { get, go, person, where, watch } from "./store.js";
import { change } from "./topbar.js";

const foot = () => document.getElementById("tour");

export const start = () => watch(["tour", "where.me", "people", "stage"], draw);

function draw() {
  const tour = get("tour");
  if (tour && followed !== null && tour.at > followed) follow(tour);
  if (!tour || get("stage")?.state !== "ready") return swap(foot());
  foot().hidden = localStorage.getItem("tour") === "closed";
  const scene = (get("world")?.situations || []).find((one) => one.name === get("stage").scene);
  swap(foot(), scene ? told(scene) : tour.at >= tour.of ? over() : step(tour));
}

function over() {
  return [h("p.detail", {}, "Tour, done"), h("h2", {}, "From the yes to the win"),
    h("p", {}, "Look at the ledger, open another situation, or break something."),
    h("div.bar", {}, h("button.button.primary", { "data-key": "tour-scenes", onclick: () => go({ panel: "scenes", thread: "", drawer: true, screen: "panel" }) }, "Situations"),
      back(), closeIt())];
}

function told(scene) {
  return [h("div.bar.tour-head", {}, h("p.detail", {}, "Situation"), h("span.space"), closeIt()),
    h("h2", {}, scene.title), h("p", {}, scene.says), scene.lacks && h("p.detail", {}, scene.lacks)];
}

const back = () => h("button.plain", { "data-key": "tour-back", onclick: () => act("tour", { do: "back" }) }, "Back");
const closeIt = () => h("button.plain", { "data-key": "tour-close", onclick: close }, "Close");

function close() {
  localStorage.setItem("tour", "closed");
  foot().hidden = true;
}

function step(tour) {
  const who = person(tour.who);
  return [
    h("div.bar.tour-head", {}, h("p.detail", {}, `Tour, step ${tour.at + 1} of ${tour.of}`), h("span.space"), tour.at > 0 ? back() : null, closeIt()),
    h("h2", {}, tour.title),
    h("p", {}, tour.says),
    tour.problem && h("p.error", { role: "alert" }, tour.problem),
    h("div.bar.wrap", {},
      h("button.button.primary", { "data-key": "tour-do", "data-test": "tour-do", "aria-busy": tour.busy ? "true" : undefined, disabled: tour.busy, onclick: play }, tour.busy ? "Under way…" : tour.does),
      who && where.me !== tour.who ? h("button.button", { "data-key": "tour-be", "data-test": "tour-be", onclick: () => show(tour) }, `Be ${who.name.split(" ")[0]}`)
        : h("button.button", { "data-key": "tour-show", onclick: () => show(tour) }, "Show me where"),
      h("button.plain", { "data-key": "tour-skip", "data-test": "tour-skip", onclick: () => act("tour", { do: "skip" }) }, "Skip")),
  ];
}

let followed = null;

async function play() {
  followed = get("tour").at;
  await act("tour", { do: "play" });
}

// What was done for somebody is looked at with that person's eyes.
function follow(tour) {
  followed = null;
  setTimeout(() => show(tour.before), 0);
}

function show(tour) {
  if (where.me !== tour.who) change(tour.who, tour.where);
  else if (tour.where && tour.where !== "mail") go({ view: tour.where, thread: "", screen: "chat" });
  if (tour.where !== "mail" && where.panel === "mail") go({ panel: "record" });
  if (tour.where === "mail") go({ panel: "mail", thread: "", drawer: true, screen: "panel" });
}

export function reopen() {
  localStorage.removeItem("tour");
  draw();
}
