// The mailbox of the person at the page, and the phone on which a signer signs.

import { h, icon, swap } from "./dom.js";
import { dialog } from "./confirm.js";
import { get, me, where } from "./store.js";

const state = { open: null };

export async function mail(body, keys) {
  if (keys.length && !keys.includes("letters")) return;
  const letters = get("letters") || [];
  const one = letters.find((letter) => letter.number === state.open);
  if (one) return read(body, one);
  swap(body,
    h("p.detail", {}, `Inbox of ${me()?.email || "nobody"}`),
    letters.length ? h("ul.letters", {}, letters.map((letter) => h("li", {}, h("button.letter", { "data-key": `letter:${letter.number}`, "data-test": "letter",
      onclick: () => ((state.open = letter.number), read(body, letter)) },
      h("strong", {}, letter.subject), h("span.detail", {}, `from ${letter.from}`), h("span.detail", {}, letter.text.trim().split("\n").find(Boolean) || "")))))
      : h("p.empty", {}, "No mail yet. Send the contract for signature to see the first letter."));
}

function read(body, letter) {
  const query = new URLSearchParams({ as: where.me });
  swap(body,
    h("div.bar", {}, h("button.plain", { "data-key": "back", onclick: () => ((state.open = null), mail(body, [])) }, icon("back"), "Inbox")),
    h("h2", {}, letter.subject),
    h("p.detail", {}, `from ${letter.from}`),
    letter.links.length ? h("button.button.primary", { "data-key": "phone", "data-test": "phone", onclick: () => phone(letter.links[0]) }, icon("phone"), "Open on the phone") : null,
    letter.html ? h("iframe.letter-page", { src: `/letters/${letter.number}?${query}`, title: letter.subject, sandbox: "" }) : h("div.letter-text", {}, letter.text));
}

// A frame of its own origin: what it shows is Countersign's page, not ours.
export function phone(link) {
  const to = new URL(link);
  const src = (get("world")?.phone || "") + to.pathname + to.search;
  const node = dialog("The phone", [
    h("div.phone", {}, h("iframe", { src, title: "Signing page on the phone" })),
    h("button.button", { onclick: () => node.close() }, "Put the phone away"),
  ], {});
  node.classList.add("phone-sheet");
}
