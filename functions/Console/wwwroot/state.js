/**
 * The view, kept in the address so that it can be shared: what is filtered, sorted, selected and shown.
 *
 * @typedef {object} View
 * @property {string[]} kinds
 * @property {string[]} severities
 * @property {string[]} states
 * @property {string} from        UTC, as "2026-11-20T14:00", or empty
 * @property {string} to
 * @property {string} text        a vessel's name or MMSI
 * @property {boolean} inView     only what the map shows
 * @property {'time' | 'severity'} sort
 * @property {string} finding     id of the selected finding, or empty
 * @property {number | null} at   the slider's time, ms
 * @property {string[]} layers
 * @property {[number, number, number] | null} map  zoom, latitude, longitude
 */

export const DEFAULT_LAYERS = ['vessels', 'zones'];
const FILTERS = /** @type {const} */ (['kinds', 'severities', 'states', 'from', 'to', 'text', 'inView']);

/**
 * @param {string} search
 * @returns {View}
 */
export function readView(search) {
  const query = new URLSearchParams(search);
  const list = (/** @type {string} */ key) => (query.get(key) ?? '').split(',').filter(Boolean);
  const map = (query.get('map') ?? '').split('/').map(Number);
  const at = Date.parse(query.get('t') ?? '');
  return {
    kinds: list('kind'),
    severities: list('severity'),
    states: list('state'),
    from: query.get('from') ?? '',
    to: query.get('to') ?? '',
    text: query.get('q') ?? '',
    inView: query.has('inview'),
    sort: query.get('sort') === 'severity' ? 'severity' : 'time',
    finding: query.get('finding') ?? '',
    at: Number.isFinite(at) ? at : null,
    layers: query.has('layers') ? list('layers') : DEFAULT_LAYERS,
    map: map.length === 3 && map.every(Number.isFinite) ? [map[0], map[1], map[2]] : null,
  };
}

/**
 * @param {View} view
 * @returns {string} the query part, with its question mark, or "."
 */
export function writeView(view) {
  /** @type {string[]} */
  const parts = [];
  const put = (/** @type {string} */ key, /** @type {string} */ value) => {
    // Commas, colons and slashes are legal here, and an address that can be read is worth having.
    if (value) parts.push(`${key}=${encodeURIComponent(value).replace(/%2C/g, ',').replace(/%3A/g, ':').replace(/%2F/g, '/')}`);
  };
  put('kind', view.kinds.join(','));
  put('severity', view.severities.join(','));
  put('state', view.states.join(','));
  put('from', view.from);
  put('to', view.to);
  put('q', view.text);
  put('inview', view.inView ? '1' : '');
  put('sort', view.sort === 'time' ? '' : view.sort);
  if (view.layers.join() !== DEFAULT_LAYERS.join()) parts.push(`layers=${view.layers.join(',')}`);
  put('finding', view.finding);
  put('t', view.at === null ? '' : new Date(view.at).toISOString().slice(0, 19) + 'Z');
  put('map', view.map ? `${view.map[0].toFixed(2)}/${view.map[1].toFixed(4)}/${view.map[2].toFixed(4)}` : '');
  return parts.length ? `?${parts.join('&')}` : '.';
}

/**
 * @param {View} view
 * @returns {boolean} whether anything narrows the list
 */
export const isFiltered = (view) => FILTERS.some((key) => String(view[key]) !== '' && view[key] !== false);

/**
 * Whether two views ask the feed for different findings.
 * @param {View} a
 * @param {View} b
 */
export const asksDifferently = (a, b) => FILTERS.some((key) => String(a[key]) !== String(b[key]));

/** The one view of this page; tells its listeners what it was and what it is. */
export class ViewState {
  /** @type {View} */
  value = readView(location.search);

  /** @type {((now: View, before: View) => void)[]} */
  #listeners = [];

  constructor() {
    addEventListener('popstate', () => this.#become(readView(location.search)));
  }

  /** @param {(now: View, before: View) => void} listener */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  /**
   * @param {Partial<View>} patch
   * @param {'push' | 'replace'} [how] replace for what changes many times a second
   */
  set(patch, how = 'push') {
    const next = { ...this.value, ...patch };
    if (writeView(next) === writeView(this.value)) return;
    history[how === 'push' ? 'pushState' : 'replaceState'](null, '', writeView(next));
    this.#become(next);
  }

  clearFilters() {
    this.set({ kinds: [], severities: [], states: [], from: '', to: '', text: '', inView: false });
  }

  /** @param {View} next */
  #become(next) {
    const before = this.value;
    this.value = next;
    for (const listener of this.#listeners) listener(next, before);
  }
}
