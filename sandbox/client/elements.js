// Controls of messages, Home and modals. `at`: what a press does here, and what is filled in already.
//   at.press(element, value)   block_actions        at.live   whether a change is sent at once
//   at.state(element)          what was chosen      at.suggest(element, typed)   options from the app

import { h, icon } from "./dom.js";
import { confirmed } from "./confirm.js";
import { menu } from "./menu.js";
import { plainText } from "./mrkdwn.js";
import { channels, channelName, get } from "./store.js";

export function element(one, at) {
  const make = KINDS[one.type];
  return make ? make(one, at) : h("span.unknown", {}, `A control of the kind ${one.type} is not drawn here.`);
}

const key = (one) => `${one.action_id}`;
const name = (one) => ({ "data-key": key(one), "data-action": one.action_id });
const label = (one) => one.accessibility_label || one.placeholder?.text || undefined;

async function press(one, at, value) {
  if (await confirmed(one.confirm)) await at.press(one, value);
}

function button(one, at) {
  const style = one.style ? `.${one.style}` : "";
  const open = () => (one.url ? window.open(one.url, "_blank", "noopener,noreferrer") : null);
  const go = async (event) => {
    const self = event.currentTarget;
    self.setAttribute("aria-busy", "true");
    open();
    await press(one, at, "");
    self.removeAttribute("aria-busy");
  };
  return h(`button.button${style}`, { ...name(one), "aria-label": one.accessibility_label, onclick: go },
    plainText(one.text));
}

function overflow(one, at) {
  const items = one.options.map((option) => ({
    label: plainText(option.text),
    detail: option.description && plainText(option.description),
    do: () => press(one, at, option.value),
  }));
  return h("button.button.overflow", { ...name(one), "aria-label": label(one) || "More actions", "aria-haspopup": "menu",
    onclick: (event) => menu(event.currentTarget, items) }, icon("more"));
}

const options = (one) => [...(one.options || []), ...(one.option_groups || []).flatMap((group) => group.options)];

function select(one, at) {
  const chosen = at.state(one)?.selected_option?.value;
  const option = (given) => h("option", { value: given.value, selected: given.value === chosen }, plainText(given.text));
  const groups = (one.option_groups || []).map((group) => h("optgroup", { label: group.label.text }, group.options.map(option)));
  const change = (event) => at.live(one) && press(one, at, event.target.value);
  return h("select.field", { ...name(one), ...at.described, "aria-label": at.label ?? label(one), onchange: change },
    h("option", { value: "", disabled: !at.optional, selected: !chosen }, one.placeholder?.text || "Choose"),
    groups.length ? groups : (one.options || []).map(option));
}

function multi(one, at, given) {
  const chosen = at.state(one)?.selected_options || given || [];
  const values = chosen.map((each) => each.value ?? each);
  const list = options(one);
  return h("fieldset.choices", { ...name(one), "data-many": true },
    list.map((option) => choice("checkbox", one, option, values.includes(option.value), at)));
}

function choice(kind, one, option, checked, at) {
  const change = (event) => at.live(one) && press(one, at, collected(event.target.closest("fieldset")));
  return h("label.choice", {},
    h("input", { type: kind, name: one.action_id, value: option.value, checked, onchange: change,
      "data-key": `${one.action_id}:${option.value}` }),
    h("span", {}, plainText(option.text),
      option.description && h("span.detail", {}, plainText(option.description))));
}

const collected = (set) => [...set.querySelectorAll("input:checked")].map((each) => each.value);

function radios(one, at) {
  const chosen = at.state(one)?.selected_option?.value;
  return h("fieldset.choices", name(one),
    one.options.map((option) => choice("radio", one, option, option.value === chosen, at)));
}

function text(one, at, kind = "text") {
  const value = at.state(one)?.value ?? one.initial_value ?? "";
  const bounds = kind === "number"
    ? { inputmode: "decimal" }
    : { minlength: one.min_length, maxlength: one.max_length || 3000 };
  const changed = (event) => at.live(one) && press(one, at, event.target.value);
  const props = { ...name(one), ...at.described, ...bounds, "aria-label": at.label ?? label(one), placeholder: one.placeholder?.text,
    onchange: changed, value };
  return one.multiline ? h("textarea.field", { rows: 4, ...props }) : h("input.field", { type: kind === "number" ? "text" : kind, ...props });
}

function picker(kind, slot) {
  return (one, at) => {
    const value = at.state(one)?.[slot] ?? "";
    const change = (event) => at.live(one) && press(one, at, event.target.value);
    return h("input.field", { type: kind, value: shown(kind, value), ...name(one), ...at.described, "aria-label": at.label ?? label(one), onchange: change });
  };
}

const shown = (kind, value) =>
  kind === "datetime-local" && value ? new Date(value * 1000).toISOString().slice(0, 16) : value;

function external(one, at) {
  const id = `offers-${one.action_id}`;
  const list = h("datalist", { id });
  const known = new Map();
  const typed = async (event) => {
    if (known.has(event.target.value) || event.target.value.length < (one.min_query_length ?? 3)) return;
    const offered = await at.suggest(one, event.target.value);
    known.clear();
    list.replaceChildren(...offered.map((option) => {
      known.set(option.text.text, option.value);
      return h("option", { value: option.text.text });
    }));
  };
  const chosen = at.state(one)?.selected_option?.text?.text || one.initial_option?.text?.text || "";
  const input = h("input.field", { list: id, value: chosen, ...name(one), ...at.described, "aria-label": at.label ?? label(one),
    placeholder: one.placeholder?.text || "Type to search", oninput: typed });
  input.given = () => known.get(input.value) || "";
  return h("span.search", {}, input, list);
}

const people = () => (get("people") || []).filter((each) => !each.app);
const personOption = (each) => ({ text: { type: "plain_text", text: each.name }, value: each.id });
const channelOption = (each) => ({ text: { type: "plain_text", text: `#${channelName(each)}` }, value: each.id });
const placed = (list, slot) => (one, at) => {
  const own = at.state(one)?.[slot];
  const state = () => ({ selected_option: { value: own } });
  return select({ ...one, options: list() }, { ...at, state });
};
const placedMany = (list, slot) => (one, at) => {
  const own = at.state(one)?.[slot] || [];
  return multi({ ...one, options: list() }, { ...at, state: () => ({}) }, own);
};

const image = (one) => h("span.picture", { role: "img", "aria-label": one.alt_text }, one.alt_text);

const KINDS = {
  button,
  overflow,
  image,
  static_select: select,
  external_select: external,
  multi_static_select: multi,
  checkboxes: multi,
  radio_buttons: radios,
  plain_text_input: (one, at) => text(one, at),
  number_input: (one, at) => text(one, at, "number"),
  email_text_input: (one, at) => text(one, at, "email"),
  url_text_input: (one, at) => text(one, at, "url"),
  datepicker: picker("date", "selected_date"),
  timepicker: picker("time", "selected_time"),
  datetimepicker: picker("datetime-local", "selected_date_time"),
  users_select: placed(() => people().map(personOption), "selected_user"),
  conversations_select: placed(() => channels().map(channelOption), "selected_conversation"),
  channels_select: placed(() => channels().map(channelOption), "selected_channel"),
  multi_users_select: placedMany(() => people().map(personOption), "selected_users"),
  multi_conversations_select: placedMany(() => channels().map(channelOption), "selected_conversations"),
  multi_channels_select: placedMany(() => channels().map(channelOption), "selected_channels"),
};

// What a form's controls hold, by action id, as the server takes it.
export function values(form) {
  const found = {};
  for (const one of form.querySelectorAll("[data-action]")) {
    const action = one.dataset.action;
    if (one.tagName === "FIELDSET") {
      const list = collected(one);
      found[action] = "many" in one.dataset ? list : list[0] || "";
    } else if (one.given) found[action] = one.given();
    else if (one.type === "datetime-local") found[action] = one.value ? Date.parse(`${one.value}Z`) / 1000 : null;
    else if (one.tagName !== "BUTTON") found[action] = one.value || null;
  }
  return found;
}
