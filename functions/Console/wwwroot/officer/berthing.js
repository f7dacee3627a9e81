/** @import { Alert } from './types.js' */
import { duration } from '../format.js';
import { text } from './text.en.js';

const words = text.berthing;
const SOON_MS = 6 * 3600000;

/**
 * How long until the ship berths, as an officer says it.
 * @param {Alert} alert
 * @param {number} now ms
 * @returns {{ long: string, short: string, isSoon: boolean }}
 */
export function berthing(alert, now) {
  const at = Date.parse(alert.berthing_at ?? '');
  if (alert.arrived) return { long: words.arrived, short: words.arrived, isSoon: false };
  if (!Number.isFinite(at)) return { long: words.unknown, short: '', isSoon: false };
  const length = duration(at - now);
  const isAbout = alert.berthing_by === 'estimated';
  return at >= now
    ? { long: (isAbout ? words.inAbout : words.inTime)(length), short: (isAbout ? words.shortAbout : words.short)(length), isSoon: at - now < SOON_MS }
    : { long: words.overdue(length), short: words.shortOverdue(length), isSoon: false };
}
