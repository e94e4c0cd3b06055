// Dialogs: they hold the focus, close with Esc, and give the focus back.

import { h } from "./dom.js";
import { plainText, words } from "./mrkdwn.js";

export function dialog(label, kids, { wide = false, onclose } = {}) {
  const node = h(`dialog.sheet${wide ? ".wide" : ""}`, { "aria-label": label }, kids);
  const opener = document.activeElement;
  document.body.append(node);
  node.addEventListener("close", () => {
    node.remove();
    if (opener?.isConnected) opener.focus();
    onclose?.();
  });
  node.showModal();
  return node;
}

// Slack's confirmation object: true when the person means it.
export function confirmed(object) {
  if (!object) return Promise.resolve(true);
  return new Promise((answer) => {
    let said = false;
    const style = object.style === "danger" ? ".danger.filled" : ".primary";
    const yes = () => {
      said = true;
      node.close();
    };
    const node = dialog(object.title.text, [
      h("h2", {}, plainText(object.title)),
      h("div.sheet-body", {}, words(object.text)),
      h("footer", {},
        h("button.button", { onclick: () => node.close() }, plainText(object.deny)),
        h(`button.button${style}`, { onclick: yes, "data-test": "confirm" }, plainText(object.confirm))),
    ], { onclose: () => answer(said) });
  });
}
