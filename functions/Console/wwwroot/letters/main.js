/** @import { Letter, Listed, View } from './types.js' */
import { FeedError, getJson } from '../api.js';
import { byId, h } from '../dom.js';
import { count, dayAndTime } from '../format.js';
import { nav } from '../js/nav.js';
import { send } from '../js/session.js';
import { readView, writeView } from './state.js';
import { text } from './text.en.js';

for (const element of document.querySelectorAll('[data-text]')) {
  element.textContent = /** @type {any} */ (text)[/** @type {HTMLElement} */ (element).dataset.text ?? ''];
}

const content = byId('content');
let view = readView(location.search);
let shown = new AbortController();

/** Reads and shows what the address asks for. @param {string} [notice] said above it */
async function load(notice) {
  shown.abort();
  shown = new AbortController();
  const { signal } = shown;
  content.setAttribute('aria-busy', 'true');
  if (!content.childElementCount) content.replaceChildren(h('p', { class: 'quiet' }, text.loading));
  try {
    /** @type {Listed} */
    const listed = await getJson(`dead-letters${writeView(view)}`, signal);
    say(notice);
    choose(listed);
    show(listed);
  } catch (error) {
    if (!signal.aborted) fail(error);
  } finally {
    if (!signal.aborted) {
      content.removeAttribute('aria-busy');
      document.documentElement.dataset.ready = 'true';
    }
  }
}

/** @param {Listed} listed */
function choose(listed) {
  const queues = Object.entries(listed.waiting);
  byId('choice').replaceChildren(
    h('label', {}, text.queue, h('select', { class: 'field', id: 'queue', onchange: (/** @type {any} */ event) => go({ queue: event.target.value }) },
      h('option', { value: '', selected: !view.queue }, text.allQueues),
      ...queues.map(([queue, waiting]) => h('option', { value: queue, selected: view.queue === queue }, `${queue} (${count(waiting)})`)))),
    h('label', {}, text.state, h('select', { class: 'field', id: 'state', onchange: (/** @type {any} */ event) => go({ state: event.target.value }) },
      ...Object.entries(text.states).map(([state, words]) => h('option', { value: state, selected: view.state === state }, words)))));
}

/** @param {Listed} listed */
function show({ letters, numberMatched, waiting }) {
  if (letters.length === 0) {
    const isCalm = Object.values(waiting).every((n) => n === 0) && view.state === 'waiting';
    content.replaceChildren(h('div', { class: 'letters-empty' },
      h('h3', {}, isCalm ? text.none : text.noneFits), isCalm && h('p', { class: 'quiet' }, text.noneWhatToDo)));
    return;
  }
  const waits = letters.filter((letter) => !letter.redriven_at);
  const words = text.columns;
  content.replaceChildren(
    h('div', { class: 'letters-head' }, h('p', { class: 'quiet', id: 'matched' }, text.caption(letters.length, numberMatched)),
      waits.length > 1 && h('button', { type: 'button', class: 'button', id: 'all', onclick: () => sendAll(waits) }, text.sendAll(waits.length))),
    h('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': text.heading }, h('table', {},
      h('thead', {}, h('tr', {}, ...[words.queue, words.kept, words.tries, words.about, words.action].map((name) => h('th', { scope: 'col' }, name)))),
      h('tbody', {}, ...letters.map(row)))));
}

/** @param {Letter} letter */
function row(letter) {
  const about = letter.about ?? text.bytes(count(letter.length));
  return h('tr', { 'data-id': letter.id },
    h('th', { scope: 'row' }, letter.queue),
    h('td', {}, dayAndTime(letter.kept_at)),
    h('td', {}, letter.tries === null ? text.unknown : count(letter.tries)),
    h('td', { class: 'letters-about' }, about, letter.why && h('small', {}, letter.why)),
    h('td', {}, letter.redriven_at
      ? text.sent(dayAndTime(letter.redriven_at), letter.redriven_by ?? '')
      : h('button', { type: 'button', class: 'button', 'aria-label': text.sendOf(`${letter.queue}, ${about}`), onclick: () => sendAll([letter]) }, text.send)));
}

/** @param {Letter[]} letters */
async function sendAll(letters) {
  for (const button of content.querySelectorAll('button')) button.disabled = true;
  say(text.sending);
  let done = 0;
  for (const letter of letters) {
    const answer = await send('POST', `dead-letters/${letter.queue}/${encodeURIComponent(letter.id)}/redrive`).catch(() => null);
    if (!answer?.ok) break;
    done++;
  }
  await load(done === letters.length ? text.done(done) : text.notSent);
}

/** @param {string} [words] */
function say(words) {
  byId('notices').replaceChildren(...(words ? [h('p', { class: 'notice' }, words)] : []));
}

/** @param {Partial<View>} patch */
function go(patch) {
  view = { ...view, ...patch };
  history.pushState(null, '', writeView(view) || location.pathname);
  void load();
}

/** @param {unknown} error */
function fail(error) {
  const status = error instanceof FeedError ? error.status : -1;
  const words = { 401: text.signIn, 403: text.notYours }[status] ?? text.failed;
  byId('choice').replaceChildren();
  content.replaceChildren(h('div', { class: 'letters-empty' }, h('h3', {}, words),
    status === 401
      ? h('a', { class: 'button', href: `sign-in.html?next=${encodeURIComponent(`dead-letters.html${location.search}`)}` }, text.signInLink)
      : h('button', { type: 'button', class: 'button', onclick: () => load() }, text.retry)));
  if (status === -1) throw error;
}

addEventListener('popstate', () => {
  view = readView(location.search);
  void load();
});
void nav('letters');
await load();
