/** @import { Role, Session } from '../js/session.js' */
import { byId, h } from '../dom.js';
import { nav } from '../js/nav.js';
import { navText } from '../js/nav.text.en.js';
import { send, session } from '../js/session.js';
import { text } from './text.en.js';

// Only a page of ours, never another site: a plain file name and its query.
const NEXT = /^[a-z-]+\.html(\?[^#]*)?$/;

for (const element of document.querySelectorAll('[data-text]')) element.textContent = text.app;
document.title = text.title;
nav(null);

const who = await session();
const said = h('p', { class: 'said', role: 'alert' });
const field = h('textarea', { id: 'token', class: 'field', rows: 4, autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off', 'aria-describedby': 'token-hint' });
byId('sheet').append(
  h('h2', {}, text.heading),
  who.signed_in && who.role ? h('p', { class: 'already' }, text.already(navText.role[who.role]), ' ', h('a', { href: next(who.role) }, text.goOn)) : '',
  said,
  ...(who.demo ? [demo(who.demo)] : []),
  h('form', { class: 'card', onsubmit: (/** @type {Event} */ event) => { event.preventDefault(); withToken(); } },
    h('label', { for: 'token' }, text.token), field,
    h('p', { id: 'token-hint', class: 'hint' }, text.tokenHint, h('code', {}, text.command)),
    h('button', { class: 'button button-main' }, text.signIn)));
document.documentElement.dataset.ready = 'true';

/** @param {NonNullable<Session['demo']>} offer */
function demo(offer) {
  /** @type {[Role, string | null, string, string][]} */
  const people = [
    ...(/** @type {[Role, string | null, string, string][]} */ (offer.ports.map((port) => ['officer', port, text.as.officer(port), text.asHint.officer]))),
    ['analyst', null, text.as.analyst, text.asHint.analyst],
    ['planner', null, text.as.planner, text.asHint.planner],
  ];
  return h('section', { class: 'card', 'aria-labelledby': 'demo-heading' },
    h('h3', { id: 'demo-heading' }, text.demoHeading, ' ', h('strong', { class: 'badge badge-simulated' }, text.demoBadge)),
    h('p', {}, text.demo),
    ...people.filter(([role]) => offer.roles.includes(role)).map(([role, port, name, hint]) =>
      h('button', { type: 'button', class: 'button person', 'data-role': role, 'data-port': port, onclick: () => go('demo/sign-in', { role, port }) },
        h('strong', {}, name), h('span', {}, hint))));
}

function withToken() {
  const token = field.value.trim();
  if (token) {
    go('session', { token });
  } else {
    said.textContent = text.empty;
    field.focus();
  }
}

/** @param {string} address @param {Record<string, unknown>} body */
async function go(address, body) {
  const buttons = document.querySelectorAll('button');
  const busy = (/** @type {boolean} */ is) => buttons.forEach((button) => { button.disabled = is; });
  busy(true);
  said.textContent = text.working;
  try {
    const response = await send('POST', address, body);
    if (response.ok) {
      const now = await fetch('session').then((answer) => answer.json());
      location.assign(next(now.role));
      return;
    }
    said.textContent = response.status === 401 || response.status === 400 ? text.refused : text.failed;
  } catch {
    said.textContent = text.failed;
  }
  busy(false);
  field.focus();
}

/** @param {Role} role @returns {string} where this one wanted to go, or its own first page */
function next(role) {
  const wanted = new URLSearchParams(location.search).get('next') ?? '';
  if (NEXT.test(wanted) && !wanted.startsWith('sign-in')) return wanted;
  return role === 'planner' ? 'planner.html' : 'officer.html';
}
