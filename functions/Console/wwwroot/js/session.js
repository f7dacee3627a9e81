/**
 * Who is signed in, as the server says it. The token itself lies in a cookie that no script can read.
 *
 * @typedef {'analyst' | 'officer' | 'planner' | 'admin'} Role
 *
 * @typedef {object} Session
 * @property {boolean} signed_in
 * @property {Role} [role]
 * @property {string[]} [ports] LOCODEs; "*" for all
 * @property {string} [expires_at]
 * @property {string} [csrf] goes into the header X-CSRF-Token of everything that changes something
 * @property {{ roles: Role[], ports: string[] } | null} [demo] where a simulated store lets anybody in on this machine
 */

/** @type {Session} */
const NOBODY = { signed_in: false, demo: null };

/** @type {Promise<Session> | null} */
let asked = null;

/**
 * Asked once per page; a server without users has nobody.
 * @returns {Promise<Session>}
 */
export function session() {
  asked ??= ask();
  return asked;
}

/** @returns {Promise<Session>} */
async function ask() {
  try {
    const response = await fetch('session', { headers: { accept: 'application/json' } });
    return response.ok ? await response.json() : NOBODY;
  } catch {
    return NOBODY;
  }
}

/**
 * Sends something that changes something.
 * @param {'POST' | 'DELETE'} method
 * @param {string} address relative to the page
 * @param {unknown} [body]
 * @param {Record<string, string>} [headers]
 * @returns {Promise<Response>}
 */
export async function send(method, address, body, headers = {}) {
  const { csrf } = await session();
  return fetch(address, {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(csrf ? { 'x-csrf-token': csrf } : {}),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

/** @param {Session} who @returns {boolean} whether alerts are shown to this role at all */
export const seesAlerts = (who) => who.signed_in && who.role !== 'planner';

/** @param {Session} who @param {string} port @returns {boolean} whether this one may acknowledge and decide there */
export const decidesFor = (who, port) =>
  who.signed_in && (who.role === 'officer' || who.role === 'admin') && (who.ports ?? []).some((one) => one === '*' || one === port);
