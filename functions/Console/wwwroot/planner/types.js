/**
 * What the forecast routes send.
 *
 * @typedef {'queue' | 'waiting_h' | 'berths'} Quantity
 * @typedef {{ p10: number, p50: number, p90: number }} Band
 * @typedef {{ at: string, queue: Band, waiting_h: Band, berths: Band }} Hour
 * @typedef {{ at: string, queue: number | null, waiting_h: number | null, berths: number | null }} Observed
 * @typedef {{ quantity: string, horizon_to_h: number, method: string, pinball_seasonal: number | null, pinball_arrivals: number | null, origins: number }} Choice
 * @typedef {{ eta_at: string, mmsi: number | null, name: string | null }} Declared
 *
 * @typedef {object} Forecast
 * @property {string} port
 * @property {string} issued_at
 * @property {Hour[]} hours
 * @property {string | null} port_name
 * @property {boolean} simulated
 * @property {string} basis
 * @property {string | null} coverage_note
 * @property {Choice[]} methods
 * @property {Declared[]} declared
 * @property {Observed[]} observed
 *
 * @typedef {{ n: number, mae: number, mae_persistence: number | null, coverage80: number }} QuantityError
 * @typedef {{ horizon_h: number, queue: QuantityError | null, waiting_h: QuantityError | null, berths: QuantityError | null }} HorizonError
 * @typedef {{ at: string, issued_at: string, queue: Band, queue_came: number | null }} Past
 * @typedef {{ port: string, as_of: string, forecasts: number, by_horizon: HorizonError[], past: Past[] }} Errors
 *
 * @typedef {{ ports: { port: string, issued_at: string[] }[] }} Listed
 *
 * @typedef {object} Plan
 * @property {Forecast} forecast the one that is shown
 * @property {Errors} errors how earlier ones did
 * @property {Map<number, Observed>} came what is known today of the hours that it spoke of, by time in ms
 */
export {};
