// Time and trouble: the company's clock, what is due next, and what goes wrong on purpose.

import { h, swap } from "./dom.js";
import { act, see } from "./act.js";
import { full, now, stamp } from "./dates.js";
import { get, told } from "./store.js";

let due = [];

export async function world(body, keys) {
  if (keys.length && !keys.some((key) => ["faults", "clock", "stage"].includes(key))) return;
  draw(body);
  if (!keys.length || keys.includes("clock")) {
    due = (await see("deadlines").catch(() => ({ next: [] }))).next;
    draw(body);
  }
}

function draw(body) {
  const held = Boolean(get("clock")?.held);
  const alone = get("stage")?.others;
  const turn = (by, label) => h("button.button", { "data-key": `turn:${by}`, "data-turn": by, onclick: () => act("turn", { by }) }, label);
  swap(body,
    h("p.bigtime", {}, full(now())),
    h("p.detail", {}, held ? "The clock is paused." : "The clock runs."),
    h("div.bar.wrap", {},
      h("button.button", { "data-key": "hold", onclick: () => act("hold", { on: !held }) }, held ? "Let it run" : "Pause"),
      turn("hour", "+1 h"), turn("day", "+1 day"), turn("deadline", "Next deadline"), turn("month", "Month end")),
    h("h3.label", {}, "Next deadlines"),
    due.length ? h("ul.plainlist", {}, due.slice(0, 3).map((one) => h("li", {}, h("span", {}, one.name.replaceAll(/[_.:]/g, " ")), h("span.detail", {}, stamp(new Date(one.at))))))
      : h("p.detail", {}, "None is set at the moment."),
    h("h3.label", {}, "The others"),
    h("label.switch", {}, h("input", { type: "checkbox", role: "switch", checked: alone, "data-key": "others", "data-test": "others", onchange: (event) => act("others", { on: event.target.checked }) }),
      h("span", {}, h("strong", {}, "Let the others act on their own"), h("span.detail.block", {}, "They approve, sign and accept after a few seconds; never in your name."))),
    h("h3.label", {}, "Trouble"),
    h("ul.faults", { role: "alert" }, (get("faults") || []).map(fault)));
}

function fault(one) {
  const change = async () => {
    await act("fault", { name: one.name, on: !one.live });
    told(["faults"]);
  };
  const left = one.until ? `until ${stamp(new Date(one.until))}` : "until you switch it off";
  const words = one.live ? `▲ ${left}${one.met ? `, ${one.met} calls refused` : ""}` : one.past ? `✓ ${one.past}` : "";
  return h(`li.fault${one.live ? ".live" : ""}`, {}, h("span", {}, h("strong", {}, one.title), h("span.detail.block", {}, one.does), words && h("span.state", {}, words)),
    h(`button.button${one.live ? ".danger" : ""}`, { "data-key": `fault:${one.name}`, "data-fault": one.name, "aria-pressed": one.moment ? undefined : String(one.live), onclick: change },
      one.moment ? "Do it" : one.live ? "End it" : "Begin"));
}
