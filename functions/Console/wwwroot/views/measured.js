/** @import { FindingProperties } from '../types.js' */
import { h } from '../dom.js';
import { quantity, readable } from '../format.js';
import { text } from '../text.en.js';

const words = text.detail;

/**
 * What was measured, beside the threshold that it met, and the smallest change that would clear the finding.
 * @param {FindingProperties} p
 */
export function measured(p) {
  const rows = rowsOf(entries(p.measure), entries(p.thresholds));
  const clears = p.clears_if === null || p.clears_if === undefined ? '' : sentence(p.clears_if);
  if (rows.length === 0 && !clears) return null;
  return h('section', { class: 'part' }, h('h3', {}, words.measured),
    rows.length ? h('table', { class: 'measures' },
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, words.what), h('th', { scope: 'col' }, words.measure), h('th', { scope: 'col' }, words.threshold))),
      h('tbody', {}, ...rows.map(({ label, measure, threshold }) =>
        h('tr', {}, h('th', { scope: 'row' }, label), h('td', {}, measure), h('td', {}, threshold))))) : null,
    clears ? h('p', { class: 'clears' }, h('strong', {}, words.clears), ' ', readable(clears)) : null);
}

/**
 * A threshold stands beside the measure that it bounds: silence_h beside silence_h, speed_knots beside
 * implied_speed_knots, alarm_offshore_nm beside offshore_nm.
 * @param {[string, unknown][]} measures
 * @param {[string, unknown][]} thresholds
 */
function rowsOf(measures, thresholds) {
  const left = new Map(thresholds);
  const rows = measures.map(([key, value]) => {
    const met = [...left.keys()].filter((name) => bare(key) === bare(name) || bare(key).endsWith(`_${bare(name)}`));
    const threshold = met.map((name) => bounded(name, left.get(name))).join(', ');
    for (const name of met) left.delete(name);
    return { ...labelled(key, value), threshold };
  });
  for (const [key, value] of left) rows.push({ label: quantity(key, value).label, measure: '', threshold: bounded(key, value) });
  return rows;
}

/** @param {string} key @param {unknown} value */
function labelled(key, value) {
  const { label, value: measure } = quantity(key, value);
  return { label, measure };
}

/** @param {string} key @param {unknown} value */
function bounded(key, value) {
  const { value: bound } = quantity(key, value);
  return isAlarm(key) ? words.alarm(bound) : bound;
}

/** @param {string} key */
const isAlarm = (key) => key.startsWith('alarm_');
/** @param {string} key */
const bare = (key) => key.replace(/^alarm_/, '');

/** @param {unknown} value @returns {[string, unknown][]} */
function entries(value) {
  if (value === null || value === undefined) return [];
  if (typeof value !== 'object') return [[words.value, value]];
  return Object.entries(value);
}

/** @param {unknown} value */
function sentence(value) {
  if (typeof value !== 'object' || value === null) return String(value);
  if ('text' in value) return String(value.text);
  return Object.entries(value).map(([key, part]) => { const q = quantity(key, part); return `${q.label} ${q.value}`; }).join(', ');
}
