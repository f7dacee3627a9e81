/**
 * What the route sends.
 *
 * @typedef {object} Letter
 * @property {string} queue
 * @property {string} id
 * @property {string} kept_at
 * @property {number | null} tries
 * @property {string | null} why
 * @property {number} length
 * @property {string | null} about what it points to
 * @property {string | null} redriven_at
 * @property {string | null} redriven_by
 *
 * @typedef {object} Listed
 * @property {Letter[]} letters newest first
 * @property {Record<string, number>} waiting by queue
 * @property {number} numberMatched
 *
 * @typedef {object} View
 * @property {string} queue or empty for all
 * @property {'waiting' | 'all'} state
 */
export {};
