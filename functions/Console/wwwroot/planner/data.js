/** @import { Errors, Forecast, Listed, Observed, Plan } from './types.js' */
import { getJson } from '../api.js';

/** @param {AbortSignal} signal @returns {Promise<Listed>} */
export const listed = (signal) => getJson('forecasts', signal);

/**
 * The forecast of a port by a time, how earlier ones did, and what has come since.
 * @param {string} port
 * @param {string} at empty for the latest
 * @param {AbortSignal} signal
 * @returns {Promise<Plan>}
 */
export async function readPlan(port, at, signal) {
  const address = `forecasts/${encodeURIComponent(port)}`;
  const query = at ? `?at=${encodeURIComponent(at)}` : '';
  /** @type {[Forecast, Forecast, Errors]} */
  const [forecast, latest, errors] = await Promise.all([
    getJson(address + query, signal),
    getJson(address, signal),
    getJson(`${address}/errors`, signal),
  ]);
  /** @type {Map<number, Observed>} */
  const came = new Map();
  for (const hour of latest.observed) {
    if (Date.parse(hour.at) > Date.parse(forecast.issued_at)) came.set(Date.parse(hour.at), hour);
  }
  return { forecast, errors, came };
}
