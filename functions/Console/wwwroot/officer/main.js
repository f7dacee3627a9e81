/** @import { Alert } from './types.js' */
import { byId, debounce, h } from '../dom.js';
import { nav } from '../js/nav.js';
import { seesAlerts, session } from '../js/session.js';
import { Alerts } from './alerts.js';
import { ViewState } from './state.js';
import { AlertStream } from './stream.js';
import { shipName, text } from './text.en.js';
import { alertView } from './views/alert.js';
import { list } from './views/list.js';
import { status } from './views/status.js';

const CLOCK_MS = 30000;

for (const element of document.querySelectorAll('[data-text]')) {
  element.textContent = /** @type {any} */ (text)[/** @type {HTMLElement} */ (element).dataset.text ?? ''];
}
document.title = text.title(0);
nav('alerts');

const who = await session();
if (!who.signed_in) {
  location.replace(`sign-in.html?next=${encodeURIComponent(`officer.html${location.search}`)}`);
} else if (!seesAlerts(who)) {
  byId('alerts').append(h('div', { class: 'empty' }, h('strong', { id: 'list-heading' }, text.list.plannerHeading), h('p', {}, text.list.planner)));
  document.documentElement.dataset.ready = 'true';
} else {
  start();
}

function start() {
  const state = new ViewState();
  const alerts = new Alerts();
  const stream = new AlertStream(taken, ready, () => show());
  const views = [list(state, alerts), alertView(state, alerts, who), status(stream, alerts)];
  const show = () => {
    for (const view of views) view();
    document.title = text.title(alerts.open);
    if (stream.state !== 'connecting') document.documentElement.dataset.ready = 'true';
  };
  const showSoon = debounce(50, show);
  const readClock = async () => { await alerts.readClock(); show(); };

  /** @param {Alert} alert */
  function taken(alert) {
    const before = alerts.take(alert);
    if (before === null) return;
    if (alerts.isComplete) {
      byId('said').textContent = before === undefined
        ? text.said.newAlert(shipName(alert), text.severity[alert.severity])
        : before.state === alert.state ? '' : text.said.changed(shipName(alert), text.state[alert.state]);
    }
    showSoon();
  }

  function ready() {
    alerts.isComplete = true;
    readClock();
  }

  state.onChange(show);
  matchMedia('(min-width: 861px)').addEventListener('change', show);
  show();
  stream.run();
  setInterval(() => { if (!document.hidden && stream.state === 'live') readClock(); }, CLOCK_MS);
}
