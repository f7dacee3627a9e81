/** @import { Finding } from '../types.js' */
/** @import { ViewState } from '../state.js' */
/** @import { Findings } from '../findings.js' */
import { PAGE_SIZE } from '../api.js';
import { byId, h } from '../dom.js';
import { dayAndTime, dayOf, readable, subjectName, timeOf } from '../format.js';
import { mark } from '../glyphs.js';
import { isFiltered, writeView } from '../state.js';
import { kindName, text } from '../text.en.js';

const words = text.list;

/**
 * The findings in words: the same result that the map draws, with its exact count.
 * @param {ViewState} state
 * @param {Findings} findings
 */
export function list(state, findings) {
  const root = byId('list');
  const heading = h('h2', { id: 'list-heading' });
  const clear = h('button', { type: 'button', class: 'button button-quiet', onclick: () => state.clearFilters() }, text.filters.clear);
  const order = h('select', {
    class: 'field', 'aria-label': text.filters.sort,
    onchange: () => state.set({ sort: order.value === 'severity' ? 'severity' : 'time' }),
  }, h('option', { value: 'time' }, text.filters.sortTime), h('option', { value: 'severity' }, text.filters.sortSeverity));
  const note = h('p', { class: 'list-note' });
  byId('list-head').append(heading, clear, order, note);

  /** Rows by finding, kept as long as they say the same. @type {Map<string, { signature: string, row: HTMLElement }>} */
  let rows = new Map();

  root.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const links = [...root.querySelectorAll('.row a')];
    const at = links.indexOf(/** @type {Element} */ (document.activeElement));
    /** @type {HTMLElement | undefined} */ (links[Math.max(0, at + step)])?.focus();
  });

  const show = () => {
    const view = state.value;
    const { shown, matched, status, error } = findings;
    order.value = view.sort;
    clear.hidden = !isFiltered(view);
    heading.textContent = status === 'none' || (status === 'loading' && findings.readAt === null) ? words.loading
      : error && shown.length === 0 ? text.regions.list
      : matched === null ? (findings.hasMore ? words.shown(shown.length) : words.findings(shown.length))
      : matched === shown.length ? words.findings(matched) : words.shownOf(shown.length, matched);
    root.dataset.shown = String(shown.length);
    root.dataset.matched = String(matched ?? '');
    root.setAttribute('aria-busy', String(status === 'loading'));
    const unplaced = shown.filter((finding) => !finding.geometry).length;
    note.textContent = [
      unplaced ? words.unplaced(unplaced) : '',
      findings.hasMore ? words.sortedAmongShown : '',
      findings.searched === null ? '' : words.searched(findings.searched),
    ].filter(Boolean).join(' ');
    note.hidden = !note.textContent;
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.closest('.row')?.id;
    replace(root, error && shown.length === 0 ? [failed()]
      : shown.length === 0 && status === 'ready' ? [empty()]
      : [...groups(shown), ...foot()]);
    if (focused) byIdOrNull(focused)?.querySelector('a')?.focus({ preventScroll: true });
  };

  /** @param {Finding[]} shown */
  function groups(shown) {
    const view = state.value;
    /** @type {typeof rows} */
    const next = new Map();
    /** @type {HTMLElement[]} */
    const parts = [];
    let group = '';
    /** @type {HTMLElement | null} */
    let listElement = null;
    for (const finding of shown) {
      const { properties } = finding;
      const name = view.sort === 'severity' ? text.severity[properties.severity] : `${dayOf(properties.start_at)}`;
      if (name !== group) {
        group = name;
        listElement = h('ul', { 'aria-label': name });
        parts.push(h('h3', { class: 'list-group' }, name, h('span', {}, text.utc)), listElement);
      }
      const selected = properties.id === view.finding;
      const signature = [properties.revision, properties.state, selected, view.sort].join();
      const kept = rows.get(properties.id);
      const row = kept?.signature === signature ? kept.row : rowOf(finding, selected);
      const link = /** @type {HTMLAnchorElement} */ (row.firstChild);
      link.setAttribute('href', writeView({ ...view, finding: properties.id, at: null }));
      next.set(properties.id, { signature, row });
      listElement?.append(row);
    }
    rows = next;
    return parts;
  }

  /** @param {Finding} finding @param {boolean} selected */
  function rowOf(finding, selected) {
    const { properties } = finding;
    const when = state.value.sort === 'time' ? timeOf(properties.start_at) : dayAndTime(properties.start_at);
    const retracted = properties.state === 'retracted';
    return h('li', { class: `row${retracted ? ' is-retracted' : ''}`, id: `row-${properties.id}` },
      h('a', {
        href: '.', 'data-finding': properties.id, 'aria-current': selected ? 'true' : null,
        onclick: (/** @type {MouseEvent} */ event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          state.set({ finding: properties.id, at: null });
        },
      },
        mark(properties.kind, properties.severity),
        h('span', {},
          h('span', { class: 'row-line' },
            h('span', { class: 'row-name' }, subjectName(properties)),
            h('time', { class: 'row-time', datetime: properties.start_at }, when)),
          h('span', { class: 'row-reason' }, readable(properties.reason)),
          h('span', { class: 'row-meta' },
            h('span', {}, kindName(properties.kind)),
            h('span', {}, text.severity[properties.severity] ?? properties.severity),
            h('span', {}, text.state[properties.state] ?? properties.state),
            properties.settled || retracted ? null : h('span', {}, text.provisional),
            properties.simulated ? h('strong', { class: 'badge badge-simulated' }, text.simulated) : null))));
  }

  function foot() {
    const { shown, matched, status, error } = findings;
    /** @type {HTMLElement[]} */
    const parts = [];
    if (error && shown.length) {
      parts.push(h('p', {}, words.failed, ' ', error.message), retry());
    } else if (findings.hasMore) {
      const rest = matched === null ? PAGE_SIZE : Math.min(PAGE_SIZE, matched - shown.length);
      parts.push(h('button', {
        type: 'button', class: 'button', disabled: status === 'more', onclick: () => findings.more(state.value),
      }, status === 'more' ? words.loadingMore : words.more(rest)));
    }
    return parts.length ? [h('div', { class: 'list-foot' }, ...parts)] : [];
  }

  function empty() {
    const view = state.value;
    if (!isFiltered(view)) {
      return h('div', { class: 'empty' }, h('strong', {}, words.empty), h('p', {}, words.emptyWhatToDo), h('code', {}, words.emptyCommand));
    }
    return view.inView
      ? h('div', { class: 'empty' }, h('strong', {}, words.emptyInView),
        h('button', { type: 'button', class: 'button', onclick: () => state.set({ inView: false }) }, words.everywhere))
      : h('div', { class: 'empty' }, h('strong', {}, words.emptyFiltered),
        h('button', { type: 'button', class: 'button', onclick: () => state.clearFilters() }, text.filters.clear));
  }

  function failed() {
    return h('div', { class: 'empty' }, h('strong', {}, words.failed), h('p', {}, findings.error?.message), retry());
  }

  const retry = () => h('button', {
    type: 'button', class: 'button', onclick: () => dispatchEvent(new CustomEvent('reload')),
  }, words.retry);

  state.onChange((now, before) => {
    show();
    if (now.finding && now.finding !== before.finding) byIdOrNull(`row-${now.finding}`)?.scrollIntoView({ block: 'nearest' });
  });
  findings.onChange(show);
  show();
}

/** @param {string} id */
const byIdOrNull = (id) => document.getElementById(id);

/**
 * Replaces the children and keeps where the reader has scrolled to.
 * @param {HTMLElement} root
 * @param {HTMLElement[]} children
 */
function replace(root, children) {
  const top = root.scrollTop;
  root.replaceChildren(...children);
  root.scrollTop = top;
}

