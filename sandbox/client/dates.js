// Times as the person at the page reads them: in that person's own time zone, by the company's clock.

import { get, me } from "./store.js";

const zone = () => me()?.tz || "UTC";
const format = (moment, how) => new Intl.DateTimeFormat("en-GB", { timeZone: zone(), ...how }).format(moment);

const TIME = { hour: "2-digit", minute: "2-digit" };
const DAY = { year: "numeric", month: "2-digit", day: "2-digit" };

export function now() {
  const clock = get("clock") || { ahead: 0 };
  return clock.held ? new Date(clock.held) : new Date(Date.now() + clock.ahead * 1000);
}

export const moment = (ts) => new Date(Number(ts) * 1000);
export const time = (at) => format(at, TIME);
export const day = (at) => format(at, { weekday: "long", day: "numeric", month: "long" });
export const short = (at) => format(at, { day: "numeric", month: "short" });
export const wholeDay = (at) => format(at, { day: "numeric", month: "short", year: "numeric" });
export const full = (at) => format(at, { weekday: "short", day: "numeric", month: "short", year: "numeric", ...TIME });
export const stamp = (at) => format(at, { day: "numeric", month: "short", ...TIME });
export const sameDay = (one, other) => format(one, DAY) === format(other, DAY);

function near(at, otherwise) {
  for (const [word, hours] of [["today", 0], ["yesterday", -24], ["tomorrow", 24]]) {
    if (sameDay(at, new Date(now().getTime() + hours * 3600e3))) return word;
  }
  return otherwise;
}

const TOKENS = {
  date_num: (at) => format(at, DAY).split("/").reverse().join("-"),
  date_slash: (at) => format(at, DAY),
  date: (at) => format(at, { day: "numeric", month: "long", year: "numeric" }),
  date_long: (at) => format(at, { weekday: "long", day: "numeric", month: "long", year: "numeric" }),
  date_long_full: (at) => format(at, { weekday: "long", day: "numeric", month: "long", year: "numeric" }),
  date_short: (at) => format(at, { day: "numeric", month: "short", year: "numeric" }),
  date_short_full: (at) => format(at, { day: "numeric", month: "short", year: "numeric" }),
  time: time,
  time_secs: (at) => format(at, { ...TIME, second: "2-digit" }),
  ago: (at) => ago(at),
  day_divider_pretty: (at) => near(at, day(at)),
};

// <!date^seconds^pattern|fallback>
export function dateToken(seconds, pattern, fallback) {
  const at = new Date(Number(seconds) * 1000);
  if (Number.isNaN(at.getTime())) return fallback;
  return pattern.replace(/\{([a-z_]+?)(_pretty)?\}/g, (whole, name, pretty) => {
    const write = TOKENS[name + (pretty || "")] || TOKENS[name];
    if (!write) return whole;
    return pretty && name.startsWith("date") ? near(at, write(at)) : write(at);
  });
}

function ago(at) {
  const minutes = Math.round((now() - at) / 60e3);
  if (Math.abs(minutes) < 60) return minutes >= 0 ? `${minutes} min ago` : `in ${-minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours >= 0 ? `${hours} h ago` : `in ${-hours} h`;
}
