// One message: who, when, what, and what can be done with it.

import { h, icon } from "./dom.js";
import { act } from "./act.js";
import { blocks } from "./blocks.js";
import { moment, time, full } from "./dates.js";
import { CHOICES, emoji } from "./emoji.js";
import { attachments } from "./files.js";
import { menu } from "./menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { get, go, isReply, person, where } from "./store.js";

const HUES = ["#8A4B12", "#0B5563", "#5B4B8A", "#1E6B3A", "#8A2F4F", "#2F5D8A", "#6B5B1E", "#7A3B6B"];

export function avatar(id) {
  const who = person(id);
  const letters = (who?.name || "?").split(" ").map((part) => part[0]).join("").slice(0, 2).toUpperCase();
  const shade = [...String(id)].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % HUES.length;
  return h(`span.avatar.hue-${who?.app ? "app" : shade}`, { "aria-hidden": "true" }, letters);
}

export function message(one, { inThread = false, joined = false } = {}) {
  if (one.subtype && /^channel_|^group_/.test(one.subtype)) return notice(one);
  const who = person(one.user);
  const name = who?.name || "Somebody";
  const kind = `${one.alone ? ".alone" : ""}${joined ? ".joined" : ""}`;
  const node = h(`article.message${kind}`, { tabindex: -1, "data-ts": one.ts, "aria-label": `${name}, ${time(moment(one.ts))}` },
    h("div.gutter", {}, joined ? h("time.detail", {}, time(moment(one.ts))) : avatar(one.user)),
    h("div.message-body", {},
      one.alone && h("p.detail.only", {}, "Only you can see this"),
      !joined && h("p.byline", {},
        h("strong", {}, name),
        who?.app && h("span.badge", {}, "APP"),
        who && !who.app && who.foreign !== person(where.me)?.foreign && h("span.badge.outside", {}, who.team),
        h("time.detail", { title: full(moment(one.ts)) }, time(moment(one.ts)),
          one.edited && `, edited ${time(moment(one.edited.ts))}`)),
      one.pinned_to && h("p.detail.pinned", {}, icon("pin"), "Pinned"),
      content(one),
      attachments(one.files),
      reactions(one),
      !inThread && replies(one)),
    tools(one, inThread));
  return node;
}

function notice(one) {
  return h("article.message.notice", { tabindex: -1, "data-ts": one.ts },
    h("p.detail", {}, person(one.user)?.name || "", " ", mrkdwn(one.text.replace(/^<@[^>]+>\s*/, "")), " · ", time(moment(one.ts))));
}

function content(one) {
  const own = one.blocks?.length ? one.blocks : null;
  const speech = own?.length === 1 && own[0].type === "rich_text";
  if (!own) return one.text ? h("div.words", {}, mrkdwn(one.text)) : null;
  return h(speech ? "div.speech" : "div.card", {}, blocks(own, {
    press: (block, element, value) =>
      act("press", { channel: one.channel, ts: one.ts, action: element.action_id, block: block.block_id, value }),
    state: (element) => chosen(one, element),
    live: () => true,
    suggest: async () => [],
  }));
}

function chosen(one, element) {
  for (const held of Object.values(one.values || {})) if (held[element.action_id]) return held[element.action_id];
  return element.initial_option ? { selected_option: element.initial_option } : undefined;
}

function reactions(one) {
  if (!one.reactions?.length) return null;
  return h("div.reactions", {}, one.reactions.map((each) =>
    h("button.reaction", { "aria-label": `${each.count} with ${each.name}: ${each.users.map((id) => person(id)?.name).join(", ")}`,
      "data-key": `react:${one.ts}:${each.name}`,
      onclick: () => act("react", { channel: one.channel, ts: one.ts, name: each.name }) },
      emoji(each.name) || `:${each.name}:`, " ", each.count)));
}

function replies(one) {
  if (!one.reply_count) return null;
  const last = moment(one.latest_reply);
  return h("button.replies", { "data-key": `thread:${one.ts}`, onclick: () => go({ thread: one.ts, drawer: true }) },
    one.reply_users.slice(0, 3).map(avatar),
    h("span", {}, one.reply_count === 1 ? "1 reply" : `${one.reply_count} replies`),
    h("span.detail", {}, `last at ${time(last)}`));
}

function tools(one, inThread) {
  const more = (event) => menu(event.currentTarget, offered(one), "Message actions");
  return h("div.tools", {},
    h("button", { "aria-label": "Add a reaction", "data-key": `smile:${one.ts}`, onclick: (event) => pick(event.currentTarget, one) }, icon("smile")),
    !inThread && !one.alone && h("button", { "aria-label": "Reply in thread", "data-key": `reply:${one.ts}`,
      onclick: () => go({ thread: isReply(one) ? one.thread_ts : one.ts, drawer: true }) }, icon("thread")),
    h("button", { "aria-label": "More actions", "aria-haspopup": "menu", "data-key": `more:${one.ts}`, onclick: more }, icon("more")));
}

function pick(opener, one) {
  menu(opener, CHOICES.map((name) => ({
    label: `${emoji(name)} ${name.replaceAll("_", " ")}`,
    do: () => act("react", { channel: one.channel, ts: one.ts, name }),
  })), "Reactions");
}

function offered(one) {
  const shortcuts = (get("world")?.shortcuts || []).map((each) => ({
    label: each.name,
    detail: each.description,
    do: () => act("shortcut", { channel: one.channel, ts: one.ts, callback: each.callback_id }),
  }));
  const mine = one.user === where.me && !one.alone
    ? [{ label: "Edit", do: () => go({ editing: one.ts }) },
       { label: "Delete", do: () => act("erase", { channel: one.channel, ts: one.ts }) }]
    : [];
  const copy = { label: "Copy the text", do: () => navigator.clipboard?.writeText(one.text) };
  return [...shortcuts, ...mine, copy];
}

