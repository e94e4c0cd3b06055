// Slack's mrkdwn -> nodes. Every piece ends as a text node; only known marks become elements.

import { h } from "./dom.js";
import { dateToken } from "./dates.js";
import { withEmoji } from "./emoji.js";
import { channel, person, where } from "./store.js";

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
export const plain = (text) => text.replace(/&(lt|gt|amp);/g, (whole) => ENTITIES[whole]);

const MARKS = [
  [/^```([\s\S]+?)```/, (m) => h("pre", {}, h("code", {}, literal(m[1].replace(/^\n|\n$/g, ""))))],
  [/^`([^`\n]+)`/, (m) => h("code", {}, literal(m[1]))],
  [/^<([^<>\n]+)>/, (m) => bracket(m[1])],
];
const PAIRS = [
  ["*", "strong"],
  ["_", "em"],
  ["~", "s"],
];

// A text object of either kind.
export function words(text) {
  if (!text) return [];
  if (typeof text === "string") return mrkdwn(text);
  return text.type === "plain_text" ? [plainText(text)] : mrkdwn(text.text || "");
}

export const plainText = (text) => (text.emoji === false ? text.text : withEmoji(text.text || ""));

export function mrkdwn(text) {
  const out = [];
  let quoted = [];
  const lines = text.split("\n");
  let fence = false;
  let run = [];
  const flush = () => {
    if (run.length) out.push(...inline(run.join("\n")));
    run = [];
  };
  const close = () => {
    if (quoted.length) out.push(h("blockquote", {}, inline(quoted.join("\n"))));
    quoted = [];
  };
  for (const line of lines) {
    const mark = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (mark && !fence) {
      flush();
      quoted.push(mark[1]);
      continue;
    }
    close();
    if ((line.match(/```/g) || []).length % 2) fence = !fence;
    run.push(line);
  }
  close();
  flush();
  return out;
}

function inline(text) {
  const out = [];
  let held = "";
  const flush = () => {
    if (held) out.push(...lines(withEmoji(plain(held))));
    held = "";
  };
  for (let at = 0; at < text.length; ) {
    const found = token(text, at);
    if (found) {
      flush();
      out.push(found.node);
      at += found.length;
    } else held += text[at++];
  }
  flush();
  return out;
}

function token(text, at) {
  const rest = text.slice(at);
  for (const [pattern, make] of MARKS) {
    const match = pattern.exec(rest);
    if (match) return { node: make(match), length: match[0].length };
  }
  for (const [mark, tag] of PAIRS) {
    const inner = paired(text, at, mark);
    if (inner) return { node: h(tag, {}, inline(inner)), length: inner.length + 2 };
  }
  return null;
}

// The mark stands at a word's beginning, and its fellow at a word's end, on one line.
function paired(text, at, mark) {
  if (text[at] !== mark || (at > 0 && /[\w*_~]/.test(text[at - 1])) || /\s/.test(text[at + 1] || " ")) return "";
  for (let end = text.indexOf(mark, at + 1); end > 0; end = text.indexOf(mark, end + 1)) {
    const inner = text.slice(at + 1, end);
    if (inner.includes("\n")) return "";
    if (inner && !/\s$/.test(inner) && !/\w/.test(text[end + 1] || "")) return inner;
  }
  return "";
}

const literal = (text) => plain(text);

const lines = (text) =>
  text.split("\n").flatMap((line, number) => (number ? [h("br"), line] : [line]));

function bracket(inside) {
  const [head, label] = split(inside);
  if (head.startsWith("@")) return mention(head.slice(1));
  if (head.startsWith("#")) return channelLink(head.slice(1), label);
  if (head.startsWith("!")) return special(head.slice(1), label);
  return link(head, label);
}

function split(inside) {
  const bar = inside.indexOf("|");
  return bar < 0 ? [inside, ""] : [inside.slice(0, bar), inside.slice(bar + 1)];
}

export function mention(id) {
  const found = person(id);
  const mine = id === where.me ? ".mine" : "";
  return h(`span.mention${mine}`, {}, `@${found ? found.name : "somebody"}`);
}

export function channelLink(id, label) {
  const found = channel(id);
  const name = `#${found?.name || plain(label || "") || "a private channel"}`;
  return found ? h("a.mention", { href: `#${id}`, "data-channel": id }, name) : h("span.mention", {}, name);
}

function special(head, label) {
  const [kind, ...more] = head.split("^");
  if (kind === "date") return h("time", { title: plain(label) }, dateToken(more[0], more[1] || "", plain(label)));
  if (kind === "subteam") return h("span.mention", {}, plain(label || "@group"));
  return h("span.mention", {}, `@${kind}`);
}

export function link(address, label) {
  const to = plain(address);
  return h("a", { href: to, target: "_blank", rel: "noreferrer noopener" }, label ? inline(label) : to);
}
