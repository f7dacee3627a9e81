/** @import { Assessment } from '../types.js' */
import { h } from '../../dom.js';
import { kindName } from '../../text.en.js';
import { text } from '../text.en.js';

const words = text.alert;

/**
 * The sum that an alert stands on, to be added up by hand: what was before any evidence, each group with its items, and
 * the total.
 * @param {Assessment} assessment
 */
export function assessment(assessment) {
  const { groups, prior_log_odds: prior, log_odds: total } = assessment;
  const all = [prior, total, ...groups.flatMap((group) => [group.counted, group.sum, group.cap, ...group.items.map((item) => item.log_odds)])];
  // As many digits as the numbers have, so that they add up as they stand.
  const digits = all.every((value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6) ? 2 : 3;
  const odds = (/** @type {number} */ value) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
  return h('table', { class: 'sum' },
    h('caption', {}, words.sumCaption),
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, words.evidence), h('th', { scope: 'col' }, words.logOdds))),
    ...[
      body(line('sum-part', words.prior, odds(prior))),
      ...groups.map((group) => body(
        line('sum-part', /** @type {Record<string, string>} */ (words.groups)[group.group] ?? group.group, odds(group.counted),
          group.counted < group.sum ? words.capped(odds(group.sum), odds(group.cap)) : ''),
        ...group.items.map((item) => line('sum-item', kindName(item.kind), odds(item.log_odds), item.reason)))),
    ],
    h('tfoot', {},
      line('sum-total', words.total, odds(total)),
      h('tr', { class: 'sum-chance' },
        h('th', { scope: 'row' }, words.chance, h('small', {}, words.chanceHint)),
        h('td', {}, `${(assessment.probability * 100).toFixed(1)} %`)),
      assessment.line_log_odds === undefined ? '' : line('sum-item', words.threshold, odds(assessment.line_log_odds)),
      assessment.lane ? line('sum-item', words.lane, assessment.lane, assessment.rank ? words.rank(assessment.rank, assessment.ranked_calls ?? 0) : '') : ''));
}

/** @param {...HTMLElement} lines */
const body = (...lines) => h('tbody', {}, ...lines);

/** @param {string} kind @param {string} label @param {string} value @param {string} [hint] */
const line = (kind, label, value, hint) =>
  h('tr', { class: kind }, h('th', { scope: 'row' }, label, hint ? h('small', {}, hint) : null), h('td', {}, value));
