/** @import { Dossier, JudgedFinding } from './types.js' */
/** @import { Session } from '../js/session.js' */
import { byId } from '../dom.js';
import { send } from '../js/session.js';
import { text } from './text.en.js';

const words = text.judgement;
const LOOK_MS = 700;
const LOOKS_MAX = 30;

/** The longest reason; the server holds the same bound. */
export const REASON_MAX = 1000;

/** What an analyst does with one finding at a time: a form that stays open while the dossier is read anew. */
export class Judging {
  /** Id of the finding whose form is open, or empty. */
  open = '';
  /** What was typed. */
  reason = '';
  isBusy = false;
  /** @type {Record<string, string>} by finding */
  messages = {};

  #who;
  #again;
  #waitsFor = '';
  #waitsUntil = 0;
  /** @type {(() => void)[]} */
  #listeners = [];

  /** @param {Session} who @param {() => void} again reads the dossier anew */
  constructor(who, again) {
    this.#who = who;
    this.#again = again;
  }

  get may() {
    return this.#who.signed_in && (this.#who.role === 'analyst' || this.#who.role === 'admin');
  }

  get isSignedIn() {
    return this.#who.signed_in;
  }

  /** @param {() => void} listener */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  /** @param {string} id of the finding, or empty to close */
  begin(id) {
    this.open = id;
    this.reason = '';
    delete this.messages[id];
    this.#tell();
    document.getElementById('reason')?.focus();
  }

  /** @param {JudgedFinding} finding @param {boolean} isFalse */
  async send(finding, isFalse) {
    if (this.isBusy) return;
    this.isBusy = true;
    this.messages[finding.id] = words.sending;
    this.#tell();
    let message = words.failed;
    try {
      const reason = this.reason.trim() || null;
      const response = await send('POST', `findings/${encodeURIComponent(finding.id)}/judgement`, { verdict: isFalse ? 'false' : 'stands', reason });
      if (response.ok) {
        message = words.waiting;
        this.open = '';
        this.#waitsFor = finding.id;
        this.#waitsUntil = LOOKS_MAX;
        this.#revision = finding.judgement?.revision ?? 0;
      } else {
        message = { 401: words.ended, 403: words.forbidden, 404: words.gone, 409: words.conflict, 422: words.refused }[response.status] ?? words.busy;
      }
    } catch {
      // Said below: there was no answer.
    }
    this.isBusy = false;
    this.messages[finding.id] = message;
    byId('said').textContent = message;
    this.#tell();
    if (this.#waitsFor) this.#again();
  }

  /** @param {Dossier} dossier the newest: is what was said in it? */
  heard(dossier) {
    if (!this.#waitsFor) return;
    const finding = [...dossier.findings.items, ...dossier.maybe.items].find(({ id }) => id === this.#waitsFor);
    if (!finding || (finding.judgement?.revision ?? 0) > this.#revision) {
      delete this.messages[this.#waitsFor];
      this.#waitsFor = '';
    } else if (this.#waitsUntil-- > 0) {
      setTimeout(() => this.#again(), LOOK_MS);
    } else {
      this.#waitsFor = '';
    }
  }

  #revision = 0;

  #tell() {
    for (const listener of this.#listeners) listener();
  }
}
