/** @import { Alerts } from '../alerts.js' */
/** @import { AlertStream } from '../stream.js' */
import { byId, h } from '../../dom.js';
import { timeWithSeconds, utc } from '../../format.js';
import { text } from '../text.en.js';

const words = text.notices;

/**
 * Whether the line is up, and what an officer must know about what is shown.
 * @param {AlertStream} stream
 * @param {Alerts} alerts
 * @returns {() => void} shows it anew
 */
export function status(stream, alerts) {
  const light = h('span', { class: 'health-light is-idle', 'aria-hidden': 'true' });
  const word = h('span');
  byId('line').setAttribute('aria-label', text.line.label);
  byId('line').append(h('span', { class: 'health-state' }, light, word));
  let told = '';

  return () => {
    light.className = `health-light${stream.state === 'live' ? '' : stream.state === 'connecting' ? ' is-idle' : ' is-down'}`;
    word.textContent = text.line[stream.state];
    byId('line').dataset.state = stream.state;
    const notices = current(stream, alerts);
    // The same words again would be read aloud again.
    const said = notices.map((notice) => notice.textContent).join();
    if (said !== told) byId('notices').replaceChildren(...notices);
    told = said;
  };
}

/** @param {AlertStream} stream @param {Alerts} alerts */
function current(stream, alerts) {
  const { now, isOfData } = alerts.clock();
  return [
    stream.state === 'cut' ? h('p', { class: 'notice notice-danger' },
      h('strong', {}, words.cut),
      h('span', {}, stream.heardAt ? words.cutSince(`${timeWithSeconds(stream.heardAt)} UTC`) : words.cutBefore),
      h('button', { type: 'button', class: 'button', onclick: () => stream.retry() }, words.retry)) : null,
    stream.state === 'ended' ? h('p', { class: 'notice notice-danger' },
      h('strong', {}, words.ended),
      h('a', { href: `sign-in.html?next=${encodeURIComponent(`officer.html${location.search}`)}` }, words.signIn)) : null,
    alerts.isSimulated ? h('p', { class: 'notice notice-simulated' },
      h('strong', { class: 'badge badge-simulated' }, words.simulated),
      h('span', {}, words.simulatedBanner, isOfData ? ` ${words.dataTime(utc(now))}` : '')) : null,
    !alerts.isSimulated && isOfData ? h('p', { class: 'notice notice-warning' }, words.dataTime(utc(now))) : null,
  ].filter((one) => one !== null);
}
