/** @import { Alert } from '../types.js' */
/** @import { Alerts } from '../alerts.js' */
/** @import { ViewState } from '../state.js' */
/** @import { Session } from '../../js/session.js' */
import { byId, h } from '../../dom.js';
import { duration, readable, utc } from '../../format.js';
import { mark } from '../../glyphs.js';
import { decidesFor } from '../../js/session.js';
import { berthing } from '../berthing.js';
import { kindName } from '../../text.en.js';
import { vesselAddress } from '../../vessel/state.js';
import { shipName, text } from '../text.en.js';
import { Act } from './act.js';
import { assessment } from './assessment.js';

const words = text.alert;

/**
 * The opened alert: what ship, when, why, how it adds up, and what to do.
 * @param {ViewState} state
 * @param {Alerts} alerts
 * @param {Session} who
 * @returns {() => void} shows it anew
 */
export function alertView(state, alerts, who) {
  const place = byId('alert');
  const content = h('div', { class: 'alert-content' });
  /** @type {Act | null} */
  let act = null;
  let shown = '';

  state.onChange((now, before) => {
    if (now.alert === before.alert) return;
    if (now.alert) place.focus();
    else /** @type {HTMLElement | null} */ (document.querySelector(`[data-alert="${CSS.escape(before.alert)}"] a`))?.focus();
  });
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && state.value.alert && !(event.target instanceof HTMLTextAreaElement)) state.set({ alert: '' });
  });

  return () => {
    const { alert: id } = state.value;
    document.body.classList.toggle('has-alert', id !== '');
    place.hidden = id === '' && !matchMedia('(min-width: 861px)').matches;
    const alert = id ? alerts.get(id) : undefined;
    if (!alert) {
      act = null;
      shown = '';
      place.replaceChildren(h('div', { class: 'empty' },
        h('p', { id: 'alert-heading' }, id ? (alerts.isComplete ? words.gone : text.list.loading) : words.choose),
        id ? back(state) : null));
      return;
    }
    if (!act || shown !== id) {
      act = new Act(alert, decidesFor(who, alert.port));
      place.replaceChildren(content, act.element);
      place.scrollTop = 0;
      shown = id;
    } else {
      act.show(alert);
    }
    content.replaceChildren(...parts(alert, alerts.clock().now, state));
    place.dataset.revision = String(alert.revision);
  };
}

/** @param {Alert} alert @param {number} now @param {ViewState} state */
function parts(alert, now, state) {
  const when = berthing(alert, now);
  return [
    h('div', { class: 'alert-bar' }, back(state)),
    h('div', { class: 'alert-head' },
      h('p', { class: 'alert-marks' },
        mark('', alert.severity), h('span', { class: `severity severity-${alert.severity}` }, text.severity[alert.severity] ?? alert.severity),
        h('span', { class: `state state-${alert.state}` }, text.state[alert.state] ?? alert.state),
        alert.simulated ? h('strong', { class: 'badge badge-simulated' }, text.notices.simulated) : null),
      h('h2', { id: 'alert-heading', class: 'alert-name' }, shipName(alert)),
      h('p', { class: `alert-when${when.isSoon ? ' is-soon' : ''}` }, h('strong', {}, `${alert.port} · ${when.long}`)),
      h('dl', { class: 'facts' },
        ...fact(alert.arrived && alert.berthing_by !== 'announced' ? words.arrived : words.berthing, alert.berthing_at ? utc(alert.berthing_at) + by(alert) : words.notKnown),
        ...fact(words.opened, utc(alert.opened_at) + lead(alert)),
        ...(alert.mmsi ? [h('dt', {}, 'MMSI'), h('dd', {}, `${alert.mmsi} · `, h('a', { href: vesselAddress(`mmsi:${alert.mmsi}`) }, words.dossier))] : []))),
    ...made(alert),
    h('section', { class: 'part' },
      h('h3', {}, words.why),
      h('ol', { class: 'reasons' }, ...alert.reasons.map((reason, i) => h('li', {},
        h('p', {}, readable(reason)),
        h('p', { class: 'reason-links' },
          alert.finding_ids[i] ? h('a', { href: `./?finding=${encodeURIComponent(alert.finding_ids[i])}` }, words.onMap, h('span', { class: 'unseen' }, `: ${reason}`)) : null,
          ...meaning(kindOf(alert, alert.finding_ids[i]))))))),
    ...(alert.assessment ? [h('section', { class: 'part' },
      h('h3', {}, words.sum),
      assessment(alert.assessment),
      alert.assessment.smallest_change ? h('p', { class: 'clears' }, readable(alert.assessment.smallest_change)) : null)] : []),
    h('section', { class: 'part' },
      h('h3', {}, words.record),
      h('dl', { class: 'facts' },
        ...fact(words.updated, utc(alert.updated_at)), ...fact(words.subject, alert.subject),
        ...fact(words.id, alert.id), ...fact(words.revision, String(alert.revision)))),
  ];
}

/** @param {Alert} alert @param {string | undefined} id @returns {string} the kind of a reason's finding, as the sum names it */
function kindOf(alert, id) {
  const items = alert.assessment?.groups.flatMap((group) => group.items) ?? [];
  return items.find((item) => item.finding_id === id)?.kind ?? '';
}

/** @param {string} kind */
const meaning = (kind) => (kind ? [h('a', { rel: 'describedby', href: `kinds/${encodeURIComponent(kind)}` }, words.meaning(kindName(kind)))] : []);

/** @param {Alert} alert @returns {HTMLElement[]} what was decided and why it was closed */
function made(alert) {
  const { decision } = alert;
  return [
    ...(decision ? [h('section', { class: 'part made' },
      h('h3', {}, words.decision),
      h('p', {}, h('strong', {}, text.outcome[decision.outcome] ?? decision.outcome), ` · ${utc(decision.at)}`),
      decision.note ? h('p', { class: 'made-note' }, decision.note) : null)] : []),
    ...(alert.closed_because ? [h('section', { class: 'part made' }, h('h3', {}, words.closed), h('p', {}, readable(alert.closed_because)))] : []),
  ];
}

/** @param {Alert} alert @returns {string} where the time of berthing comes from */
function by(alert) {
  if (!alert.berthing_by) return '';
  const { berthing_low_at: low, berthing_high_at: high } = alert;
  return `, ${low && high ? words.between(utc(low), utc(high)) : words.by[alert.berthing_by]}`;
}

/** @param {Alert} alert @returns {string} how long before berthing it was raised */
function lead(alert) {
  const ms = Date.parse(alert.berthing_at ?? '') - Date.parse(alert.opened_at);
  return ms > 0 ? `, ${words.before(duration(ms))}` : '';
}

/** @param {string} name @param {string} value */
const fact = (name, value) => [h('dt', {}, name), h('dd', {}, value)];

/** @param {ViewState} state */
const back = (state) => h('button', { type: 'button', class: 'button button-quiet alert-back', onclick: () => state.set({ alert: '' }) }, `‹ ${words.back}`);
