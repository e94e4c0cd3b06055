// The keyboard: F6 among the regions, arrows among messages, Ctrl K to a place, ? for the list.

import { h } from "./dom.js";
import { act } from "./act.js";
import { dialog } from "./confirm.js";
import { channelName, channels, go, where } from "./store.js";

const REGIONS = ["#top button", "#sidebar .here, #sidebar .row", "#main .messages, #main .home", "#panel [role=tab][tabindex='0'], #panel button", "#tour button"];
const LIST = [["F6", "the next region"], ["↑ ↓", "rows, messages"], ["Enter", "open, send"], ["Esc", "close, back"], ["Ctrl K", "go to a place"], ["?", "this list"]];

export function start() {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches?.("input, textarea, select");
    if (event.key === "F6") return stop(event, region(event.shiftKey ? -1 : 1));
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") return stop(event, jump());
    if (event.key === "?" && !typing) return stop(event, list());
    if (event.key === "Escape" && !document.querySelector("dialog[open]") && (where.drawer || where.thread)) return stop(event, go({ drawer: false, thread: "", screen: "chat" }));
    if (!typing && event.target.closest?.(".messages, .thread")) arrows(event);
  });
}

const stop = (event) => event.preventDefault();

function region(step) {
  const places = REGIONS.map((each) => [...document.querySelectorAll(each)].find((one) => one.offsetParent)).filter(Boolean);
  const here = places.findIndex((one) => one.closest("#top, #sidebar, #main, #panel, #tour") === document.activeElement.closest("#top, #sidebar, #main, #panel, #tour"));
  places[(here + step + places.length) % places.length]?.focus();
}

function arrows(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target.matches("button, a")) return;
  const rows = [...event.target.closest(".messages, .thread").querySelectorAll(".message")];
  const at = rows.indexOf(document.activeElement.closest(".message"));
  rows[at < 0 ? rows.length - 1 : Math.max(0, Math.min(rows.length - 1, at + step))]?.focus();
  event.preventDefault();
}

function list() {
  const node = dialog("Keys", [h("h2", {}, "Keys"), h("dl.keys", {}, LIST.map(([key, does]) => h("div", {}, h("dt", {}, h("kbd", {}, key)), h("dd", {}, does)))),
    h("footer", {}, h("button.button", { onclick: () => node.close() }, "Close"))]);
}

function jump() {
  const places = [{ id: "home", name: "Home" }, ...channels().map((one) => ({ id: one.id, name: one.kind === "im" ? "Messages with Countersign" : `#${channelName(one)}` }))];
  const to = (place) => {
    node.close();
    go({ view: place.id, thread: "", screen: "chat" });
    if (place.id === "home") act("open_home");
  };
  const rows = (typed) => places.filter((one) => one.name.toLowerCase().includes(typed.toLowerCase()))
    .map((one) => h("button.menu-item", { onclick: () => to(one) }, one.name));
  const found = h("div.found", {}, rows(""));
  const typed = h("input.field", { type: "search", "aria-label": "Go to a channel", placeholder: "Go to a channel", oninput: () => found.replaceChildren(...rows(typed.value)),
    onkeydown: (event) => event.key === "Enter" && found.querySelector("button")?.click() });
  const node = dialog("Go to", [typed, found]);
}
