import { text } from './text.en.js';

const LOCALE = 'en-GB';
/** @param {Intl.DateTimeFormatOptions} options */
const inUtc = (options) => new Intl.DateTimeFormat(LOCALE, { timeZone: 'UTC', hourCycle: 'h23', ...options });
const day = inUtc({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const shortDay = inUtc({ day: 'numeric', month: 'short', year: 'numeric' });
const clock = inUtc({ hour: '2-digit', minute: '2-digit' });
const clockSeconds = inUtc({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
const number = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 2 });

/** @typedef {string | number | Date} When */

/** @param {When} at */
export const dayOf = (at) => day.format(new Date(at));
/** @param {When} at */
export const timeOf = (at) => clock.format(new Date(at));
/** @param {When} at */
export const timeWithSeconds = (at) => clockSeconds.format(new Date(at));
/** @param {When} at */
export const dayAndTime = (at) => `${shortDay.format(new Date(at))}, ${clock.format(new Date(at))}`;
/** @param {When} at */
export const utc = (at) => `${dayAndTime(at)} UTC`;
/** @param {number} value */
export const count = (value) => number.format(value);

/**
 * A length of time in the two largest units that matter.
 * @param {number} ms
 */
export function duration(ms) {
  const seconds = Math.round(Math.abs(ms) / 1000);
  const { day: d, hour: hr, minute: min, second: s } = text.units;
  if (seconds < 90) return `${seconds} ${s}`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} ${min}`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 ? `${hours} ${hr} ${minutes % 60} ${min}` : `${hours} ${hr}`;
  return hours % 24 ? `${Math.floor(hours / 24)} ${d} ${hours % 24} ${hr}` : `${hours / 24} ${d}`;
}

/**
 * "14:02 to 03:11 on 21 Nov 2026", as short as it stays clear.
 * @param {string} start
 * @param {string | null | undefined} end
 */
export function span(start, end) {
  if (!end) return text.time.since(utc(start));
  if (end === start) return utc(start);
  const sameDay = start.slice(0, 10) === end.slice(0, 10);
  return `${dayAndTime(start)} – ${sameDay ? timeOf(end) : dayAndTime(end)} UTC`;
}

/**
 * A sentence of the feed with its instants written as everywhere on the page.
 * @param {string} sentence
 */
export const readable = (sentence) => sentence.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, (at) => utc(at));

/**
 * Degrees and decimal minutes, as on a chart.
 * @param {number} latitude
 * @param {number} longitude
 */
export function coordinates(latitude, longitude) {
  const wrapped = ((((longitude + 180) % 360) + 360) % 360) - 180;
  return `${angle(latitude, 2, 'N', 'S')}  ${angle(wrapped, 3, 'E', 'W')}`;
}

/**
 * @param {number} degrees
 * @param {number} digits
 * @param {string} positive
 * @param {string} negative
 */
function angle(degrees, digits, positive, negative) {
  const hundredths = Math.round(Math.abs(degrees) * 6000);
  const minutes = ((hundredths % 6000) / 100).toFixed(2).padStart(5, '0');
  return `${String(Math.floor(hundredths / 6000)).padStart(digits, '0')}°${minutes}′${degrees < 0 ? negative : positive}`;
}

const UNIT = /^(?:(.*?)_)?(hours|h|minutes|min|seconds|s|ms|days|knots|nm|nmi|m|km|degrees|percent|kg)(?:_(max|min|mean|median|total))?$/;

/**
 * A field's name and value as an analyst writes them: "speed_knots_max", 61.25 becomes "Speed, max", "61.25 kn".
 * @param {string} key
 * @param {unknown} value
 * @returns {{ label: string, value: string }}
 */
export function quantity(key, value) {
  const match = UNIT.exec(key);
  const stem = (match ? match[1] ?? '' : key).replaceAll('_', ' ').trim() || text.detail.value;
  const label = stem[0].toUpperCase() + stem.slice(1) + (match?.[3] ? `, ${match[3]}` : '');
  if (value === null || value === undefined) return { label, value: text.detail.notAvailable };
  if (typeof value === 'number') {
    const unit = match ? /** @type {Record<string, string>} */ (text.suffixes)[match[2]] : '';
    return { label, value: unit ? `${number.format(value)}\u00a0${unit}` : number.format(value) };
  }
  if (typeof value === 'boolean') return { label, value: value ? text.detail.yes : text.detail.no };
  if (typeof value === 'string' && /_at$/.test(key) && Number.isFinite(Date.parse(value))) {
    return { label: label.replace(/ at$/, ''), value: utc(value) };
  }
  if (Array.isArray(value)) return { label, value: value.map(String).join(', ') };
  return { label, value: typeof value === 'object' ? JSON.stringify(value) : String(value) };
}

/**
 * What to call the one that a finding is about.
 * @param {{ name?: string | null, mmsi?: number | null, subject?: string }} properties
 */
export function subjectName(properties) {
  if (properties.name) return properties.name;
  return (properties.subject ?? `mmsi:${properties.mmsi}`).split('+').map((part) => part.replace(/^mmsi:/, 'MMSI ')).join(' + ');
}
