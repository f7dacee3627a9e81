/** @import { Dossier } from '../types.js' */
import { h } from '../../dom.js';
import { utc } from '../../format.js';
import { text } from '../text.en.js';

const words = text.head;

/** Who she is, as far as she said. @param {Dossier} dossier */
export function head(dossier) {
  const p = dossier.vessel?.properties ?? {};
  const { all, retracted, marked_false: marked } = dossier.counts;
  /** @type {[string, string][]} */
  const facts = [
    [words.mmsi, dossier.mmsi ? String(dossier.mmsi).padStart(9, '0') : ''],
    [words.callSign, p.call_sign ?? ''],
    [words.imo, p.imo ? String(p.imo) : ''],
    [words.type, text.shipType(p.ship_type)],
    [words.size, p.length_m ? words.size2(p.length_m, p.width_m ?? null) : ''],
    [words.draught, p.draught_m ? words.draughtOf(p.draught_m) : ''],
    [words.destination, p.destination ?? ''],
    [words.lastHeard, p.last_at ? utc(p.last_at) : ''],
  ];
  return h('header', { class: 'dossier-head' },
    h('h2', {}, dossier.name ?? (dossier.mmsi ? words.nameless : dossier.subject),
      dossier.simulated ? h('strong', { class: 'badge badge-simulated' }, text.simulated) : null),
    h('p', { class: 'dossier-counts' }, words.counts(all, retracted, marked)),
    h('dl', { class: 'facts' }, ...facts.filter(([, value]) => value).map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value)))),
    h('p', { class: 'dossier-links' },
      dossier.mmsi ? h('a', { href: `./?q=${String(dossier.mmsi).padStart(9, '0')}` }, words.onMap) : null,
      h('a', { href: `vessels/${encodeURIComponent(dossier.subject)}?f=json` }, words.asJson)));
}
