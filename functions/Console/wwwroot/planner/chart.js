/** @import { Band, Observed, Plan, Quantity } from './types.js' */
import { h, svg } from '../dom.js';
import { count } from '../format.js';
import { days, scale, ticks } from './scales.js';
import { text } from './text.en.js';

const HOUR = 3_600_000;
const HEIGHT = 220;
const LOCALE = 'en-GB';
const dayName = new Intl.DateTimeFormat(LOCALE, { timeZone: 'UTC', weekday: 'short', day: 'numeric' });
const dayShort = new Intl.DateTimeFormat(LOCALE, { timeZone: 'UTC', weekday: 'narrow', day: 'numeric' });
const hourName = new Intl.DateTimeFormat(LOCALE, {
  timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
});

/** @param {string | number} at */
export const hourOf = (at) => hourName.format(new Date(at));

/** The hour that is read in every chart at once. */
export class Cursor extends EventTarget {
  /** @type {number | null} */
  at = null;

  /** @param {number | null} at */
  move(at) {
    if (at === this.at) return;
    this.at = at;
    this.dispatchEvent(new Event('move'));
  }
}

/**
 * One quantity: what was, what is expected, and how sure that is.
 * @param {Plan} plan
 * @param {Quantity} quantity
 * @param {Cursor} cursor
 * @param {AbortSignal} signal ends the listening when another forecast is shown
 */
export function chart(plan, quantity, cursor, signal) {
  const words = text.charts[quantity];
  const readout = h('output', { class: 'chart-read' });
  const area = h('div', { class: 'chart-area', tabindex: '0', role: 'img', 'aria-label': text.chartLabel(words.title, words.unit) });
  const figure = h('figure', { class: 'chart', 'data-quantity': quantity },
    h('figcaption', { class: 'chart-head' }, h('h3', {}, words.title, h('span', { class: 'unit' }, ` ${words.unit}`)), readout),
    legend(plan, quantity), area);
  const issued = Date.parse(plan.forecast.issued_at);
  /** @type {Map<number, Observed>} */
  const observed = new Map(plan.forecast.observed.map((hour) => [Date.parse(hour.at), hour]));
  const hours = new Map(plan.forecast.hours.map((hour) => [Date.parse(hour.at), hour[quantity]]));
  const before = quantity === 'queue' ? new Map(plan.errors.past.map((past) => [Date.parse(past.at), past.queue.p50])) : new Map();
  const last = Math.max(...hours.keys());
  let first = issued - 72 * HOUR;
  /** @type {{ x: import('./scales.js').Scale, line: SVGElement, dot: SVGElement, y: import('./scales.js').Scale } | null} */
  let drawn = null;

  const draw = () => {
    const width = Math.max(260, area.clientWidth);
    first = Math.floor((issued - (width < 560 ? 36 : 72) * HOUR) / HOUR) * HOUR;
    const inView = (/** @type {number} */ at) => at >= first && at <= last;
    const values = [
      ...[...hours.values()].map((band) => band.p90),
      ...[...observed, ...plan.came].filter(([at]) => inView(at)).map(([, hour]) => hour[quantity] ?? 0),
      ...[...before].filter(([at]) => inView(at)).map(([, value]) => value),
    ];
    const steps = ticks(Math.max(1, ...values), 4);
    const pad = { left: 12 + 8 * String(steps[steps.length - 1]).length, right: 8, top: 10, bottom: 27 };
    const x = scale([first, last], [pad.left, width - pad.right]);
    const y = scale([0, steps[steps.length - 1]], [HEIGHT - pad.bottom, pad.top]);
    const point = (/** @type {number} */ at, /** @type {number} */ value) => `${x.to(at).toFixed(1)},${y.to(value).toFixed(1)}`;
    const node = svg('svg', { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, class: 'chart-svg', 'aria-hidden': 'true' });

    for (const step of steps) {
      node.append(
        svg('line', { x1: pad.left, x2: width - pad.right, y1: y.to(step), y2: y.to(step), class: step ? 'grid' : 'axis' }),
        label(pad.left - 6, y.to(step) + 4, String(step), 'end'));
    }
    const perDay = (width - pad.left - pad.right) / ((last - first) / (24 * HOUR));
    for (const day of days(first, last)) {
      node.append(svg('line', { x1: x.to(day), x2: x.to(day), y1: pad.top, y2: HEIGHT - pad.bottom, class: 'grid' }));
      const middle = x.to(day + 12 * HOUR);
      if (middle < width - pad.right - 8) node.append(label(middle, HEIGHT - 6, (perDay < 52 ? dayShort : dayName).format(day), 'middle'));
    }

    const ahead = [...hours].sort(([a], [b]) => a - b);
    const upper = ahead.map(([at, band]) => point(at, band.p90));
    const lower = ahead.map(([at, band]) => point(at, band.p10)).reverse();
    node.append(
      svg('polygon', { points: [...upper, ...lower].join(' '), class: 'band' }),
      svg('line', { x1: x.to(issued), x2: x.to(issued), y1: pad.top, y2: HEIGHT - pad.bottom, class: 'now' }),
      label(x.to(issued) + 4, pad.top + 9, text.now, 'start'),
      svg('polyline', { points: ahead.map(([at, band]) => point(at, band.p50)).join(' '), class: 'median' }));
    for (const line of pieces([...before].filter(([at]) => inView(at)))) {
      node.append(svg('polyline', { points: line.map(([at, value]) => point(at, value)).join(' '), class: 'before' }));
    }
    for (const [name, source] of /** @type {const} */ ([['observed', observed], ['came', plan.came]])) {
      /** @type {[number, number][]} */
      const known = [];
      for (const [at, hour] of source) {
        const value = hour[quantity];
        if (inView(at) && value !== null) known.push([at, value]);
      }
      if (quantity === 'waiting_h') {
        node.append(...known.map(([at, value]) => svg('circle', { cx: x.to(at), cy: y.to(value), r: 2.5, class: `${name}-dot` })));
      } else {
        node.append(...pieces(known).map((line) => svg('polyline', { points: line.map(([at, value]) => point(at, value)).join(' '), class: name })));
      }
    }
    if (quantity !== 'waiting_h') {
      for (const call of plan.forecast.declared) {
        const at = Date.parse(call.eta_at);
        if (inView(at)) node.append(svg('path', { d: `M${x.to(at).toFixed(1)},${HEIGHT - pad.bottom} l-4,7 h8 z`, class: 'declared' }));
      }
    }
    const line = svg('line', { y1: pad.top, y2: HEIGHT - pad.bottom, class: 'cursor', visibility: 'hidden' });
    const dot = svg('circle', { r: 3.5, class: 'cursor-dot', visibility: 'hidden' });
    node.append(line, dot);
    area.replaceChildren(node);
    drawn = { x, y, line, dot };
    show();
  };

  const show = () => {
    const at = cursor.at ?? issued;
    const whole = Math.round(at / HOUR) * HOUR;
    const band = hours.get(whole);
    const seen = (plan.came.get(whole) ?? observed.get(whole));
    const value = band?.p50 ?? seen?.[quantity];
    readout.textContent = cursor.at === null ? '' : `${hourOf(whole)}: ${said(band, seen, before.get(whole))}`;
    const isShown = drawn && cursor.at !== null;
    drawn?.line.setAttribute('visibility', isShown ? 'visible' : 'hidden');
    drawn?.dot.setAttribute('visibility', isShown && value !== null && value !== undefined ? 'visible' : 'hidden');
    if (!drawn || cursor.at === null) return;
    drawn.line.setAttribute('x1', String(drawn.x.to(whole)));
    drawn.line.setAttribute('x2', String(drawn.x.to(whole)));
    drawn.dot.setAttribute('cx', String(drawn.x.to(whole)));
    drawn.dot.setAttribute('cy', String(drawn.y.to(value ?? 0)));
  };

  /**
   * @param {Band | undefined} band
   * @param {Observed | undefined} seen
   * @param {number | undefined} dayBefore
   */
  const said = (band, seen, dayBefore) => {
    const value = seen?.[quantity] ?? null;
    if (band) {
      return text.read.forecast(words.value(count(band.p50)), count(band.p10), count(band.p90)) + (value === null ? '' : text.read.came(count(value)));
    }
    const unknown = quantity === 'waiting_h' && seen?.queue !== null && seen ? text.read.noArrival : text.read.unknown;
    return (value === null ? unknown : text.read.observed(words.value(count(value))))
      + (dayBefore === undefined ? '' : text.read.before(count(dayBefore)));
  };

  const follow = (/** @type {PointerEvent} */ event) => {
    if (drawn) cursor.move(clamp(drawn.x.from(event.clientX - area.getBoundingClientRect().left)));
  };
  const clamp = (/** @type {number} */ at) => Math.round(Math.min(last, Math.max(first, at)) / HOUR) * HOUR;
  area.addEventListener('pointermove', follow);
  area.addEventListener('pointerdown', follow);
  area.addEventListener('pointerleave', () => cursor.move(null));
  area.addEventListener('blur', () => cursor.move(null));
  area.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -24, PageDown: 24 }[event.key];
    if (!step) return;
    event.preventDefault();
    cursor.move(clamp((cursor.at ?? issued) + step * HOUR));
  });
  cursor.addEventListener('move', show, { signal });
  const resized = new ResizeObserver(draw);
  resized.observe(area);
  signal.addEventListener('abort', () => resized.disconnect());
  return figure;
}

/**
 * Runs of neighbouring hours: where nothing is known a line breaks off.
 * @param {[number, number][]} points
 * @returns {[number, number][][]}
 */
function pieces(points) {
  /** @type {[number, number][][]} */
  const runs = [];
  for (const [at, value] of points.sort(([a], [b]) => a - b)) {
    const run = runs[runs.length - 1];
    if (run && at - run[run.length - 1][0] <= HOUR * 1.5) run.push([at, value]);
    else runs.push([[at, value]]);
  }
  return runs;
}

/** @param {number} x @param {number} y @param {string} words @param {'start' | 'middle' | 'end'} anchor */
function label(x, y, words, anchor) {
  const node = svg('text', { x, y, 'text-anchor': anchor, class: 'label' });
  node.textContent = words;
  return node;
}

/** @param {Plan} plan @param {Quantity} quantity */
function legend(plan, quantity) {
  const items = /** @type {[string, string, boolean][]} */ ([
    ['observed', text.legend.observed, true],
    ['median', text.legend.median, true],
    ['band', text.legend.band, true],
    ['came', text.legend.came, plan.came.size > 0],
    ['before', text.legend.dayAhead, quantity === 'queue' && plan.errors.past.length > 0],
    ['declared', text.legend.declared, quantity !== 'waiting_h' && plan.forecast.declared.length > 0],
  ]);
  return h('ul', { class: 'legend' }, ...items.filter(([, , isUsed]) => isUsed).map(([name, words]) =>
    h('li', {}, h('span', { class: `key key-${name}`, 'aria-hidden': 'true' }), words)));
}
