/** @import { JudgedFinding, Word } from '../types.js' */
/** @import { Judging } from '../judging.js' */
import { h } from '../../dom.js';
import { utc } from '../../format.js';
import { REASON_MAX } from '../judging.js';
import { text } from '../text.en.js';

const words = text.judgement;

/**
 * What people said of a finding, and what an analyst may say now.
 * @param {JudgedFinding} finding
 * @param {Judging} judging
 */
export function judgement(finding, judging) {
  const isFalse = finding.judgement?.verdict === 'false';
  const message = judging.messages[finding.id] ?? '';
  const history = finding.judgement?.history ?? [];
  return h('div', { class: 'judgement' },
    ...history.map((word, i) => said(word, isFalse && i === history.length - 1)),
    message ? h('p', { class: 'judgement-message', role: 'status' }, message) : null,
    judging.open === finding.id ? form(finding, judging, !isFalse) : null);
}

/**
 * Opens the form, where the one who looks may judge and there is something left to judge.
 * @param {JudgedFinding} finding
 * @param {Judging} judging
 */
export function judgeButton(finding, judging) {
  const isFalse = finding.judgement?.verdict === 'false';
  return judging.may && judging.open !== finding.id && (isFalse || finding.state !== 'retracted') ? h('button', {
    type: 'button', id: `judge-${finding.id}`, class: 'button judge-button', disabled: judging.isBusy, onclick: () => judging.begin(finding.id),
  }, isFalse ? words.withdraw : words.mark) : null;
}

/** @param {Word} word @param {boolean} holds */
function said(word, holds) {
  const isFalse = word.verdict === 'false';
  return h('div', { class: `word${holds ? ' is-holding' : ''}` },
    h('strong', {}, isFalse ? words.marked(word.by_role, utc(word.at)) : words.withdrawn(word.by_role, utc(word.at))),
    word.reason ? h('p', { class: 'word-reason' }, word.reason) : null,
    holds ? h('p', { class: 'quiet' }, words.counts) : null);
}

/** @param {JudgedFinding} finding @param {Judging} judging @param {boolean} marks */
function form(finding, judging, marks) {
  const hint = h('span', { id: 'reason-hint', class: 'quiet' }, words.hint);
  const submit = h('button', { id: 'judge-send', class: 'button button-main', disabled: judging.isBusy || (marks && !judging.reason.trim()) }, marks ? words.send : words.sendWithdraw);
  const reason = h('textarea', {
    id: 'reason', class: 'field reason-field', rows: 3, maxlength: REASON_MAX, 'aria-describedby': 'reason-hint',
    oninput: () => {
      judging.reason = reason.value;
      submit.disabled = judging.isBusy || (marks && !reason.value.trim());
      const left = REASON_MAX - reason.value.length;
      hint.textContent = left < 200 ? words.left(left) : words.hint;
    },
  });
  reason.value = judging.reason;
  return h('form', { class: 'judge-form', onsubmit: (/** @type {Event} */ event) => { event.preventDefault(); void judging.send(finding, marks); } },
    h('label', { for: 'reason' }, marks ? words.reason : words.reasonWithdraw), reason, hint,
    h('div', { class: 'judge-buttons' },
      submit, h('button', { type: 'button', id: 'judge-cancel', class: 'button', onclick: () => judging.begin('') }, words.cancel)));
}
