// App Home, as the app publishes it.

import { h } from "./dom.js";
import { act } from "./act.js";
import { blocks } from "./blocks.js";
import { get } from "./store.js";

export function home() {
  const view = get("home");
  if (!view) return h("div.home", {}, h("p.empty", {}, "Nothing is published here yet; it comes a moment after it is opened."));
  return h("div.home", { role: "region", "aria-label": "Home", tabindex: 0 }, h("div.home-column", {}, blocks(view.blocks, {
    press: (block, element, value) => act("press_home", { action: element.action_id, block: block.block_id, value }),
    state: (element) => chosen(view, element),
    live: () => true,
    suggest: async () => [],
  })));
}

function chosen(view, element) {
  for (const held of Object.values(view.state?.values || {})) if (held[element.action_id]) return held[element.action_id];
  return undefined;
}
