/** @import { Alert } from '../types.js' */
/** @import { Alerts } from '../alerts.js' */
/** @import { ViewState } from '../state.js' */
import { byId, h } from '../../dom.js';
import { readable } from '../../format.js';
import { mark } from '../../glyphs.js';
import { berthing } from '../berthing.js';
import { writeView } from '../state.js';
import { shipName, text } from '../text.en.js';

const words = text.list;

/**
 * The alerts of the caller's ports, in groups by state.
 * @param {ViewState} state
 * @param {Alerts} alerts
 * @returns {() => void} shows it anew
 */
export function list(state, alerts) {
  const heading = h('h2', { id: 'list-heading' });
  const showing = choose(words.showing, [['todo', words.toDo], ['all', words.all]], (value) => state.set({ show: /** @type {any} */ (value) }));
  const order = choose(words.order, [['urgent', words.urgent], ['newest', words.newest]], (value) => state.set({ sort: /** @type {any} */ (value) }));
  const port = choose(words.port, [], (value) => state.set({ port: value }));
  byId('list-head').append(heading, showing, order, port);
  let ports = '';

  return () => {
    const view = state.value;
    const shown = alerts.shown(view);
    heading.textContent = alerts.isComplete ? words.heading(shown.length) : words.loading;
    showing.value = view.show;
    order.value = view.sort;
    const wanted = alerts.ports.join();
    if (ports !== wanted) {
      ports = wanted;
      port.replaceChildren(...[['', words.everyPort], ...alerts.ports.map((one) => [one, one])].map(([value, name]) => h('option', { value }, name)));
    }
    port.hidden = alerts.ports.length < 2 && !view.port;
    port.value = view.port;

    const { now } = alerts.clock();
    const focused = document.activeElement?.closest('[data-alert]')?.getAttribute('data-alert');
    const several = alerts.ports.length > 1;
    const rows = shown.flatMap((alert, i) => [
      view.sort === 'urgent' && shown[i - 1]?.state !== alert.state
        ? h('div', { class: 'list-group' }, text.groups[alert.state], h('span', {}, String(shown.filter((one) => one.state === alert.state).length)))
        : null,
      row(alert, now, writeView({ ...view, alert: alert.id }), view.alert === alert.id, several, state),
    ]);
    byId('alerts').replaceChildren(...rows.filter((one) => one !== null), ...(shown.length || !alerts.isComplete ? [] : [empty(view.show)]));
    byId('alerts').dataset.shown = String(shown.length);
    if (focused) /** @type {HTMLElement | null} */ (document.querySelector(`[data-alert="${CSS.escape(focused)}"] a`))?.focus();
  };
}

/**
 * @param {Alert} alert
 * @param {number} now
 * @param {string} href
 * @param {boolean} isChosen
 * @param {boolean} several
 * @param {ViewState} state
 */
function row(alert, now, href, isChosen, several, state) {
  const when = berthing(alert, now);
  return h('article', { class: `row alert-row is-${alert.state}`, 'data-alert': alert.id },
    h('a', {
      href,
      'aria-current': isChosen ? 'true' : null,
      onclick: (/** @type {MouseEvent} */ event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        state.set({ alert: alert.id });
      },
    },
    mark('', alert.severity),
    h('div', {},
      h('div', { class: 'row-line' },
        h('span', { class: 'row-name' }, shipName(alert)),
        h('span', { class: `row-time${when.isSoon ? ' is-soon' : ''}` }, h('span', { class: 'unseen' }, when.long), h('span', { 'aria-hidden': 'true' }, when.short))),
      h('p', { class: 'row-reason' }, readable(alert.reasons[0] ?? '')),
      h('div', { class: 'row-meta' },
        h('span', { class: `severity severity-${alert.severity}` }, text.severity[alert.severity] ?? alert.severity),
        several ? h('span', {}, alert.port) : null,
        alert.decision ? h('span', {}, text.outcome[alert.decision.outcome] ?? alert.decision.outcome) : null,
        alert.simulated ? h('strong', { class: 'badge badge-simulated' }, text.notices.simulated) : null))));
}

/** @param {'todo' | 'all'} show */
function empty(show) {
  return h('div', { class: 'empty' },
    h('strong', {}, show === 'todo' ? words.emptyToDo : words.emptyAll),
    h('p', {}, show === 'todo' ? words.emptyToDoMore : words.emptyAllMore));
}

/**
 * @param {string} label
 * @param {[string, string][]} options
 * @param {(value: string) => void} chosen
 */
function choose(label, options, chosen) {
  const select = h('select', { class: 'field', 'aria-label': label, onchange: () => chosen(select.value) },
    ...options.map(([value, name]) => h('option', { value }, name)));
  return select;
}
