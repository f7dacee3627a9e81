/** @import { Dossier, JudgedFinding } from '../types.js' */
/** @import { ViewState } from '../state.js' */
/** @import { Judging } from '../judging.js' */
import { h } from '../../dom.js';
import { readable, span } from '../../format.js';
import { mark } from '../../glyphs.js';
import { kindName, text as mapText } from '../../text.en.js';
import { LIMIT_MAX } from '../state.js';
import { text } from '../text.en.js';
import { judgeButton, judgement } from './judgement.js';

const words = text.findings;

/**
 * What was found, the newest first, each with what people said of it.
 * @param {Dossier} dossier
 * @param {ViewState} state
 * @param {Judging} judging
 */
export function findings(dossier, state, judging) {
  const { items, numberMatched, numberReturned, next } = dossier.findings;
  const { kind } = state.value;
  const shown = items.filter((finding) => !kind || finding.kind === kind);
  const kinds = Object.keys(dossier.counts.by_kind);
  const choice = kinds.length < 2 ? null : h('select', {
    id: 'kind', class: 'field', 'aria-label': words.kind, onchange: (/** @type {any} */ event) => state.set({ kind: event.target.value }),
  }, h('option', { value: '' }, words.all), ...kinds.map((name) =>
    h('option', { value: name, selected: name === kind }, `${kindName(name)} (${dossier.counts.by_kind[name].all})`)));
  return h('section', { class: 'dossier-part', id: 'findings' },
    h('div', { class: 'part-head' }, h('h3', {}, words.heading), choice),
    numberMatched === 0 ? h('p', { class: 'quiet' }, words.none) : h('ul', { class: 'found' }, ...shown.map((finding) => one(finding, state, judging))),
    numberReturned < numberMatched ? h('p', { class: 'quiet more' }, words.ofAll(numberReturned, numberMatched), ' ',
      state.value.limit < LIMIT_MAX ? h('button', { type: 'button', class: 'button button-quiet', onclick: () => state.set({ limit: LIMIT_MAX }) }, words.more(LIMIT_MAX)) : null,
      next ? h('a', { href: `${next}&f=html` }, words.rest) : null) : null,
    kind && shown.length < items.length ? h('p', { class: 'quiet' }, words.hiddenByKind(items.length - shown.length)) : null);
}

/**
 * @param {JudgedFinding} finding
 * @param {ViewState} state
 * @param {Judging} judging
 */
export function one(finding, state, judging) {
  const isFalse = finding.judgement?.verdict === 'false';
  const isChosen = finding.id === state.value.finding;
  return h('li', {
    id: `finding-${finding.id}`, 'data-finding': finding.id, 'data-judged': isFalse ? 'false' : null,
    class: ['found-one', isChosen ? 'is-chosen' : '', isFalse ? 'is-false' : '', finding.state === 'retracted' ? 'is-retracted' : ''].filter(Boolean).join(' '),
  },
    mark(finding.kind, finding.severity),
    h('div', { class: 'found-body' },
      h('p', { class: 'found-line' },
        h('button', { type: 'button', id: `choose-${finding.id}`, class: 'found-kind', 'aria-pressed': String(isChosen), onclick: () => state.set({ finding: isChosen ? '' : finding.id }) }, kindName(finding.kind)),
        h('span', { class: `severity severity-${finding.severity}` }, mapText.severity[finding.severity] ?? finding.severity),
        h('span', { class: 'quiet' }, mapText.state[finding.state] ?? finding.state),
        finding.settled ? null : h('span', { class: 'quiet' }, words.provisional),
        finding.simulated ? h('strong', { class: 'badge badge-simulated' }, text.simulated) : null,
        h('time', { class: 'found-when' }, span(finding.start_at, finding.end_at))),
      h('p', { class: 'found-reason' }, readable(finding.reason)),
      finding.retracted_because ? h('p', {}, h('strong', {}, words.retracted), ' ', readable(finding.retracted_because)) : null,
      judgement(finding, judging),
      h('p', { class: 'found-links' },
        h('a', { href: `./?finding=${encodeURIComponent(finding.id)}` }, words.onMap),
        h('a', { rel: 'describedby', href: `kinds/${finding.kind}` }, words.meaning),
        h('a', { href: `collections/revisions/items/${encodeURIComponent(`${finding.id}.${finding.revision}`)}?f=html` }, words.revision(finding.revision)),
        judgeButton(finding, judging))));
}
