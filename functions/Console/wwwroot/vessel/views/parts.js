/** @import { Dossier } from '../types.js' */
/** @import { ViewState } from '../state.js' */
/** @import { Judging } from '../judging.js' */
import { h } from '../../dom.js';
import { count, duration, quantity, span, utc } from '../../format.js';
import { vesselAddress } from '../state.js';
import { text } from '../text.en.js';
import { one } from './findings.js';

/** @param {string} id @param {string} heading @param {...(Node | string | null)} children */
const part = (id, heading, ...children) => h('section', { class: 'dossier-part', id }, h('h3', {}, heading), ...children);

/** @param {string[]} columns @param {(Node | string)[][]} rows */
const table = (columns, rows) => h('div', { class: 'wide' }, h('table', {},
  h('thead', {}, h('tr', {}, ...columns.map((name) => h('th', { scope: 'col' }, name)))),
  h('tbody', {}, ...rows.map((row) => h('tr', {}, ...row.map((cell, i) => (i === 0 ? h('th', { scope: 'row' }, cell) : h('td', {}, cell))))))));

/** @param {{ numberMatched: number, numberReturned: number, next?: string }} of */
const cut = (of) => (of.numberReturned < of.numberMatched
  ? h('p', { class: 'quiet' }, text.findings.ofAll(of.numberReturned, of.numberMatched), ' ', of.next ? h('a', { href: `${of.next}&f=html` }, text.findings.rest) : '')
  : null);

/** @param {string | null | undefined} at */
const when = (at) => (at ? utc(at) : text.identities.notSaid);

/** @param {string} start @param {string | null} end */
const length = (start, end) => (end ? duration(Date.parse(end) - Date.parse(start)) : '');

/** @param {Dossier} dossier */
export function gaps({ gaps: found, reach }) {
  const words = text.gaps;
  return part('gaps', words.heading,
    found.numberMatched === 0 ? h('p', { class: 'quiet' }, words.none) : table([words.when, words.length, words.deliberate], found.items.map((gap) => [
      h('a', { href: `#finding-${gap.id}` }, span(gap.start_at, gap.end_at)), length(gap.start_at, gap.end_at),
      gap.deliberate_probability === null ? words.notGiven : chance(gap.deliberate_probability),
    ])),
    reach?.properties.state === 'open' ? h('p', {}, words.reach(quantity('radius_nm', reach.properties.radius_nm).value, utc(reach.properties.at))) : null,
    found.numberMatched ? h('p', { class: 'quiet' }, words.hint) : null, cut(found));
}

/** @param {number} share */
function chance(share) {
  const percent = Math.round(share * 100);
  return h('span', { class: 'chance' }, h('meter', { min: 0, max: 100, value: percent, 'aria-hidden': 'true' }), text.gaps.chance(percent));
}

/** @param {Dossier} dossier */
export function encounters({ encounters: found }) {
  const words = text.encounters;
  return part('encounters', words.heading,
    found.numberMatched === 0 ? h('p', { class: 'quiet' }, words.none) : table([words.with, words.when, words.length], found.items.map((meeting) => [
      h('span', {}, ...meeting.with.flatMap((other, i) => [i ? ', ' : '', h('a', { href: vesselAddress(other.subject) }, other.name ?? other.subject.replace(/^mmsi:/, 'MMSI ')),
        other.ship_type ? ` (${text.shipType(other.ship_type)})` : ''])),
      h('a', { href: `#finding-${meeting.id}` }, span(meeting.start_at, meeting.end_at)), length(meeting.start_at, meeting.end_at),
    ])), cut(found));
}

/** @param {Dossier} dossier @param {ViewState} state @param {Judging} judging */
export function maybe(dossier, state, judging) {
  const found = dossier.maybe;
  return found.numberMatched === 0 ? null : part('maybe', text.maybe.heading, h('p', { class: 'quiet' }, text.maybe.hint),
    h('ul', { class: 'found' }, ...found.items.map((finding) => one(finding, state, judging))), cut(found));
}

/** @param {Dossier} dossier */
export function calls({ calls: found }) {
  const words = text.calls;
  return part('calls', words.heading,
    found.numberMatched === 0 ? h('p', { class: 'quiet' }, words.none) : table([words.port, words.arrival, words.departure, words.confidence], found.items.map((call) => [
      [call.port_name, call.port].filter(Boolean).join(' · ') || words.unknown, when(call.arrival_at),
      call.departure_at ? utc(call.departure_at) : words.inPort, String(call.confidence ?? text.identities.notSaid),
    ])), cut(found));
}

/** @param {Dossier} dossier */
export function identities({ identities: found }) {
  const words = text.identities;
  return part('identities', words.heading,
    found.numberMatched === 0 ? h('p', { class: 'quiet' }, words.none)
      : table([words.name, words.callSign, words.imo, words.type, words.size, words.first, words.last], found.items.map((one) => [
        one.name ?? words.notSaid, one.call_sign ?? words.notSaid, one.imo ? String(one.imo) : words.notSaid, text.shipType(one.ship_type) || words.notSaid,
        one.length_m ? text.head.size2(one.length_m, one.width_m) : words.notSaid, when(one.first_at), when(one.last_at),
      ])),
    found.only_latest && found.numberMatched ? h('p', { class: 'quiet' }, words.onlyLatest) : null, cut(found));
}

/** @param {Dossier} dossier */
export function coverage({ coverage: heard, track }) {
  const words = text.coverage;
  return part('coverage', words.heading,
    heard.sources.length === 0 ? h('p', { class: 'quiet' }, words.none) : table([words.source, words.cells, words.reports, words.since, words.last], heard.sources.map((source) => [
      source.source, count(source.cells), count(source.reports), when(source.first_heard_at), when(source.last_heard_at),
    ])),
    h('p', { class: 'quiet' }, heard.sources.length ? words.hint : '', ' ', heard.cells_read < heard.cells_in_box ? words.cut(heard.cells_read, heard.cells_in_box) : '', ' ',
      track.numberMatched === 0 ? text.track.none : text.track.pieces(track.items.length, track.numberMatched)));
}
