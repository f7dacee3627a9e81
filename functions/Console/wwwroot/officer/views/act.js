/** @import { Alert, Outcome } from '../types.js' */
import { h } from '../../dom.js';
import { send } from '../../js/session.js';
import { text } from '../text.en.js';

const words = text.act;

/** The longest note; the server holds the same bound. */
export const NOTE_MAX = 1000;

/**
 * What an officer does with one alert: acknowledge, then decide. It stays on the screen while revisions come, so that
 * no word that was typed is lost.
 */
export class Act {
  element = h('section', { class: 'act', 'aria-label': words.label });

  /** @type {Alert} */
  #alert;
  /** @type {Outcome | null} */
  #outcome = null;
  #isDeciding = false;
  #isBusy = false;
  #message = '';
  /** The revision that the last answer was about; what is newer is the record. */
  #sentAt = 0;
  #key = '';
  #note = h('textarea', { id: 'note', class: 'field note', rows: 2, maxlength: NOTE_MAX, 'aria-describedby': 'note-hint', oninput: () => this.#count() });
  #left = h('span', { id: 'note-hint', class: 'hint' });

  /** @param {Alert} alert @param {boolean} mayDecide */
  constructor(alert, mayDecide) {
    this.#alert = alert;
    this.mayDecide = mayDecide;
    this.show(alert);
  }

  /** @param {Alert} alert its newest revision */
  show(alert) {
    if (alert.revision > this.#sentAt && this.#message === words.waiting) this.#message = '';
    this.#alert = alert;
    const focus = this.element.contains(document.activeElement) ? document.activeElement?.id : '';
    this.element.replaceChildren(
      h('p', { class: 'act-message', role: 'status' }, this.#message),
      ...(!this.mayDecide ? [h('p', { class: 'hint' }, words.readOnly)]
        : this.#choices().length === 0 ? []
        : this.#isDeciding ? this.#form() : this.#buttons()));
    if (focus) document.getElementById(focus)?.focus();
  }

  /** @returns {Outcome[]} what can still be decided */
  #choices() {
    // An alert that was opened again is to be decided again, whatever was decided before.
    if (this.#alert.state === 'open' || this.#alert.state === 'acknowledged') return ['inspect', 'release'];
    return (this.#alert.decision?.outcome ?? 'inspect') === 'inspect' ? ['no-finding', 'finding'] : [];
  }

  get #asksWhatWasFound() {
    return this.#choices().includes('finding');
  }

  #buttons() {
    const isOpen = this.#alert.state === 'open';
    return [h('div', { class: 'act-buttons' },
      isOpen ? h('button', { id: 'acknowledge', type: 'button', class: 'button button-main', disabled: this.#isBusy, onclick: () => this.#send('acknowledge') }, words.acknowledge) : null,
      h('button', { id: 'decide', type: 'button', class: `button button-main${isOpen ? ' is-second' : ''}`, disabled: this.#isBusy, onclick: () => this.#begin() },
        this.#asksWhatWasFound ? words.after : words.decide))];
  }

  #form() {
    const choices = this.#choices();
    this.#count();
    return [h('form', { class: 'decide', onsubmit: (/** @type {Event} */ event) => { event.preventDefault(); this.#send('decide'); } },
      h('fieldset', {},
        h('legend', {}, this.#asksWhatWasFound ? words.after : words.question),
        h('div', { class: 'outcomes' }, ...choices.map((outcome) => h('label', { class: `outcome outcome-${outcome}` },
          h('input', { id: `outcome-${outcome}`, type: 'radio', name: 'outcome', value: outcome, checked: outcome === this.#outcome, onchange: () => { this.#outcome = outcome; this.show(this.#alert); } }),
          h('span', {}, h('strong', {}, text.outcome[outcome]), h('small', {}, text.outcomeHint[outcome])))))),
      h('label', { for: 'note' }, words.note), this.#note, this.#left,
      h('div', { class: 'act-buttons' },
        h('button', { id: 'cancel', type: 'button', class: 'button is-wide', onclick: () => { this.#isDeciding = false; this.#message = ''; this.show(this.#alert); document.getElementById('decide')?.focus(); } }, words.cancel),
        h('button', { id: 'send', class: 'button button-main', disabled: this.#isBusy || !this.#outcome }, this.#outcome ? words.send(text.outcome[this.#outcome]) : words.choose)))];
  }

  #begin() {
    this.#isDeciding = true;
    this.#message = '';
    this.#outcome = null;
    this.show(this.#alert);
    document.getElementById(`outcome-${this.#choices()[0]}`)?.focus();
  }

  #count() {
    const left = NOTE_MAX - this.#note.value.length;
    this.#left.textContent = left < 200 ? words.left(left) : words.noteHint;
  }

  /** @param {'acknowledge' | 'decide'} action */
  async #send(action) {
    if (this.#isBusy) return;
    const alert = this.#alert;
    const body = action === 'decide' ? { outcome: this.#outcome, note: this.#note.value.trim() || null } : undefined;
    // The same words have the same key, however often they are sent: a tap that got no answer is not a second decision.
    this.#key = await keyOf(`${alert.id} ${action} ${JSON.stringify(body ?? null)} ${alert.revision}`);
    this.#isBusy = true;
    this.#message = words.sending;
    this.#sentAt = alert.revision;
    this.show(alert);
    try {
      const response = await send('POST', `alerts/${encodeURIComponent(alert.id)}/${action}`, body, { 'idempotency-key': this.#key });
      if (response.ok) {
        this.#isDeciding = false;
        this.#note.value = '';
        this.#message = this.#alert.revision > this.#sentAt ? '' : words.waiting;
      } else {
        this.#message = response.status === 409 ? words.conflict : response.status === 401 ? words.ended
          : response.status >= 500 ? words.busy : words.refused;
      }
    } catch {
      this.#message = words.failed;
    }
    this.#isBusy = false;
    this.show(this.#alert);
  }
}

/** @param {string} words */
async function keyOf(words) {
  // Without a certificate a browser offers no hashing; then the words go as they are, as far as they are short.
  if (!crypto.subtle) return words.replace(/[^\x20-\x7e]/g, '?').slice(0, 190);
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(words));
  return Array.from(new Uint8Array(hash).slice(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
