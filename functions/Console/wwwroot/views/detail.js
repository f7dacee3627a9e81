/** @import { Finding, FindingProperties } from '../types.js' */
/** @import { ViewState } from '../state.js' */
/** @import { Selection } from '../selection.js' */
import { byId, h } from '../dom.js';
import { duration, quantity, readable, span, subjectName } from '../format.js';
import { mark } from '../glyphs.js';
import { picture } from '../map/ships.js';
import { kindName, text } from '../text.en.js';
import { vesselAddress } from '../vessel/state.js';
import { evidence } from './evidence.js';
import { history } from './history.js';
import { measured } from './measured.js';

const words = text.detail;

/**
 * The opened finding: first the sentence, then what it rests on.
 * @param {ViewState} state
 * @param {Selection} selection
 */
export function detail(state, selection) {
  const root = byId('detail');
  root.setAttribute('aria-label', text.regions.detail);
  let shownId = '';

  const close = () => {
    const id = state.value.finding;
    state.set({ finding: '', at: null });
    /** @type {HTMLElement | null} */ (document.querySelector(`[data-finding="${CSS.escape(id)}"]`))?.focus();
  };
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && state.value.finding && !event.defaultPrevented) close();
  });

  const show = () => {
    const id = state.value.finding;
    root.hidden = !id;
    document.body.classList.toggle('has-finding', Boolean(id));
    if (!id) {
      root.replaceChildren();
      shownId = '';
      return;
    }
    const { finding, error } = selection;
    const bar = h('div', { class: 'detail-bar' },
      h('button', { type: 'button', class: 'button button-quiet detail-back', onclick: close }, `← ${words.back}`), h('span', { class: 'detail-title' }, text.regions.detail),
      h('button', { type: 'button', class: 'button button-quiet button-square detail-close', 'aria-label': words.close, title: words.close, onclick: close }, '×'));
    const top = shownId === id ? root.scrollTop : 0;
    const openParts = [...root.querySelectorAll('details')].map((part) => part.open);
    if (finding && finding.properties.id === id) root.replaceChildren(bar, ...content(finding));
    else root.replaceChildren(bar, h('p', { class: 'detail-note' }, error ? (error.status === 404 ? words.notFound : words.failed) : text.list.loading));
    if (shownId === id) [...root.querySelectorAll('details')].forEach((part, i) => { if (openParts[i] !== undefined) part.open = openParts[i]; });
    root.scrollTop = top;
    if (shownId !== id && finding) {
      root.focus({ preventScroll: true });
      shownId = id;
    }
  };

  /** @param {Finding} finding */
  function content(finding) {
    const p = finding.properties;
    return [
      h('header', { class: 'detail-head' },
        h('p', { class: 'detail-kind' }, mark(p.kind, p.severity),
          h('span', {}, kindName(p.kind)), h('span', { class: `severity severity-${p.severity}` }, text.severity[p.severity] ?? p.severity)),
        h('h2', { class: 'detail-name' }, subjectName(p)),
        h('p', { class: 'detail-sub' }, p.name && p.mmsi ? h('span', {}, `${words.mmsi} ${p.mmsi}`) : null,
          h('span', {}, text.state[p.state] ?? p.state), p.settled ? null : h('span', {}, text.provisional),
          p.simulated ? h('strong', { class: 'badge badge-simulated' }, text.simulated) : null)),
      selection.hidden ? h('p', { class: 'detail-note' }, words.hidden, ' ',
        h('button', { type: 'button', class: 'button button-quiet', onclick: () => state.clearFilters() }, text.filters.clear)) : null,
      h('p', { class: 'reason' }, readable(p.reason)),
      p.retracted_because ? h('p', { class: 'retracted' }, h('strong', {}, words.retracted), ' ', readable(p.retracted_because)) : null,
      p.amended_because ? h('p', { class: 'retracted' }, h('strong', {}, words.amended), ' ', readable(p.amended_because)) : null,
      h('p', { class: 'detail-when' }, span(p.start_at, p.end_at),
        p.end_at && p.end_at !== p.start_at ? h('span', {}, duration(Date.parse(p.end_at) - Date.parse(p.start_at))) : null),
      h('div', { class: 'detail-actions' }, copyLink(),
        h('a', { class: 'button', href: `collections/findings/items/${encodeURIComponent(p.id)}?f=json`, target: '_blank', rel: 'noopener' }, words.geojson),
        p.mmsi ? h('button', { type: 'button', class: 'button', onclick: () => state.set({ ...nothing, text: String(p.mmsi) }) }, words.others) : null),
      h('p', { class: 'detail-links' }, h('a', { rel: 'describedby', href: `kinds/${p.kind}` }, words.meaning),
        ...p.subject.split('+').map((subject, i, all) => h('a', { href: vesselAddress(subject, p.id) }, all.length > 1 ? words.dossierOf(i + 1) : words.dossier))),
      seen(p),
      measured(p),
      history(selection.revisions),
      evidence(p.evidence),
      about(p),
    ].filter((part) => part !== null);
  }

  state.onChange((now, before) => { if (now.finding !== before.finding) show(); });
  selection.onChange(show);
  show();
}

const nothing = { kinds: [], severities: [], states: [], from: '', to: '', inView: false };

function copyLink() {
  const button = h('button', {
    type: 'button', class: 'button', onclick: async () => {
      const done = await navigator.clipboard?.writeText(location.href).then(() => true, () => false);
      button.textContent = done ? words.copied : words.copyFailed;
      byId('said').textContent = button.textContent;
      setTimeout(() => { button.textContent = words.copy; }, 2500);
    },
  }, words.copy);
  return button;
}

/** What the satellite saw. @param {FindingProperties} p */
function seen(p) {
  const chip = p.kind === 'dark-ship' ? picture(p.subject) : null;
  return chip && h('section', { class: 'part' }, h('h3', {}, text.scenes.seen), h('figure', { class: 'seen' }, chip));
}

/** @param {FindingProperties} p */
function about(p) {
  /** @type {[string, unknown][]} */
  const rows = [[words.rule, p.rule], [words.ruleVersion, p.rule_version], [words.profile, p.profile], [words.object, p.object],
    [words.reference, p.reference], [words.position, p.position], [words.id, p.id]];
  return h('section', { class: 'part' }, h('h3', {}, words.about), h('dl', { class: 'facts' },
    ...rows.filter(([, value]) => value !== null && value !== undefined && value !== '').flatMap(([name, value]) => [
      h('dt', {}, name), h('dd', {}, plain(value))])));
}

/** @param {unknown} value @returns {string} */
function plain(value) {
  if (value === null || typeof value !== 'object') return String(value);
  return Object.entries(value).map(([key, part]) => {
    const { label, value: said } = quantity(key, part);
    return Array.isArray(value) ? said : `${label} ${said}`;
  }).join(', ');
}

