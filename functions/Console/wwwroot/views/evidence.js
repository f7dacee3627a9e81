import { h } from '../dom.js';
import { count, quantity } from '../format.js';
import { text } from '../text.en.js';

const words = text.detail;

/**
 * Counts and extremes as a list; ranges in the landed data as a table.
 * @param {unknown} evidence
 */
export function evidence(evidence) {
  if (!evidence || typeof evidence !== 'object') return null;
  const facts = Object.entries(evidence).filter(([, value]) => !isRanges(value));
  const ranges = Object.values(evidence).filter(isRanges).flat();
  return h('section', { class: 'part' }, h('h3', {}, words.evidence),
    facts.length ? h('dl', { class: 'facts' }, ...facts.flatMap(([key, value]) => {
      const { label, value: said } = quantity(key, value);
      return [h('dt', {}, label), h('dd', { title: isHash(said) ? said : null }, short(said))];
    })) : null,
    ranges.length ? h('details', { class: 'ranges' }, h('summary', {}, `${words.ranges} (${count(ranges.length)})`),
      table(/** @type {Record<string, unknown>[]} */ (ranges))) : null);
}

/** @param {string} said */
const isHash = (said) => /[0-9a-f]{24}/i.test(said);
/** A hash is known by its beginning. @param {string} said */
const short = (said) => said.replace(/^.*?([0-9a-f]{12})[0-9a-f]{12,}$/i, '$1…');

/** @param {unknown} value @returns {value is object[]} */
const isRanges = (value) => Array.isArray(value) && value.length > 0 && value.every((part) => part !== null && typeof part === 'object');

/** @param {Record<string, unknown>[]} rows */
function table(rows) {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return h('div', { class: 'table-scroll', tabindex: '0', role: 'group', 'aria-label': words.ranges }, h('table', {},
    h('thead', {}, h('tr', {}, ...keys.map((key) => h('th', { scope: 'col' }, quantity(key, null).label)))),
    h('tbody', {}, ...rows.map((row) => h('tr', {}, ...keys.map((key) => {
      const said = quantity(key, row[key]).value;
      return h('td', { title: isHash(said) ? said : null }, short(said));
    }))))));
}
