/**
 * What a page shows, kept in its address so that it can be shared and the browser's back button works.
 *
 * @template {object} T
 */
export class AddressView {
  /** @type {T} */
  value;

  /** @type {(view: T) => string} */
  #write;

  /** @type {((now: T, before: T) => void)[]} */
  #listeners = [];

  /**
   * @param {(search: string) => T} read    a view from the query of an address
   * @param {(view: T) => string} write     an address relative to the page
   */
  constructor(read, write) {
    this.value = read(location.search);
    this.#write = write;
    addEventListener('popstate', () => this.#become(read(location.search)));
  }

  /** @param {(now: T, before: T) => void} listener */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  /** @param {Partial<T>} patch */
  set(patch) {
    const next = { ...this.value, ...patch };
    if (this.#write(next) === this.#write(this.value)) return;
    history.pushState(null, '', this.#write(next));
    this.#become(next);
  }

  /** @param {T} next */
  #become(next) {
    const before = this.value;
    this.value = next;
    for (const listener of this.#listeners) listener(next, before);
  }
}
