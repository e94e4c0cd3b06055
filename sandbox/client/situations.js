// Worlds that are set up already, and the first morning again.

import { h, swap } from "./dom.js";
import { act } from "./act.js";
import { confirmed } from "./confirm.js";
import { get, person } from "./store.js";
import { become } from "./stream.js";

export async function situations(body, keys) {
  if (keys.length && !keys.includes("stage")) return;
  const stage = get("stage") || {};
  const scenes = get("world")?.situations || [];
  swap(body,
    h("p.detail", {}, "Each begins anew: what is there now is cleared away, and the company is played up to that moment over the same wires."),
    h("ul.scenes", {}, scenes.map((one) => scene(one, stage))),
    h("button.button.danger", { "data-key": "reset", "data-test": "reset", disabled: stage.state === "opening", onclick: () => open("", "") }, "Reset to the first morning"));
}

function scene(one, stage) {
  const here = stage.scene === one.name;
  return h(`li.scene${here ? ".here" : ""}`, {},
    h("h3", {}, one.title), h("p", {}, one.says), one.lacks && h("p.detail", {}, one.lacks),
    h("p.detail", {}, `You are ${person(one.who)?.name || "somebody"}.`),
    h("button.button", { "data-key": `scene:${one.name}`, "data-scene": one.name, disabled: stage.state === "opening", onclick: () => open(one.name, one.who) }, here ? "Open again" : "Open"));
}

async function open(name, who) {
  const plain = (text) => ({ type: "plain_text", text });
  const sure = await confirmed({ title: plain("Begin anew?"), text: plain("What is in the sandbox now is cleared away."), confirm: plain("Begin anew"), deny: plain("Keep it") });
  if (!sure) return;
  const done = await act("reset", { name });
  if (done.ok && who) become(who, "first");
}
