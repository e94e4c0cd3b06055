// Every file that the person may see, newest first.

import { h, swap } from "./dom.js";
import { see } from "./act.js";
import { moment, stamp } from "./dates.js";
import { attachment } from "./files.js";
import { channel, channelName } from "./store.js";

export async function documents(body, keys) {
  if (keys.length && !keys.includes("systems")) return;
  const { files } = await see("documents");
  swap(body, files.length ? h("ul.plainlist.stack", {}, files.map((file) => h("li", {}, attachment(file),
    h("span.detail", {}, `${where(file)}, ${stamp(moment(file.ts))}`))))
    : h("p.empty", {}, "No documents yet. The first are drafted when the customer says yes."));
}

const where = (file) => (channel(file.channel) ? `in ${channelName(channel(file.channel))}` : "");
