// The open modal: a dialog of our own, so that a server's update keeps what was typed and where the cursor is.

import { h, icon } from "./dom.js";
import { act } from "./act.js";
import { blocks } from "./blocks.js";
import { values } from "./elements.js";
import { plainText } from "./mrkdwn.js";
import { get, watch } from "./store.js";

let node = null;
let drawn = "";
let opener = null;

export const start = () => watch(["modal", "where.me"], draw);

function draw() {
  const open = get("modal");
  if (!open) return shut();
  const print = JSON.stringify([open.view.id, open.view.hash, open.errors]);
  if (node && print === drawn) return;
  const same = node?.dataset.view === open.view.id;
  const typed = same ? values(node) : {};
  const held = same && node.contains(document.activeElement) ? document.activeElement.dataset.key : "";
  if (!node) opener = document.activeElement;
  node?.remove();
  node = build(open, same ? typed : {});
  document.body.append(node);
  node.showModal();
  drawn = print;
  const wrong = Object.keys(open.errors).find(Boolean);
  focusOn(wrong ? `[data-block="${CSS.escape(wrong)}"] .field` : held ? `[data-key="${CSS.escape(held)}"]` : ".sheet-body .field, .sheet-body input");
}

const focusOn = (selector) => (node.querySelector(selector) || node.querySelector("[data-test=submit], button"))?.focus();

function shut() {
  if (!node) return;
  node.remove();
  node = null;
  drawn = "";
  const back = opener?.isConnected ? opener : document.querySelector(`[data-key="${CSS.escape(opener?.dataset?.key || "-")}"]`);
  back?.focus();
}

function build(open, typed) {
  const { view, errors, deep } = open;
  const at = {
    press: (block, element, value) =>
      act("press_view", { action: element.action_id, block: block.block_id, value, values: values(node) }),
    state: (element) => kept(element, typed) ?? told(view, element),
    live: () => true,
    suggest: async (block, element, text) =>
      (await act("suggest", { action: element.action_id, block: block.block_id, typed: text })).done || [],
    errors,
  };
  const cancel = () => act("close");
  const form = h("form.sheet-form", { novalidate: true, onsubmit: (event) => send(event, view) },
    h("header", {},
      deep > 1 && h("button.plain", { type: "button", "aria-label": "Back", onclick: cancel }, icon("back")),
      h("h2", {}, plainText(view.title)),
      h("button.plain", { type: "button", "aria-label": "Close", onclick: () => act("close", { everything: true }) }, icon("close"))),
    h("div.sheet-body", {}, errors[""] && h("p.error.whole", { role: "alert" }, errors[""]), blocks(view.blocks, at)),
    h("footer", {},
      h("button.button", { type: "button", onclick: cancel, "data-test": "cancel" }, view.close ? plainText(view.close) : "Cancel"),
      view.submit && h("button.button.primary", { type: "submit", "data-test": "submit" }, plainText(view.submit))));
  const made = h("dialog.sheet.modal", { "aria-label": view.title.text, "data-view": view.id }, form);
  made.addEventListener("cancel", (event) => {
    event.preventDefault();
    cancel();
  });
  return made;
}

async function send(event, view) {
  event.preventDefault();
  const button = node.querySelector("[data-test=submit]");
  button.disabled = true;
  button.setAttribute("aria-busy", "true");
  const given = Object.fromEntries(Object.entries(values(node)).filter(([action]) => has(view, action)));
  const told = await act("submit", { values: given });
  if (!node) return;
  button.disabled = false;
  button.removeAttribute("aria-busy");
  if (told.fields) complain(told.fields);
}

const has = (view, action) => view.blocks.some((block) => JSON.stringify(block).includes(JSON.stringify(action)));

// What Slack's own client says at a field before anything is sent.
function complain(fields) {
  let first = null;
  for (const [action, word] of Object.entries(fields)) {
    const field = node.querySelector(`[data-action="${CSS.escape(action)}"]`);
    const place = field?.closest(".block")?.querySelector(".error");
    if (!place) continue;
    place.hidden = false;
    place.textContent = word;
    place.setAttribute("role", "alert");
    field.setAttribute("aria-invalid", "true");
    first = first || field;
  }
  (first?.matches("fieldset") ? first.querySelector("input") : first)?.focus();
}

function told(view, element) {
  for (const held of Object.values(view.state.values)) if (held[element.action_id]) return held[element.action_id];
  return undefined;
}

// What was typed survives an update of the view.
function kept(element, typed) {
  const given = typed[element.action_id];
  if (given === undefined || given === null) return undefined;
  if (Array.isArray(given)) return { selected_options: given.map((value) => ({ value })) };
  if (/select|radio/.test(element.type)) return { selected_option: { value: given } };
  return { value: given, selected_date: given, selected_time: given, selected_date_time: given };
}
