/** @import { Alert } from './types.js' */

/** @typedef {'connecting' | 'live' | 'cut' | 'ended'} LineState */

const SILENCE_MS_MAX = 40000;
const PAUSE_MS = 1000;
const PAUSE_MS_MAX = 30000;

/**
 * The stream of alerts, read with fetch so that it goes on where it was cut: the last id that came is sent again, and
 * the server tells what was missed, once.
 */
export class AlertStream {
  /** @type {LineState} */
  state = 'connecting';
  /** When something last came. @type {Date | null} */
  heardAt = null;

  #lastId = '';
  #failures = 0;
  #timer = 0;
  #watch = 0;
  /** @type {AbortController | null} */
  #open = null;
  #onAlert;
  #onReady;
  #onState;

  /**
   * @param {(alert: Alert) => void} onAlert
   * @param {() => void} onReady called when all that was there has come
   * @param {() => void} onState
   */
  constructor(onAlert, onReady, onState) {
    this.#onAlert = onAlert;
    this.#onReady = onReady;
    this.#onState = onState;
    addEventListener('online', () => this.retry());
    addEventListener('offline', () => this.#open?.abort());
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.retry(); });
  }

  /** Tries now, whatever the pause; nothing where the line is up or the session has ended. */
  retry() {
    if (this.state !== 'cut') return;
    this.#failures = 0;
    this.run();
  }

  async run() {
    clearTimeout(this.#timer);
    const open = new AbortController();
    this.#open?.abort();
    this.#open = open;
    try {
      this.#listen(open);
      const response = await fetch('alerts/stream', {
        headers: { accept: 'text/event-stream', ...(this.#lastId ? { 'last-event-id': this.#lastId } : {}) },
        signal: open.signal,
        cache: 'no-store',
      });
      if (response.status === 401 || response.status === 403) {
        this.#become('ended');
        return;
      }
      if (!response.ok || !response.body) throw new Error(String(response.status));
      await this.#read(response.body, open);
      // The server ended it in good order, as it must behind some hosts: come again.
      if (this.#open === open) this.#again(PAUSE_MS);
    } catch {
      if (this.#open !== open) return;
      this.#failures++;
      this.#become('cut');
      this.#again(Math.min(PAUSE_MS * 2 ** (this.#failures - 1), PAUSE_MS_MAX));
    } finally {
      if (this.#open === open) clearTimeout(this.#watch);
    }
  }

  /** @param {ReadableStream<Uint8Array>} body @param {AbortController} open */
  async #read(body, open) {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      this.heardAt = new Date();
      this.#listen(open);
      rest += decoder.decode(value, { stream: true });
      const blocks = rest.split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) this.#take(block);
    }
  }

  /** @param {string} block one event */
  #take(block) {
    /** @type {Record<string, string>} */
    const fields = {};
    for (const line of block.split('\n')) {
      const at = line.indexOf(': ');
      if (at > 0) fields[line.slice(0, at)] = line.slice(at + 2);
    }
    if (fields.event === 'alert') this.#onAlert(JSON.parse(fields.data));
    // Only what has been taken counts as seen.
    if (fields.id) this.#lastId = fields.id;
    if (fields.event === 'ready') {
      this.#failures = 0;
      this.#become('live');
      this.#onReady();
    }
  }

  /**
   * A line that says nothing, not even that it lives, is cut.
   * @param {AbortController} open
   */
  #listen(open) {
    clearTimeout(this.#watch);
    this.#watch = window.setTimeout(() => open.abort(), SILENCE_MS_MAX);
  }

  /** @param {number} pause */
  #again(pause) {
    this.#timer = window.setTimeout(() => this.run(), pause);
  }

  /** @param {LineState} state */
  #become(state) {
    if (state === this.state) return;
    this.state = state;
    this.#onState();
  }
}
