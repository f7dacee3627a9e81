/** @import { Listed, Plan, Quantity } from './types.js' */
import { FeedError } from '../api.js';
import { byId, h } from '../dom.js';
import { dayAndTime } from '../format.js';
import { nav } from '../js/nav.js';
import { chart, Cursor } from './chart.js';
import { listed, readPlan } from './data.js';
import { figures } from './figures.js';
import { PlanState } from './state.js';
import { declaredTable, errorTable, hourTable, methodTable } from './tables.js';
import { text } from './text.en.js';

for (const element of document.querySelectorAll('[data-text]')) {
  element.textContent = /** @type {any} */ (text)[/** @type {HTMLElement} */ (element).dataset.text ?? ''];
}

const QUANTITIES = /** @type {Quantity[]} */ (['queue', 'waiting_h', 'berths']);
const state = new PlanState();
const content = byId('content');
let shown = new AbortController();

/** Reads and shows what the address asks for. */
async function load() {
  shown.abort();
  shown = new AbortController();
  const { signal } = shown;
  content.setAttribute('aria-busy', 'true');
  if (!content.childElementCount) content.replaceChildren(h('p', { class: 'quiet' }, text.loading));
  try {
    const list = await listed(signal);
    const port = state.value.port || list.ports[0]?.port || '';
    choose(list, port);
    if (!port) return empty();
    const plan = await readPlan(port, state.value.at, signal);
    show(plan, signal);
  } catch (error) {
    if (!signal.aborted) fail(error);
  } finally {
    if (!signal.aborted) {
      content.removeAttribute('aria-busy');
      document.documentElement.dataset.ready = 'true';
    }
  }
}

/** @param {Listed} list @param {string} port */
function choose(list, port) {
  const issued = [...(list.ports.find((one) => one.port === port)?.issued_at ?? [])].reverse();
  const ports = list.ports.map((one) => one.port);
  const portField = h('select', { class: 'field', id: 'port', onchange: (/** @type {any} */ event) => state.set({ port: event.target.value, at: '' }) },
    ...(ports.includes(port) || !port ? ports : [port, ...ports]).map((name) => h('option', { value: name, selected: name === port }, name)));
  // A forecast that was issued between two of the list is shown under the one before it.
  const at = issued.find((one) => state.value.at && Date.parse(one) <= Date.parse(state.value.at)) ?? '';
  const atField = h('select', { class: 'field', id: 'at', onchange: (/** @type {any} */ event) => state.set({ port, at: event.target.value }) },
    ...issued.map((one, index) => h('option', { value: index ? one : '', selected: one === at }, index ? dayAndTime(one) : text.latest(dayAndTime(one)))));
  byId('choice').replaceChildren(...(port ? [h('label', {}, text.port, portField), h('label', {}, text.issued, atField)] : []));
}

/** @param {Plan} plan @param {AbortSignal} signal */
function show(plan, signal) {
  const { forecast } = plan;
  const cursor = new Cursor();
  document.title = text.title(forecast.port);
  byId('notices').replaceChildren(
    ...(forecast.simulated ? [h('p', { class: 'notice notice-simulated' },
      h('strong', { class: 'badge badge-simulated' }, text.simulated), h('span', {}, text.simulatedBanner))] : []),
    ...(forecast.coverage_note ? [h('p', { class: 'notice notice-warning' }, forecast.coverage_note)] : []));
  content.replaceChildren(
    h('div', { class: 'plan-head' }, h('h2', {}, text.heading(forecast.port_name ?? '', forecast.port)),
      h('p', { class: 'quiet' }, text.issuedAt(dayAndTime(forecast.issued_at)))),
    figures(plan),
    h('div', { class: 'charts' }, ...QUANTITIES.map((quantity) => chart(plan, quantity, cursor, signal))),
    hourTable(plan),
    h('div', { class: 'plan-parts' }, h('div', { class: 'plan-column' }, errorTable(plan.errors), methodTable(forecast)), declaredTable(forecast)));
}

function empty() {
  byId('notices').replaceChildren();
  content.replaceChildren(h('div', { class: 'plan-empty' }, h('h2', {}, text.none), h('p', { class: 'quiet' }, text.noneWhatToDo)));
}

/** @param {unknown} error */
function fail(error) {
  const status = error instanceof FeedError ? error.status : -1;
  const words = { 401: text.signIn, 403: text.notYours, 404: text.notHere }[status] ?? text.failed;
  const next = `planner.html${location.search}`;
  content.replaceChildren(h('div', { class: 'plan-empty' }, h('h2', {}, words),
    status === 401
      ? h('a', { class: 'button', href: `sign-in.html?next=${encodeURIComponent(next)}` }, text.signInLink)
      : h('button', { type: 'button', class: 'button', onclick: load }, text.retry)));
  if (status === -1) throw error;
}

state.onChange(load);
void nav('forecast');
await load();
