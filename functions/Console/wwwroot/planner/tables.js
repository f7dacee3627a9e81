/** @import { Errors, Forecast, Plan, Quantity, QuantityError } from './types.js' */
import { h } from '../dom.js';
import { count, utc, dayAndTime } from '../format.js';
import { hourOf } from './chart.js';
import { text } from './text.en.js';

const QUANTITIES = /** @type {Quantity[]} */ (['queue', 'waiting_h', 'berths']);
const DECLARED_MAX = 8;

/** @param {Errors} errors */
export function errorTable(errors) {
  const words = text.errors;
  const compared = errors.by_horizon.filter((row) => row.queue || row.berths);
  if (compared.length === 0) return section(words.title, h('p', { class: 'quiet' }, words.none));
  const cells = (/** @type {QuantityError | null} */ error, /** @type {Quantity} */ quantity) => [
    h('td', {}, error ? count(error.mae) : words.dash),
    ...(quantity === 'waiting_h' ? [] : [h('td', { class: 'faint' }, error?.mae_persistence == null ? words.dash : count(error.mae_persistence))]),
    h('td', {}, error ? `${Math.round(error.coverage80 * 100)}\u00a0%` : words.dash),
  ];
  const horizons = errors.by_horizon.map((row) => row.horizon_h);
  return section(words.title,
    h('p', { class: 'quiet' }, words.caption(errors.forecasts, dayAndTime(errors.as_of))),
    h('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': words.title }, h('table', { class: 'numbers', id: 'errors' },
      h('thead', {},
        h('tr', {}, h('th', { scope: 'col', rowspan: '2' }, words.horizon),
          ...QUANTITIES.map((quantity) => h('th', { scope: 'colgroup', colspan: quantity === 'waiting_h' ? '2' : '3' }, words.quantity[quantity]))),
        h('tr', {}, ...QUANTITIES.flatMap((quantity) => [
          h('th', { scope: 'col' }, words.error),
          ...(quantity === 'waiting_h' ? [] : [h('th', { scope: 'col' }, words.persistence)]),
          h('th', { scope: 'col' }, words.held)]))),
      h('tbody', {}, ...errors.by_horizon.map((row, index) => h('tr', {},
        h('th', { scope: 'row' }, words.range(horizons[index - 1] ?? 0, row.horizon_h)),
        ...QUANTITIES.flatMap((quantity) => cells(row[quantity], quantity))))))));
}

/** @param {Forecast} forecast */
export function declaredTable(forecast) {
  const words = text.declared;
  const first = forecast.declared.slice(0, DECLARED_MAX);
  const rest = forecast.declared.slice(DECLARED_MAX);
  const row = (/** @type {Forecast['declared'][number]} */ call) => h('tr', {},
    h('td', {}, dayAndTime(call.eta_at)), h('td', {}, call.name ?? (call.mmsi ? `MMSI ${call.mmsi}` : words.unnamed)));
  const table = (/** @type {Forecast['declared']} */ calls) => h('table', { class: 'numbers left' },
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, words.eta), h('th', { scope: 'col' }, words.ship))), h('tbody', {}, ...calls.map(row)));
  return section(words.title,
    first.length ? table(first) : h('p', { class: 'quiet' }, words.none),
    rest.length ? h('details', {}, h('summary', {}, words.more(rest.length)), table(rest)) : null);
}

/** @param {Forecast} forecast */
export function methodTable(forecast) {
  const words = text.method;
  const loss = (/** @type {number | null} */ value) => (value === null ? text.errors.dash : value.toFixed(2));
  return section(words.title,
    h('p', {}, forecast.basis),
    h('p', { class: 'quiet' }, words.words),
    h('details', {}, h('summary', {}, words.caption), h('table', { class: 'numbers' },
      h('thead', {}, h('tr', {}, ...[words.quantity, words.horizon, words.seasonal, words.arrivals, words.used].map((name) => h('th', { scope: 'col' }, name)))),
      h('tbody', {}, ...forecast.methods.map((choice) => h('tr', {},
        h('th', { scope: 'row' }, words.quantities[choice.quantity] ?? choice.quantity), h('td', {}, `${choice.horizon_to_h}\u00a0${text.units.hour}`),
        h('td', {}, loss(choice.pinball_seasonal)), h('td', {}, loss(choice.pinball_arrivals)), h('td', {}, words.names[choice.method] ?? choice.method)))))));
}

/** @param {Plan} plan */
export function hourTable({ forecast }) {
  const words = text.table;
  const details = h('details', { id: 'hours' }, h('summary', {}, words.title));
  // Built when asked for: 168 rows that most readers never open.
  details.addEventListener('toggle', () => {
    if (details.childElementCount > 1) return;
    details.append(h('div', { class: 'wide' }, h('table', { class: 'numbers' },
      h('caption', { class: 'unseen' }, utc(forecast.issued_at)),
      h('thead', {},
        h('tr', {}, h('th', { scope: 'col', rowspan: '2' }, words.hour), ...words.columns.map((name) => h('th', { scope: 'colgroup', colspan: '3' }, name))),
        h('tr', {}, ...words.columns.flatMap(() => words.quantiles.map((name) => h('th', { scope: 'col' }, name))))),
      h('tbody', {}, ...forecast.hours.map((hour) => h('tr', {}, h('th', { scope: 'row' }, hourOf(hour.at)),
        ...QUANTITIES.flatMap((quantity) => [hour[quantity].p10, hour[quantity].p50, hour[quantity].p90]).map((value) => h('td', {}, count(value)))))))));
  });
  return details;
}

/**
 * @param {string} title
 * @param {...(HTMLElement | null)} children
 */
function section(title, ...children) {
  return h('section', { class: 'plan-part' }, h('h3', {}, title), ...children);
}
