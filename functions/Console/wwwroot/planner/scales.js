/**
 * @typedef {object} Scale
 * @property {(value: number) => number} to   value to pixel
 * @property {(pixel: number) => number} from pixel to value
 */

/**
 * @param {[number, number]} values
 * @param {[number, number]} pixels
 * @returns {Scale}
 */
export function scale([v0, v1], [p0, p1]) {
  const span = v1 - v0 || 1;
  return {
    to: (value) => p0 + ((value - v0) / span) * (p1 - p0),
    from: (pixel) => v0 + ((pixel - p0) / (p1 - p0 || 1)) * span,
  };
}

/**
 * Round steps from 0 that hold the largest value; whole ones, since ships and hours are read as such.
 * @param {number} largest
 * @param {number} steps about how many
 * @returns {number[]}
 */
export function ticks(largest, steps) {
  const rough = Math.max(1, largest / steps);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((unit) => unit * power).find((unit) => unit >= rough) ?? rough;
  const count = Math.max(1, Math.ceil(largest / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

const DAY = 86_400_000;

/**
 * The midnights (UTC) of a span.
 * @param {number} from
 * @param {number} to
 * @returns {number[]}
 */
export function days(from, to) {
  const all = [];
  for (let at = Math.ceil(from / DAY) * DAY; at <= to; at += DAY) all.push(at);
  return all;
}
