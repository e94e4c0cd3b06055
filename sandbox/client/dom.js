// Elements without markup: a string is always text, so that nothing a person wrote becomes HTML.

export function h(spec, props, ...kids) {
  const [tag, ...classes] = spec.split(".");
  const node = document.createElement(tag || "div");
  if (classes.length) node.className = classes.join(" ");
  for (const [name, value] of Object.entries(props || {})) set(node, name, value);
  add(node, kids);
  return node;
}

function set(node, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "value" || name === "checked" || name === "selected") node[name] = value;
  else if (name === "href" || name === "src") node.setAttribute(name, safe(value));
  else node.setAttribute(name, value === true ? "" : String(value));
}

export function add(node, kids) {
  for (const kid of kids.flat(Infinity)) {
    if (kid === null || kid === undefined || kid === false) continue;
    node.append(kid instanceof Node ? kid : document.createTextNode(String(kid)));
  }
  return node;
}

// Only addresses that cannot run anything.
export function safe(address) {
  try {
    const url = new URL(String(address), location.href);
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? String(address) : "about:blank";
  } catch {
    return "about:blank";
  }
}

// New children in the old place; what had the focus has it again, by data-key.
export function swap(node, ...kids) {
  const held = node.contains(document.activeElement) ? document.activeElement.dataset.key : "";
  const at = node.scrollTop;
  node.replaceChildren();
  add(node, kids);
  node.scrollTop = at;
  if (held) node.querySelector(`[data-key="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
}

const SVG = "http://www.w3.org/2000/svg";

// 16 px, 1.5 px strokes, drawn for this page; always beside a word or with a label.
const ICONS = {
  hash: "M6 2 4.5 14M11.5 2 10 14M2.5 5.5h11.5M2 10.5h11.5",
  lock: "M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
  shared: "M2.5 5.5h9l-2.5-3M13.5 10.5h-9l2.5 3",
  home: "M2.5 7.5 8 2.5l5.5 5V13.5h-4v-4h-3v4h-4z",
  app: "M8 2 14 8 8 14 2 8z",
  person: "M8 8a2.75 2.75 0 1 0 0-5.5A2.75 2.75 0 0 0 8 8zM2.5 14c.5-3 2.5-4.5 5.5-4.5s5 1.5 5.5 4.5",
  thread: "M2.5 3h11v8h-6l-3 2.5V11h-2z",
  more: "M3 8h.01M8 8h.01M13 8h.01",
  close: "M3.5 3.5l9 9M12.5 3.5l-9 9",
  back: "M9.5 3 4.5 8l5 5",
  pin: "M6 2.5h4L9.5 7l2 2.5h-7l2-2.5zM8 9.5v4.5",
  smile: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM5.5 9.5c1.2 2 3.8 2 5 0M6 6.2v.3M10 6.2v.3",
  file: "M4 2h5l3 3v9H4zM9 2v3h3",
  send: "M2.5 8 13.5 3 10 13 7.5 9z",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.5V8l2.5 1.5",
  warn: "M8 2.5 14 13.5H2zM8 6.5v3.5M8 12v.1",
  list: "M2.5 4h11M2.5 8h11M2.5 12h11",
  phone: "M5 1.5h6v13H5zM7.5 12.5h1",
  tour: "M3 14V2.5l9.5 3L3 9",
};

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}
