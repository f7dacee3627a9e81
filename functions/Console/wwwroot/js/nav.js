/** @import { Session } from './session.js' */
import { h } from '../dom.js';
import { navText as text } from './nav.text.en.js';
import { send, session } from './session.js';

/** @typedef {'map' | 'alerts' | 'forecast' | 'kinds' | 'letters'} Page */

/** @type {[Page, string][]} */
const PAGES = [['map', './'], ['alerts', 'officer.html'], ['forecast', 'planner.html'], ['kinds', 'kinds'], ['letters', 'dead-letters.html']];

/**
 * The pages and who is signed in, in the element #nav that every page has in its header.
 * @param {Page | null} current the page that is shown; null for one that is not among them
 * @param {boolean} [hasSignIn] whether nobody is offered to sign in; false on the page for it
 */
export async function nav(current, hasSignIn = current !== null) {
  const place = document.getElementById('nav');
  if (!place) return;
  place.className = 'nav';
  place.setAttribute('aria-label', text.label);
  show(place, current, hasSignIn, null);
  show(place, current, hasSignIn, await session());
}

/**
 * @param {HTMLElement} place
 * @param {Page | null} current
 * @param {boolean} hasSignIn
 * @param {Session | null} who null while it is not known yet
 */
function show(place, current, hasSignIn, who) {
  const links = PAGES
    .filter(([page]) => page === current || (page === 'letters' ? who?.role === 'admin' : page !== 'alerts' || who?.role !== 'planner'))
    .map(([page, href]) => h('a', { href, 'aria-current': page === current ? 'page' : null }, text[page]));
  place.replaceChildren(h('span', { class: 'nav-pages' }, ...links), ...(who ? [person(who, hasSignIn)] : []));
}

/** @param {Session} who @param {boolean} hasSignIn */
function person(who, hasSignIn) {
  if (!who.signed_in) {
    const back = `${location.pathname.slice(location.pathname.lastIndexOf('/') + 1)}${location.search}`;
    return h('span', { class: 'nav-who' }, !hasSignIn ? null : h('a', { href: `sign-in.html?next=${encodeURIComponent(back)}` }, text.signIn));
  }
  const ports = who.ports?.includes('*') ? text.allPorts : (who.ports ?? []).join(', ');
  const role = who.role ? text.role[who.role] : '';
  return h('span', { class: 'nav-who' },
    h('span', { class: 'nav-role' }, ports ? `${role} · ${ports}` : role),
    h('button', { type: 'button', class: 'button button-quiet', onclick: signOut }, text.signOut));
}

async function signOut() {
  await send('DELETE', 'session');
  location.assign('sign-in.html');
}
