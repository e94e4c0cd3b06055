// rich_text and table blocks.

import { h } from "./dom.js";
import { dateToken } from "./dates.js";
import { emoji } from "./emoji.js";
import { channelLink, link, mention } from "./mrkdwn.js";

const SECTIONS = {
  rich_text_section: (one) => h("div.rich", {}, one.elements.map(leaf)),
  rich_text_quote: (one) => h("blockquote", {}, one.elements.map(leaf)),
  rich_text_preformatted: (one) => h("pre", {}, h("code", {}, one.elements.map(leaf))),
  rich_text_list: (one) =>
    h(one.style === "ordered" ? "ol" : "ul", { class: `indent-${one.indent || 0}` },
      one.elements.map((item) => h("li", {}, item.elements.map(leaf)))),
};

export const richText = (block) => block.elements.map((one) => SECTIONS[one.type]?.(one));

export function table(block) {
  const side = (place) => (block.column_settings || [])[place]?.align || "left";
  const cell = (tag, one, place) => h(tag, { class: `align-${side(place)}` }, cellText(one));
  const [head, ...rows] = block.rows;
  return h("div.table", {}, h("table", {},
    h("thead", {}, h("tr", {}, head.map((one, place) => cell("th", one, place)))),
    h("tbody", {}, rows.map((row) => h("tr", {}, row.map((one, place) => cell("td", one, place)))))));
}

const cellText = (one) => (one.type === "rich_text" ? richText(one) : String(one.text ?? one.value ?? ""));

function leaf(one) {
  switch (one.type) {
    case "text":
      return styled(breaks(one.text), one.style);
    case "link":
      return styled([link(one.url, one.text || "")], one.style);
    case "user":
      return mention(one.user_id);
    case "channel":
      return channelLink(one.channel_id, "");
    case "usergroup":
      return h("span.mention", {}, "@group");
    case "broadcast":
      return h("span.mention", {}, `@${one.range}`);
    case "emoji":
      return emoji(one.name) || `:${one.name}:`;
    case "date":
      return dateToken(one.timestamp, one.format, one.fallback || "");
    case "color":
      return h("code", {}, one.value);
    default:
      return "";
  }
}

const breaks = (text) => text.split("\n").flatMap((line, number) => (number ? [h("br"), line] : [line]));

function styled(kids, style = {}) {
  const tags = [["code", "code"], ["bold", "strong"], ["italic", "em"], ["strike", "s"]];
  return tags.reduce((inner, [name, tag]) => (style[name] ? [h(tag, {}, inner)] : inner), kids);
}
