/**
 * The view, kept in the address so that it can be shared.
 *
 * @typedef {object} View
 * @property {string} alert  id of the opened alert, or empty
 * @property {'todo' | 'all'} show
 * @property {'urgent' | 'newest'} sort
 * @property {string} port   only this port's, or empty
 */

/** @param {string} search @returns {View} */
export function readView(search) {
  const query = new URLSearchParams(search);
  return {
    alert: query.get('alert') ?? '',
    show: query.get('show') === 'all' ? 'all' : 'todo',
    sort: query.get('sort') === 'newest' ? 'newest' : 'urgent',
    port: query.get('port') ?? '',
  };
}

/** @param {View} view @returns {string} an address relative to the page */
export function writeView(view) {
  const parts = [
    view.show === 'all' ? 'show=all' : '',
    view.sort === 'newest' ? 'sort=newest' : '',
    view.port ? `port=${encodeURIComponent(view.port)}` : '',
    view.alert ? `alert=${encodeURIComponent(view.alert)}` : '',
  ].filter(Boolean);
  return `officer.html${parts.length ? `?${parts.join('&')}` : ''}`;
}

/** The one view of this page. */
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

  /** @param {Partial<View>} patch */
  set(patch) {
    const next = { ...this.value, ...patch };
    if (writeView(next) === writeView(this.value)) return;
    history.pushState(null, '', writeView(next));
    this.#become(next);
  }

  /** @param {View} next */
  #become(next) {
    const before = this.value;
    this.value = next;
    for (const listener of this.#listeners) listener(next, before);
  }
}
