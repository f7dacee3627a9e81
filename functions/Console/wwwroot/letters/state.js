/** @import { View } from './types.js' */

/** What is shown, kept in the address. @param {string} search @returns {View} */
export function readView(search) {
  const query = new URLSearchParams(search);
  return {
    queue: (query.get('queue') ?? '').replace(/[^a-z-]/g, '').slice(0, 40),
    state: query.get('state') === 'all' ? 'all' : 'waiting',
  };
}

/** @param {View} view @returns {string} with its question mark, or empty */
export function writeView(view) {
  const parts = [view.queue && `queue=${view.queue}`, view.state === 'all' && 'state=all'].filter(Boolean);
  return parts.length ? `?${parts.join('&')}` : '';
}
