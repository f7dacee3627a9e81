/** @import { Pulse } from '../pulse.js' */
/** @import { Findings } from '../findings.js' */
import { byId, h } from '../dom.js';
import { timeWithSeconds, utc } from '../format.js';
import { text } from '../text.en.js';

const words = text.health;

/**
 * The state of the feed in the bar, and what an analyst must know about the data before reading on.
 * @param {Pulse} pulse
 * @param {Findings} findings
 * @param {() => boolean} vesselsSimulated
 */
export function header(pulse, findings, vesselsSimulated) {
  const light = h('span', { class: 'health-light is-idle', 'aria-hidden': 'true' });
  const state = h('span');
  const refreshed = h('span', { class: 'health-small' });
  const pause = h('button', { type: 'button', class: 'button button-quiet', onclick: () => pulse.pause(!pulse.paused) });
  byId('health').setAttribute('aria-label', text.regions.status);
  byId('health').append(
    h('span', { class: 'health-state' }, light, state), refreshed, pause,
    h('a', { href: 'collections?f=html', class: 'health-data' }, text.dataLink));
  let told = '';

  const show = () => {
    const { health } = pulse;
    const down = pulse.failures > 0 || health?.feed_down === true;
    light.className = `health-light${down ? ' is-down' : pulse.paused || !health?.last_event_at || health.live === false ? ' is-idle' : ''}`;
    state.textContent = !health && !pulse.failures ? words.connecting
      : pulse.failures ? words.noAnswer
      : down ? words.down
      : !health?.last_event_at ? words.noData
      : (health.live ? words.liveUpTo : words.upTo)(utc(health.last_event_at));
    refreshed.textContent = pulse.paused ? words.paused : findings.readAt ? words.refreshed(timeWithSeconds(findings.readAt)) : '';
    pause.textContent = pulse.paused ? words.resume : words.pause;
    pause.title = pulse.paused ? words.resumeTitle : words.pauseTitle;
    const notices = current();
    // The same words again would be read aloud again at every beat.
    const said = notices.map((notice) => notice.textContent).join();
    if (said !== told) byId('notices').replaceChildren(...notices);
    told = said;
  };

  const current = () => {
    /** @type {HTMLElement[]} */
    const notices = [];
    const sources = pulse.health?.sources ?? [];
    if (pulse.failures > 0) {
      notices.push(h('p', { class: 'notice notice-danger' }, h('strong', {}, words.unreachable),
        findings.readAt ? h('span', {}, words.showing(timeWithSeconds(findings.readAt))) : null,
        h('button', { type: 'button', class: 'button', onclick: () => pulse.beat() }, words.retry)));
    } else if (pulse.health?.status === 'store-unreadable') {
      notices.push(h('p', { class: 'notice notice-danger' }, h('strong', {}, words.unreadable),
        findings.readAt ? h('span', {}, words.showing(timeWithSeconds(findings.readAt))) : null));
    } else if (pulse.health?.feed_down) {
      notices.push(h('p', { class: 'notice notice-warning' }, h('strong', {}, words.down),
        ...sources.map((source) => h('span', {}, source.last_heard_at
          ? words.downSource(source.source, utc(source.last_heard_at)) : words.downNever(source.source))),
        h('span', {}, words.downMeaning)));
    }
    const marked = findings.shown.filter((finding) => finding.properties.simulated).length;
    if (pulse.health?.simulated || marked > 0 || vesselsSimulated()) {
      const all = pulse.health?.simulated || (marked > 0 && marked === findings.shown.length);
      notices.push(h('p', { class: 'notice notice-simulated' },
        h('strong', { class: 'badge badge-simulated' }, text.simulated), all ? text.simulatedBanner : text.partlySimulatedBanner));
    }
    return notices;
  };

  pulse.onBeat(show);
  findings.onChange(show);
  show();
}

