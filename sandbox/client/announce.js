// What changes out of sight is said once.

const quiet = () => document.getElementById("said");

export function say(words) {
  quiet().textContent = "";
  requestAnimationFrame(() => (quiet().textContent = words));
}

export function toast(words) {
  const place = document.getElementById("toasts");
  const one = document.createElement("p");
  one.className = "toast";
  one.textContent = words;
  place.append(one);
  setTimeout(() => one.remove(), 7000);
}
