// A thread takes the panel's place until it is closed.

import { h, icon } from "./dom.js";
import { composer } from "./composer.js";
import { message } from "./message.js";
import { channel, channelName, go, messages, parts, where } from "./store.js";

export function thread() {
  const first = parts.get(`message:${where.view}:${where.thread}`);
  if (!first) return null;
  const replies = messages(where.view).filter((one) => one.thread_ts === where.thread && one.ts !== where.thread);
  const count = replies.length === 1 ? "1 reply" : `${replies.length} replies`;
  return [
    h("header.panel-head", {}, h("h2", {}, "Thread"), h("span.detail", {}, channelName(channel(where.view))), h("span.space"),
      h("button.plain", { "aria-label": "Close the thread", "data-key": "close-thread", onclick: () => go({ thread: "", screen: "chat" }) }, icon("close"))),
    h("div.panel-body.thread", { role: "log", "aria-label": "Thread", tabindex: 0, "data-key": "thread-body" },
      message(first, { inThread: true }),
      h("p.line.line-day", {}, h("span", {}, count)),
      replies.map((one) => message(one, { inThread: true }))),
    composer({ channel: where.view, thread: where.thread }),
  ];
}
