/** @import { Health } from './types.js' */
import { getJson } from './api.js';

const EVERY_MS = 5000;
const RETRY_MS_MAX = 60000;

/** Asks for the feed's health every few seconds: a few bytes that say whether anything changed. */
export class Pulse {
  /** @type {Health | null} */
  health = null;
  /** When the last answer came. @type {Date | null} */
  heardAt = null;
  failures = 0;
  paused = false;

  #timer = 0;
  /** @type {(() => void)[]} */
  #listeners = [];
  /** @type {() => void} */
  #changed = () => {};

  constructor() {
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden && !this.paused) this.beat();
    });
  }

  /** @param {() => void} listener */
  onBeat(listener) {
    this.#listeners.push(listener);
  }

  /** @param {() => void} listener called when the store moved on */
  onNewData(listener) {
    this.#changed = listener;
  }

  /** @param {boolean} paused */
  pause(paused) {
    this.paused = paused;
    clearTimeout(this.#timer);
    if (paused) this.#tell();
    else this.beat();
  }

  async beat() {
    clearTimeout(this.#timer);
    const before = this.health;
    const failed = this.failures > 0;
    try {
      this.health = await getJson('health');
      this.heardAt = new Date();
      this.failures = 0;
    } catch {
      this.failures++;
    }
    this.#tell();
    if (this.failures === 0 && before && (failed || before.generation !== this.health?.generation)) this.#changed();
    if (!this.paused && !document.hidden) {
      this.#timer = window.setTimeout(() => this.beat(), Math.min(EVERY_MS * 2 ** this.failures, RETRY_MS_MAX));
    }
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }
}
