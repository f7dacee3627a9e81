/** @import { Alert } from './types.js' */
/** @import { View } from './state.js' */
import { getJson } from '../api.js';

const STATES = ['open', 'acknowledged', 'decided', 'closed'];
const SEVERITIES = ['high', 'medium', 'low', 'info'];
const LATE_MS = 6 * 3600000;

/** The latest revision of every alert that came. */
export class Alerts {
  /** @type {Map<string, Alert>} */
  #byId = new Map();
  /** True once all that was there has come. */
  isComplete = false;
  /** The newest data of the store, ms, or null. @type {number | null} */
  #dataAt = null;
  #isLive = false;
  #isSimulated = false;

  /** @param {string} id */
  get(id) {
    return this.#byId.get(id);
  }

  /** @param {Alert} alert @returns {Alert | undefined | null} what was there before; null where it is no news */
  take(alert) {
    const before = this.#byId.get(alert.id);
    if (before && before.revision >= alert.revision) return null;
    this.#byId.set(alert.id, alert);
    return before;
  }

  get ports() {
    return [...new Set([...this.#byId.values()].map((alert) => alert.port))].sort();
  }

  get isSimulated() {
    return this.#isSimulated || [...this.#byId.values()].some((alert) => alert.simulated);
  }

  get open() {
    return [...this.#byId.values()].filter((alert) => alert.state === 'open').length;
  }

  /** @param {View} view @returns {Alert[]} */
  shown(view) {
    const rank = (/** @type {string[]} */ order, /** @type {string} */ value) => (order.indexOf(value) + 1) || 9;
    const berths = (/** @type {Alert} */ alert) => Date.parse(alert.berthing_at ?? '') || Number.MAX_SAFE_INTEGER;
    const urgent = (/** @type {Alert} */ a, /** @type {Alert} */ b) =>
      rank(STATES, a.state) - rank(STATES, b.state) || rank(SEVERITIES, a.severity) - rank(SEVERITIES, b.severity) || berths(a) - berths(b);
    return [...this.#byId.values()]
      .filter((alert) => (view.show === 'all' || alert.state === 'open' || alert.state === 'acknowledged') && (!view.port || alert.port === view.port))
      .sort((a, b) => (view.sort === 'newest' ? 0 : urgent(a, b)) || b.opened_at.localeCompare(a.opened_at) || a.id.localeCompare(b.id));
  }

  /** Asks how old the data is: in a recording, hours to berthing count from its end, not from today. */
  async readClock() {
    try {
      const health = await getJson('health');
      this.#dataAt = Date.parse(health.last_event_at ?? '') || null;
      this.#isLive = health.live === true;
      this.#isSimulated = health.simulated === true;
    } catch {
      // The stream says whether there is a connection.
    }
  }

  /** @returns {{ now: number, isOfData: boolean }} ms, and whether it is the data's time and not the clock's */
  clock() {
    const newest = Math.max(this.#dataAt ?? 0, ...[...this.#byId.values()].map((alert) => Date.parse(alert.opened_at) || 0));
    const wall = Date.now();
    return newest > 0 && (!this.#isLive || wall - newest > LATE_MS) ? { now: newest, isOfData: true } : { now: wall, isOfData: false };
  }
}
