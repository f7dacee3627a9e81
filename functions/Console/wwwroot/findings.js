/** @import { Finding, Page } from './types.js' */
/** @import { View } from './state.js' */
import { FeedError, LIMIT_MAX, PAGE_SIZE, findingsAddress, getJson, isMmsi, linkOf } from './api.js';
import { subjectName } from './format.js';

/** The most findings that the page holds; beyond it the analyst has to narrow the question. */
export const FINDINGS_MAX = LIMIT_MAX;

const ORDER = /** @type {Record<string, number>} */ ({ high: 3, medium: 2, low: 1, info: 0 });

/** The one result that list and map are both fed from. */
export class Findings {
  /** @type {Finding[]} */
  shown = [];
  /** How many were searched for a name, where not all could be. @type {number | null} */
  searched = null;
  /** Exact number of findings that match, or null where the feed does not say. @type {number | null} */
  matched = null;
  /** @type {'none' | 'loading' | 'more' | 'ready'} */
  status = 'none';
  /** @type {FeedError | null} */
  error = null;
  /** @type {Date | null} */
  readAt = null;

  #next = '';
  #asked = '';
  #abort = new AbortController();
  /** @type {(() => void)[]} */
  #listeners = [];

  /** @param {() => void} listener */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  get hasMore() {
    return this.#next !== '' && this.shown.length < FINDINGS_MAX;
  }

  /**
   * Asks anew. What is shown stays until the answer is here.
   * @param {View} view
   * @param {string} bbox
   * @param {boolean} [keepLength] as many as are shown now, for a refresh
   */
  async load(view, bbox, keepLength = false) {
    // The feed compares texts whole, so a part of a name is looked for here, in everything that else matches.
    const name = isMmsi(view.text) ? '' : view.text.trim().toLowerCase();
    const wanted = name ? FINDINGS_MAX : keepLength ? Math.min(FINDINGS_MAX, Math.max(PAGE_SIZE, this.shown.length)) : PAGE_SIZE;
    this.#asked = findingsAddress(view, bbox, wanted);
    await this.#run(keepLength ? this.status : 'loading', async (signal) => {
      /** @type {Page} */
      let page = await getJson(this.#asked, signal);
      const features = page.features;
      // The feed may give fewer at once than asked for: go on until the refresh shows no less than before.
      while (features.length < wanted && linkOf(page, 'next') && page.features.length) {
        page = await getJson(linkOf(page, 'next'), signal);
        features.push(...page.features);
      }
      this.#take(features, page);
      if (name) this.#narrow(name);
    });
    this.#sort(view);
  }

  /** @param {View} view */
  async more(view) {
    if (!this.hasMore || this.status !== 'ready') return;
    await this.#run('more', async (signal) => {
      const page = await getJson(this.#next, signal);
      this.#take([...this.shown, ...page.features], page);
    });
    this.#sort(view);
  }

  /** @param {View} view */
  resort(view) {
    this.#sort(view);
  }

  /**
   * @param {Finding[]} features
   * @param {Page} page
   */
  #take(features, page) {
    // A refresh may meet a finding twice while the order moves: the last revision wins, and the count stays true.
    this.shown = [...new Map(features.map((finding) => [finding.properties.id, finding])).values()];
    this.matched = page.numberMatched ?? null;
    this.searched = null;
    this.#next = linkOf(page, 'next');
    this.readAt = new Date();
  }

  /** @param {string} name in lower case */
  #narrow(name) {
    if (this.#next) this.searched = this.shown.length;
    this.shown = this.shown.filter(({ properties }) => `${subjectName(properties)} ${properties.subject}`.toLowerCase().includes(name));
    this.matched = this.shown.length;
    this.#next = '';
  }

  /** @param {View} view */
  #sort(view) {
    const start = (/** @type {Finding} */ finding) => Date.parse(finding.properties.start_at);
    this.shown.sort((a, b) =>
      (view.sort === 'severity' ? ORDER[b.properties.severity] - ORDER[a.properties.severity] : 0)
      || start(b) - start(a)
      || (a.properties.id < b.properties.id ? -1 : 1));
    this.#tell();
  }

  /**
   * @param {Findings['status']} status
   * @param {(signal: AbortSignal) => Promise<void>} work
   */
  async #run(status, work) {
    this.#abort.abort();
    const abort = (this.#abort = new AbortController());
    this.status = status;
    this.#tell();
    try {
      await work(abort.signal);
      this.error = null;
    } catch (error) {
      if (abort.signal.aborted) return;
      this.error = error instanceof FeedError ? error : new FeedError(0, String(error));
    }
    this.status = 'ready';
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }
}
