// Block Kit -> nodes: every kind of block that a message, Home or a modal may hold.

import { h } from "./dom.js";
import { element } from "./elements.js";
import { plainText, words } from "./mrkdwn.js";
import { richText, table } from "./richtext.js";

const NONE = { press: () => {}, state: () => undefined, live: () => true, suggest: async () => [] };

export function blocks(list, at = NONE) {
  return (list || []).map((block) => {
    const make = KINDS[block.type];
    const here = { ...at, press: (one, value) => at.press(block, one, value), suggest: (one, typed) => at.suggest(block, one, typed) };
    const made = make ? make(block, here) : unknown(block);
    return h(`div.block.block-${block.type}`, { "data-block": block.block_id }, made);
  });
}

const unknown = (block) => h("p.unknown", {}, `A block of the kind ${block.type} is not drawn here.`);

function section(block, at) {
  const fields = block.fields && h("dl.fields", {}, block.fields.map((field) => h("div", {}, words(field))));
  return [
    h("div.section-body", {}, block.text && h("div.words", {}, words(block.text)), fields),
    block.accessory && h("div.accessory", {}, element(block.accessory, at)),
  ];
}

function context(block) {
  return block.elements.map((one) =>
    one.type === "image" ? h("span.picture.small", { role: "img", "aria-label": one.alt_text }, one.alt_text) : h("span.words", {}, words(one)));
}

let count = 0;

function input(block, at) {
  const id = `field-${++count}`;
  const error = at.errors?.[block.block_id];
  const described = {
    "aria-describedby": [block.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined,
    "aria-invalid": error ? "true" : undefined,
    "aria-required": block.optional ? undefined : "true",
  };
  const here = { ...at, described, label: block.label.text, optional: block.optional, live: () => Boolean(block.dispatch_action) };
  return [
    h("p.label", { id }, plainText(block.label), block.optional && h("span.detail", {}, " (optional)")),
    element(block.element, here),
    block.hint && h("p.detail", { id: `${id}-hint` }, plainText(block.hint)),
    h("p.error", { id: `${id}-error`, role: error ? "alert" : undefined, hidden: !error }, error || ""),
  ];
}

function image(block) {
  const file = block.slack_file?.id;
  const title = block.title && h("figcaption.detail", {}, plainText(block.title));
  const mine = new URLSearchParams({ as: localStorage.getItem("me") || "" });
  const picture = file
    ? h("img", { src: `/files/${file}/picture?${mine}`, alt: block.alt_text })
    : h("span.picture", { role: "img", "aria-label": block.alt_text }, block.alt_text);
  return h("figure", {}, title, picture);
}

const text = (block) => h("div.words", {}, words({ type: "mrkdwn", text: block.text }));

const KINDS = {
  section,
  context,
  input,
  image,
  table,
  divider: () => h("hr"),
  header: (block) => h("h3", {}, plainText(block.text)),
  actions: (block, at) => block.elements.map((one) => element(one, at)),
  context_actions: (block, at) => block.elements.map((one) => element(one, at)),
  rich_text: richText,
  markdown: text,
};
