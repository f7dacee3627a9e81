/** @import { Finding } from '../types.js' */
import { h } from '../dom.js';
import { readable, utc } from '../format.js';
import { text } from '../text.en.js';

const words = text.detail;

/**
 * What each revision changed, newest first.
 * @param {Finding[]} revisions newest first
 */
export function history(revisions) {
  if (revisions.length === 0) return null;
  return h('section', { class: 'part' }, h('h3', {}, words.history), h('ol', { class: 'revisions' },
    ...revisions.map((revision, i) => {
      const p = revision.properties;
      return h('li', {}, h('span', { class: 'revision-number' }, words.revision(p.revision)),
        h('span', {}, sentence(changes(revision, revisions[i + 1]))));
    })));
}

/** @param {string[]} said */
const sentence = (said) => said.map((part, i) => (i ? part[0].toLowerCase() + part.slice(1) : part)).join(', ');

/** @param {Finding} now @param {Finding | undefined} before */
function changes({ properties: now }, before) {
  if (!before) return [now.revision === 1 ? words.first : stateOf(now), text.severity[now.severity], ...(now.settled ? [] : [text.provisional])];
  const was = before.properties;
  const said = [];
  if (now.state !== was.state) said.push(stateOf(now) + (now.retracted_because ? `: ${readable(now.retracted_because)}` : ''));
  if (now.settled && !was.settled && now.state !== 'retracted') said.push(words.confirmed);
  if (now.severity !== was.severity) said.push(words.severityNow(text.severity[now.severity]));
  if (now.start_at !== was.start_at) said.push(words.startMoved(utc(now.start_at)));
  if (now.end_at !== was.end_at && now.end_at) said.push(words.endMoved(utc(now.end_at)));
  if (now.amended_because && now.amended_because !== was.amended_because) said.push(readable(now.amended_because));
  return said.length ? said : [words.same];
}

/** @param {Finding['properties']} p */
const stateOf = (p) => text.state[p.state] ?? p.state;
