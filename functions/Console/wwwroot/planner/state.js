/**
 * What is shown, kept in the address so that it can be shared.
 *
 * @typedef {object} View
 * @property {string} port LOCODE, or empty for the first
 * @property {string} at   when the forecast was issued, or empty for the latest
 */

/** @param {string} search @returns {View} */
export function readView(search) {
  const query = new URLSearchParams(search);
  const at = query.get('at') ?? '';
  return {
    port: (query.get('port') ?? '').toUpperCase().replace(/[^A-Z0-9]/g, '').slice(0, 5),
    at: Number.isFinite(Date.parse(at)) ? at : '',
  };
}

/** @param {View} view @returns {string} */
export function writeView(view) {
  const parts = [view.port && `port=${view.port}`, view.at && `at=${view.at}`].filter(Boolean);
  return parts.length ? `?${parts.join('&')}` : location.pathname;
}

export class PlanState {
  /** @type {View} */
  value = readView(location.search);

  /** @type {(() => void)[]} */
  #listeners = [];

  constructor() {
    addEventListener('popstate', () => {
      this.value = readView(location.search);
      this.#tell();
    });
  }

  /** @param {() => void} listener */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  /** @param {Partial<View>} patch */
  set(patch) {
    const next = { ...this.value, ...patch };
    if (writeView(next) === writeView(this.value)) return;
    history.pushState(null, '', writeView(next));
    this.value = next;
    this.#tell();
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }
}
