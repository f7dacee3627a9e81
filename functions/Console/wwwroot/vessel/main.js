/** @import { Dossier } from './types.js' */
import { FeedError } from '../api.js';
import { byId, h } from '../dom.js';
import { nav } from '../js/nav.js';
import { session } from '../js/session.js';
import { readCoverage, readDossier, readTrack } from './data.js';
import { Judging } from './judging.js';
import { VesselMap } from './map.js';
import { readView, vesselAddress, ViewState } from './state.js';
import { text } from './text.en.js';
import { findings } from './views/findings.js';
import { head } from './views/head.js';
import { calls, coverage, encounters, gaps, identities, maybe } from './views/parts.js';

for (const element of document.querySelectorAll('[data-text]')) {
  element.textContent = /** @type {any} */ (text)[/** @type {HTMLElement} */ (element).dataset.text ?? ''];
}

const state = new ViewState();
const content = byId('content');
const who = await session();
const judging = new Judging(who, () => load(true));
/** @type {Promise<VesselMap | null> | null} */
let map = null;
/** @type {Dossier | null} */
let dossier = null;
let running = new AbortController();

/** @param {boolean} [isAgain] true where the same vessel is read anew: what is open stays open */
async function load(isAgain = false) {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  const view = state.value;
  if (!view.subject) return empty(text.none, text.noneWhatToDo);
  if (!isAgain) content.setAttribute('aria-busy', 'true');
  if (!content.childElementCount) content.replaceChildren(h('p', { class: 'quiet' }, text.loading));
  try {
    dossier = await readDossier(view, signal);
    judging.heard(dossier);
    show();
    if (isAgain) return (await map)?.showFindings(dossier);
    map ??= VesselMap.open(byId('map'), (id) => state.set({ finding: id }));
    const [tracks, cells, drawn] = await Promise.all([
      readTrack(dossier.subject, signal), readCoverage(dossier.coverage.bbox, signal), map]);
    drawn?.show(dossier, tracks, cells);
    drawn?.choose(state.value.finding);
  } catch (error) {
    if (!signal.aborted) fail(error);
  } finally {
    if (!signal.aborted) {
      content.removeAttribute('aria-busy');
      document.documentElement.dataset.ready = 'true';
    }
  }
}

function show() {
  if (!dossier) return;
  document.body.classList.remove('no-vessel');
  const one = dossier;
  const focus = content.contains(document.activeElement) ? document.activeElement?.id : '';
  document.title = text.title(one.name ?? one.subject);
  byId('notices').replaceChildren(...(one.simulated ? [h('p', { class: 'notice notice-simulated' },
    h('strong', { class: 'badge badge-simulated' }, text.simulated), h('span', {}, text.simulatedBanner))] : []));
  content.replaceChildren(...[
    head(one), findings(one, state, judging), maybe(one, state, judging), gaps(one), encounters(one), calls(one), identities(one), coverage(one),
  ].filter((part) => part !== null));
  content.dataset.generation = one.generation;
  if (focus) document.getElementById(focus)?.focus();
}

/** @param {string} heading @param {string} hint @param {HTMLElement} [more] */
function empty(heading, hint, more) {
  dossier = null;
  document.body.classList.add('no-vessel');
  byId('notices').replaceChildren();
  content.replaceChildren(h('div', { class: 'dossier-empty' }, h('h2', {}, heading), hint ? h('p', { class: 'quiet' }, hint) : null, more));
  content.removeAttribute('aria-busy');
  document.documentElement.dataset.ready = 'true';
}

/** @param {unknown} error */
function fail(error) {
  const status = error instanceof FeedError ? error.status : -1;
  if (status === 404) return empty(text.unknown, text.unknownWhatToDo);
  if (status === 401) {
    return empty(text.signIn, '', h('a', { class: 'button', href: `sign-in.html?next=${encodeURIComponent(`vessel.html${location.search}`)}` }, text.signInLink));
  }
  empty(text.failed, '', h('button', { type: 'button', class: 'button', onclick: () => load() }, text.retry));
  if (status === -1) throw error;
}

const field = h('input', { type: 'search', id: 'subject', class: 'field', placeholder: text.find, 'aria-label': text.find, autocomplete: 'off', spellcheck: 'false' });
const find = /** @type {HTMLFormElement} */ (byId('find'));
find.append(field, h('button', { class: 'button' }, text.findGo));
find.addEventListener('submit', (event) => {
  event.preventDefault();
  const wanted = field.value.trim();
  if (!wanted) return;
  const address = /^\d{9}$/.test(wanted) ? vesselAddress(`mmsi:${Number(wanted)}`) : vesselAddress(wanted);
  state.set(readView(address.slice(address.indexOf('?'))));
  field.value = '';
});

judging.onChange(show);
state.onChange((now, before) => {
  if (now.subject !== before.subject || now.limit !== before.limit) {
    if (now.subject !== before.subject) byId('dossier').scrollTop = 0;
    void load();
  } else {
    show();
    void map?.then((drawn) => drawn?.choose(now.finding));
  }
});
void nav(null, true);
await load();
