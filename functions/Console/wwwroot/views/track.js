/** @import { ViewState } from '../state.js' */
/** @import { Selection, Track, TrackPoint } from '../selection.js' */
import { byId, h, svg } from '../dom.js';
import { coordinates, dayAndTime, duration, utc } from '../format.js';
import { SILENCE_MS, placeAt } from '../map/lines.js';
import { text } from '../text.en.js';

const words = text.track;
const STEPS = 1000;
const PLAY_MS = 20000;
const HEIGHT = 44;

/**
 * The selected finding's time: speed over time with the finding's part marked, and a slider that moves the vessel.
 * @param {ViewState} state
 * @param {Selection} selection
 */
export function track(state, selection) {
  const root = byId('track');
  root.setAttribute('role', 'group');
  root.setAttribute('aria-label', text.regions.track);
  const note = h('p', { class: 'track-note' });
  const slider = h('input', { type: 'range', min: '0', max: String(STEPS), step: '1', 'aria-label': words.slider, oninput: () => move(timeOf(Number(slider.value))) });
  const play = h('button', { type: 'button', class: 'button button-square', onclick: () => (playing ? stop() : start()) });
  const chart = h('div', { class: 'track-chart', 'aria-hidden': 'true' });
  const now = h('output', { class: 'track-now' });
  const place = h('span', { class: 'track-place' });
  const scale = h('div', { class: 'track-scale', 'aria-hidden': 'true' }, h('span'), h('span'));
  const controls = h('div', { class: 'track-controls' },
    button(words.back, 'M3 3h2v10H3zM13 3v10L6 8z', () => step(-1)), play, button(words.forward, 'M11 3h2v10h-2zM3 3v10l7-5z', () => step(1)),
    now, place);
  const body = h('div', {}, controls, h('div', { class: 'track-line' }, chart, slider), scale);
  root.append(note, body);

  let from = 0;
  let to = 1;
  let playing = 0;

  const timeOf = (/** @type {number} */ value) => Math.round(from + ((to - from) * value) / STEPS);
  const current = () => Math.min(to, Math.max(from, state.value.at ?? Date.parse(selection.finding?.properties.start_at ?? '')));
  const move = (/** @type {number} */ at) => state.set({ at }, 'replace');

  function start() {
    const began = performance.now();
    const first = current() >= to ? from : current();
    const frame = (/** @type {number} */ at) => {
      const time = first + ((at - began) / PLAY_MS) * (to - from);
      if (time >= to) stop();
      else playing = requestAnimationFrame(frame);
      move(Math.min(time, to));
    };
    playing = requestAnimationFrame(frame);
    showPlay();
  }

  function stop() {
    cancelAnimationFrame(playing);
    playing = 0;
    showPlay();
  }

  /** @param {number} direction */
  function step(direction) {
    stop();
    const at = current();
    const times = selection.tracks.flatMap(({ points }) => points.map((point) => point.at)).sort((a, b) => a - b);
    const next = direction > 0 ? times.find((time) => time > at) : times.findLast((time) => time < at);
    if (next !== undefined) move(next);
  }

  function showPlay() {
    play.replaceChildren(icon(playing ? 'M4 3h3v10H4zM9 3h3v10H9z' : 'M4 2.5 13 8l-9 5.5z'));
    play.title = playing ? words.pause : words.play;
    play.setAttribute('aria-label', play.title);
  }

  function show() {
    const { finding, tracks, trackStatus } = selection;
    root.hidden = !finding && trackStatus !== 'loading';
    body.hidden = tracks.length === 0;
    note.hidden = tracks.length > 0;
    note.textContent = trackStatus === 'loading' ? words.loading : trackStatus === 'failed' ? words.failed : words.none;
    if (!finding || tracks.length === 0) {
      stop();
      return;
    }
    from = Math.min(...tracks.map(({ points }) => points[0].at));
    to = Math.max(...tracks.map(({ points }) => points[points.length - 1].at));
    const { start_at: start, end_at: end } = finding.properties;
    chart.replaceChildren(graph(tracks, from, to, Date.parse(start), Date.parse(end ?? '') || to));
    scale.children[0].textContent = dayAndTime(from);
    scale.children[1].textContent = utc(to);
    showNow();
  }

  function showNow() {
    const { tracks } = selection;
    if (tracks.length === 0) return;
    const at = current();
    slider.value = String(Math.round(((at - from) / (to - from)) * STEPS));
    slider.setAttribute('aria-valuetext', utc(at));
    now.textContent = utc(at);
    const { silenceMs, speed, latitude, longitude } = placeAt(tracks[0].points, at);
    place.textContent = silenceMs ? words.silent(duration(silenceMs))
      : `${speed === null ? words.noSpeed : words.speed(speed.toFixed(1))}   ${coordinates(latitude, longitude)}`;
    place.classList.toggle('is-silent', silenceMs > 0);
  }

  selection.onChange(() => {
    if (selection.trackStatus !== 'ready') stop();
    show();
  });
  state.onChange((after, before) => {
    if (after.at !== before.at) showNow();
  });
  showPlay();
  show();
}

/** @param {string} name @param {string} path @param {() => void} action */
function button(name, path, action) {
  return h('button', { type: 'button', class: 'button button-square', title: name, 'aria-label': name, onclick: action }, icon(path));
}

/** @param {string} path */
const icon = (path) => svg('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true' }, svg('path', { d: path }));

/**
 * @param {Track[]} tracks
 * @param {number} from
 * @param {number} to
 * @param {number} start
 * @param {number} end
 */
function graph(tracks, from, to, start, end) {
  const x = (/** @type {number} */ at) => (((at - from) / (to - from)) * STEPS).toFixed(1);
  const top = Math.max(5, ...tracks.map(({ points }) => points.reduce((most, { speed }) => Math.max(most, speed ?? 0), 0)));
  const ceiling = Math.min(60, Math.ceil((top * 1.25) / 5) * 5);
  const y = (/** @type {number} */ speed) => (HEIGHT - 2 - (Math.min(speed, ceiling) / ceiling) * (HEIGHT - 6)).toFixed(1);
  const width = Math.max(3, Number(x(end)) - Number(x(start)));
  const drawing = svg('svg', { viewBox: `0 0 ${STEPS} ${HEIGHT}`, preserveAspectRatio: 'none' },
    svg('rect', { class: 'track-finding', x: x(start), y: 0, width, height: HEIGHT }),
    ...tracks.map(({ points }, i) => svg('path', { class: `track-speed track-speed-${i}`, d: speedPath(points, x, y) })));
  return h('div', {}, drawing, h('span', { class: 'track-axis' }, words.speedAxis(String(ceiling))));
}

/** @param {TrackPoint[]} points @param {(at: number) => string} x @param {(speed: number) => string} y */
function speedPath(points, x, y) {
  let path = '';
  let last = -Infinity;
  for (const { at, speed } of points) {
    if (speed === null) continue;
    path += `${at - last > SILENCE_MS ? 'M' : 'L'}${x(at)} ${y(speed)}`;
    last = at;
  }
  return path;
}
