// What a person does goes out here, and what the server says to it comes back in words.

import { where } from "./store.js";
import { toast } from "./announce.js";

export async function act(name, more = {}) {
  try {
    const answer = await fetch("/act", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ as: where.me, act: name, ...more }),
    });
    const told = await answer.json();
    if (!answer.ok && !told.fields) toast(told.error);
    return { ok: answer.ok, ...told };
  } catch {
    toast("The sandbox does not answer. What you typed is still here; try again.");
    return { ok: false };
  }
}

export async function see(what, asked = {}) {
  const query = new URLSearchParams({ as: where.me, ...asked });
  const answer = await fetch(`/see/${what}?${query}`);
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.error);
  return told;
}
