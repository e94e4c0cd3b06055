// The server's stream: everything first, then each change, for one person at a time.

import { apply, channels, get, go, messages, parts, where } from "./store.js";

let source = null;
let wanted = "";

export function connect() {
  source?.close();
  source = new EventSource(`/stream?${new URLSearchParams({ as: where.me })}`);
  let first = true;
  source.onmessage = (event) => {
    const change = JSON.parse(event.data);
    document.getElementById("offline").hidden = true;
    const whole = first;
    first = false;
    if (whole) begin(change);
    else apply(change);
  };
  source.onerror = () => {
    document.getElementById("offline").hidden = false;
    first = true;
  };
}

// What is not told anew is gone; the page keeps its place where it can.
function begin(change) {
  const gone = [...parts.keys()].filter((key) => !(key in change.set) && key !== "world");
  apply({ set: change.set, drop: gone });
  land();
}

// To where the person was sent, or to the first place that has something for that person.
export function land() {
  const there = channels().some((one) => one.id === where.view) || (where.view === "home" && get("home") !== undefined);
  const goal = channels().find((one) => one.id === wanted);
  if (goal) go({ view: goal.id });
  else if (!there || wanted) go({ view: best()?.id || "home" });
  wanted = "";
}

function best() {
  const open = channels();
  const deal = open.find((one) => one.name.startsWith("deal-"));
  const told = open.find((one) => one.kind === "im" && messages(one.id).length);
  return deal || told || open.find((one) => one.shared.length) || open[0];
}

// The curtain rose.
export function arrive() {
  wanted = "first";
  land();
}

export function become(id, view) {
  wanted = view || (channels().some((one) => one.id === where.view) ? where.view : "first");
  go({ me: id, thread: "", view: where.view === "home" ? "home" : where.view, screen: "chat" });
  connect();
}
