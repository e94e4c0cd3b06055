// A menu under the button that opened it: arrows, Esc, and the focus goes back.

import { h } from "./dom.js";

let open = null;

export function menu(opener, items, label = "Actions") {
  if (open) return open.close();
  const node = h("div.menu", { role: "menu", "aria-label": label }, items.map(row));
  const outside = (event) => !node.contains(event.target) && event.target !== opener && close();
  function close(back = true) {
    node.remove();
    document.removeEventListener("pointerdown", outside, true);
    opener.setAttribute("aria-expanded", "false");
    open = null;
    if (back && opener.isConnected) opener.focus();
  }
  function row(item) {
    if (item.heading) return h("p.menu-heading", {}, item.heading);
    const pick = () => {
      close();
      item.do();
    };
    return h("button.menu-item", { role: item.on === undefined ? "menuitem" : "menuitemradio",
      "aria-checked": item.on === undefined ? undefined : String(item.on), tabindex: -1, onclick: pick },
      h("span", {}, item.label), item.detail && h("span.detail", {}, item.detail));
  }
  node.addEventListener("keydown", (event) => keys(event, node, close));
  document.body.append(node);
  place(node, opener);
  opener.setAttribute("aria-expanded", "true");
  document.addEventListener("pointerdown", outside, true);
  open = { close };
  (node.querySelector("[aria-checked=true]") || node.querySelector("button"))?.focus();
}

function keys(event, node, close) {
  const rows = [...node.querySelectorAll("button")];
  const at = rows.indexOf(document.activeElement);
  const step = { ArrowDown: at + 1, ArrowUp: at - 1 + rows.length, Home: 0, End: rows.length - 1 }[event.key];
  if (event.key === "Escape" || event.key === "Tab") close();
  else if (step === undefined) return;
  else rows[step % rows.length].focus();
  event.preventDefault();
  event.stopPropagation();
}

// In a dialog it must be in the dialog's layer, or it would lie underneath.
function place(node, opener) {
  opener.closest("dialog")?.append(node);
  const box = opener.getBoundingClientRect();
  const high = node.offsetHeight;
  const below = box.bottom + 4 + high < innerHeight;
  node.style.setProperty("--y", `${Math.max(8, below ? box.bottom + 4 : box.top - 4 - high)}px`);
  node.style.setProperty("--x", `${Math.max(8, Math.min(box.left, innerWidth - node.offsetWidth - 8))}px`);
}
