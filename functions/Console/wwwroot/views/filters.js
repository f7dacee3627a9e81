/** @import { ViewState, View } from '../state.js' */
/** @import { Findings } from '../findings.js' */
/** @import { Pulse } from '../pulse.js' */
import { byId, debounce, h } from '../dom.js';
import { mark } from '../glyphs.js';
import { isFiltered } from '../state.js';
import { kindName, text } from '../text.en.js';

const words = text.filters;
const SEVERITIES = /** @type {const} */ (['high', 'medium', 'low', 'info']);
const STATES = /** @type {const} */ (['open', 'closed', 'retracted']);
const DAY_MS = 86400000;

/**
 * The filters, each written to the address and read back from it.
 * @param {ViewState} state
 * @param {Findings} findings
 * @param {Pulse} pulse
 */
export function filters(state, findings, pulse) {
  const root = byId('filters');
  const kindsSeen = new Set(['gap', 'loitering', 'drift', 'sudden-stop', 'impossible-movement', 'shared-identity', 'identity-change', 'voyage-change', 'draught-change',
    'zone-entry', 'port-visit', 'encounter', 'spoofing', 'distress', 'congestion']);

  const search = h('input', {
    type: 'search', class: 'field', placeholder: words.text, 'aria-label': words.text, autocomplete: 'off', spellcheck: 'false',
    oninput: debounce(250, () => state.set({ text: search.value }, 'replace')),
  });
  const severities = SEVERITIES.map((severity) => toggle('severities', severity, mark('', severity), text.severity[severity]));
  const states = STATES.map((value) => check('states', value, text.state[value]));
  const kinds = h('fieldset', {}, h('legend', { class: 'unseen' }, words.kind));
  const from = timeField(words.from, 'from');
  const to = timeField(words.to, 'to');
  const inView = h('label', { class: 'chip', title: words.inViewTitle },
    h('input', { type: 'checkbox', id: 'inview', onchange: (/** @type {any} */ e) => state.set({ inView: e.target.checked }) }),
    h('span', {}, words.inView));

  const kindMenu = menu(words.kind, kinds);
  const stateMenu = menu(words.state, h('fieldset', {}, h('legend', { class: 'unseen' }, words.state), ...states));
  const timeMenu = menu(words.time, from.label, to.label, h('div', { class: 'menu-actions' },
    preset(words.lastDay, 1), preset(words.lastWeek, 7),
    h('button', { type: 'button', class: 'button button-quiet', onclick: () => state.set({ from: '', to: '' }) }, words.anyTime)));

  const foldName = h('summary', {}, words.open);
  const fold = h('details', { class: 'filters-fold' }, foldName, h('div', { class: 'filters-body' },
    h('div', { class: 'filters-row', role: 'group', 'aria-label': words.severity }, ...severities),
    h('div', { class: 'filters-row' }, kindMenu, stateMenu, timeMenu, inView)));
  const narrow = matchMedia('(max-width: 860px)');
  const unfold = () => { fold.open = !narrow.matches; };
  narrow.addEventListener('change', unfold);
  unfold();
  root.className = 'filters';
  root.setAttribute('aria-label', text.regions.filters);
  root.append(search, fold);

  document.addEventListener('click', (event) => closeMenus(/** @type {Node} */ (event.target)));
  root.addEventListener('keydown', (event) => {
    const open = /** @type {HTMLElement | null} */ (root.querySelector('.menu[open]'));
    if (event.key !== 'Escape' || !open) return;
    event.stopPropagation();
    closeMenus(null);
    open.querySelector('summary')?.focus();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || /INPUT|SELECT/.test(document.activeElement?.tagName ?? '')) return;
    event.preventDefault();
    search.focus();
  });

  const show = () => {
    const view = state.value;
    if (document.activeElement !== search) search.value = view.text;
    if (document.activeElement !== from.input) from.input.value = view.from;
    if (document.activeElement !== to.input) to.input.value = view.to;
    for (const input of root.querySelectorAll('input[data-key]')) {
      const { key, value } = /** @type {HTMLInputElement} */ (input).dataset;
      /** @type {HTMLInputElement} */ (input).checked = listOf(view, key).includes(value ?? '');
    }
    /** @type {HTMLInputElement} */ (inView.querySelector('input')).checked = view.inView;
    setMenu(kindMenu, view.kinds.length === 1 ? kindName(view.kinds[0]) : words.kind, view.kinds.length);
    setMenu(stateMenu, view.states.map((value) => text.state[/** @type {'open'} */ (value)]).join(', ') || words.state, view.states.length);
    setMenu(timeMenu, words.time, view.from || view.to ? 1 : 0);
    const active = view.kinds.length + view.severities.length + view.states.length + (view.from || view.to ? 1 : 0) + (view.inView ? 1 : 0);
    foldName.textContent = active ? words.active(active) : words.open;
    root.dataset.filtered = String(isFiltered(view));
  };

  const showKinds = () => {
    const before = kindsSeen.size;
    for (const kind of [...state.value.kinds, ...findings.shown.map((finding) => finding.properties.kind)]) kindsSeen.add(kind);
    if (kinds.querySelector('input') && kindsSeen.size === before) return;
    const known = Object.keys(text.kind);
    const ordered = [...kindsSeen].sort((a, b) => known.indexOf(a) - known.indexOf(b));
    kinds.replaceChildren(/** @type {Node} */ (kinds.firstChild), ...ordered.map((kind) => check('kinds', kind, kindName(kind))));
    show();
  };

  state.onChange(show);
  findings.onChange(showKinds);
  showKinds();
  show();

  /** @param {Node | null} target */
  function closeMenus(target) {
    for (const open of root.querySelectorAll('.menu[open]')) {
      if (!target || !open.contains(target)) open.removeAttribute('open');
    }
  }

  /** @param {'kinds' | 'severities' | 'states'} key @param {string} value */
  function input(key, value) {
    return h('input', {
      type: 'checkbox', 'data-key': key, 'data-value': value,
      onchange: (/** @type {any} */ event) => {
        const others = state.value[key].filter((other) => other !== value);
        state.set({ [key]: event.target.checked ? [...others, value].sort() : others });
      },
    });
  }

  /** @param {'severities'} key @param {string} value @param {Node} sign @param {string} name */
  function toggle(key, value, sign, name) {
    return h('label', { class: 'chip' }, input(key, value), h('span', {}, sign, name));
  }

  /** @param {'kinds' | 'states'} key @param {string} value @param {string} name */
  function check(key, value, name) {
    return h('label', { class: 'check' }, input(key, value), name);
  }

  /** @param {string} name @param {'from' | 'to'} key */
  function timeField(name, key) {
    const field = h('input', {
      type: 'datetime-local', class: 'field', step: '60',
      onchange: () => state.set({ [key]: field.value }),
    });
    return { input: field, label: h('label', { class: 'time-field' }, name, field) };
  }

  /** @param {string} name @param {number} days */
  function preset(name, days) {
    return h('button', {
      type: 'button', class: 'button button-quiet', onclick: () => {
        const end = Date.parse(pulse.health?.last_event_at ?? '') || Date.now();
        state.set({ from: new Date(end - days * DAY_MS).toISOString().slice(0, 16), to: '' });
      },
    }, name);
  }
}

/** @param {string} name @param {...Node} body */
function menu(name, ...body) {
  return h('details', { class: 'menu' }, h('summary', {}, name), h('div', { class: 'menu-body' }, ...body));
}

/** @param {HTMLElement} element @param {string} name @param {number} chosen */
function setMenu(element, name, chosen) {
  element.classList.toggle('is-set', chosen > 0);
  const summary = element.querySelector('summary');
  if (summary) summary.textContent = chosen > 1 ? `${name.includes(',') ? words.state : name} (${chosen})` : name;
}

/** @param {View} view @param {string | undefined} key @returns {string[]} */
const listOf = (view, key) => /** @type {any} */ (view)[key ?? ''] ?? [];
