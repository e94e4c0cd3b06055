// What the server told, by part, and who wants to hear when a part changes.

export const parts = new Map();
const watchers = [];

// `where`: how the page is looked at. It is the page's own, the parts are the world's.
export const where = {
  me: localStorage.getItem("me") || "U07MAYA0001",
  view: "",
  thread: "",
  panel: localStorage.getItem("panel") || "record",
  drawer: false,
  screen: "chat",
};

export const get = (key) => parts.get(key);

export function all(prefix) {
  const found = [];
  for (const [key, value] of parts) if (key.startsWith(prefix)) found.push(value);
  return found;
}

// `look(keys)` is called once a batch, when a part with one of these beginnings changed.
export function watch(beginnings, look) {
  watchers.push({ beginnings, look });
}

export function apply(change) {
  for (const key of change.drop) parts.delete(key);
  for (const [key, value] of Object.entries(change.set)) parts.set(key, value);
  told([...change.drop, ...Object.keys(change.set)]);
}

export function told(keys) {
  for (const { beginnings, look } of watchers) {
    const mine = keys.filter((key) => beginnings.some((beginning) => key.startsWith(beginning)));
    if (mine.length) look(mine);
  }
}

// The page's own state changed.
export function go(change) {
  Object.assign(where, change);
  localStorage.setItem("me", where.me);
  localStorage.setItem("panel", where.panel);
  told(["where", ...Object.keys(change).map((name) => `where.${name}`)]);
}

export const person = (id) => (get("people") || []).find((one) => one.id === id);
export const me = () => person(where.me);
export const channels = () => all("channel:");
export const channel = (id) => get(`channel:${id}`);
export const app = () => (get("people") || []).find((one) => one.app);
export const direct = () => channels().find((one) => one.kind === "im");

// Oldest first.
export function messages(id) {
  return all(`message:${id}:`).sort((one, other) => (one.ts < other.ts ? -1 : 1));
}

export const isReply = (message) => Boolean(message.thread_ts) && message.thread_ts !== message.ts;

export function unread(id) {
  const seen = (get("read") || {})[id] || "";
  return messages(id).filter((one) => one.ts > seen && one.user !== where.me && !isReply(one));
}

export function channelName(one) {
  return one.kind === "im" ? app()?.name || "Countersign" : one.name;
}
