/** @import { Band, Plan } from './types.js' */
import { h } from '../dom.js';
import { count } from '../format.js';
import { text } from './text.en.js';

const AHEAD = [6, 24, 72];

/** @param {Plan} plan */
export function figures({ forecast }) {
  const words = text.figures;
  const last = forecast.observed[forecast.observed.length - 1];
  const known = (/** @type {number | null | undefined} */ value) => (value === null || value === undefined ? words.unknown : count(value));
  return h('dl', { class: 'figures', 'aria-label': words.label },
    figure(words.now, known(last?.queue), words.queue, `${known(last?.berths)} ${words.berths}`),
    ...AHEAD.map((ahead) => {
      const hour = forecast.hours[ahead - 1];
      return figure(words.hours(ahead), range(hour.queue), words.queue, `${range(hour.berths)} ${words.berths}`, words.wait(range(hour.waiting_h)));
    }));
}

/** @param {Band} band */
const range = (band) => {
  const [low, high] = [Math.floor(band.p10 + 0.05), Math.ceil(band.p90 - 0.05)];
  return low >= high ? count(low) : `${count(low)}–${count(high)}`;
};

/** @param {string} when @param {string} value @param {string} unit @param {...string} more */
const figure = (when, value, unit, ...more) => h('div', { class: 'figure' },
  h('dt', {}, when), h('dd', {}, h('strong', {}, value), ` ${unit}`), ...more.map((line) => h('dd', { class: 'quiet' }, line)));
