import { AddressView } from '../js/address-view.js';

/**
 * The view, kept in the address so that it can be shared.
 *
 * @typedef {object} View
 * @property {string} subject  mmsi:N or another subject; empty before one is named
 * @property {string} finding  id of the chosen finding, or empty
 * @property {string} kind     only findings of this kind, or empty
 * @property {number} limit    how many lines of each part
 */

export const LIMIT_USUAL = 50;
export const LIMIT_MAX = 500;

/** @param {string} search @returns {View} */
export function readView(search) {
  const query = new URLSearchParams(search);
  const mmsi = (query.get('mmsi') ?? '').trim();
  const limit = Number(query.get('limit'));
  return {
    subject: /^\d{9}$/.test(mmsi) ? `mmsi:${Number(mmsi)}` : (query.get('subject') ?? '').trim().replaceAll(' ', '+').slice(0, 200),
    finding: query.get('finding') ?? '',
    kind: query.get('kind') ?? '',
    limit: Number.isInteger(limit) && limit > LIMIT_USUAL ? Math.min(limit, LIMIT_MAX) : LIMIT_USUAL,
  };
}

/** @param {View} view @returns {string} an address relative to the page */
export function writeView(view) {
  const parts = [
    nameOf(view.subject),
    view.kind ? `kind=${encodeURIComponent(view.kind)}` : '',
    view.finding ? `finding=${encodeURIComponent(view.finding)}` : '',
    view.limit > LIMIT_USUAL ? `limit=${view.limit}` : '',
  ].filter(Boolean);
  return `vessel.html${parts.length ? `?${parts.join('&')}` : ''}`;
}

/** @param {string} subject */
function nameOf(subject) {
  const digits = /^mmsi:(\d{1,9})$/.exec(subject)?.[1];
  if (digits) return `mmsi=${digits.padStart(9, '0')}`;
  return subject ? `subject=${encodeURIComponent(subject).replaceAll('%3A', ':').replaceAll('%2C', ',')}` : '';
}

/** @param {string} subject @param {string} [finding] @returns {string} the address of a subject's page */
export const vesselAddress = (subject, finding = '') => writeView({ subject, finding, kind: '', limit: LIMIT_USUAL });

/**
 * The one view of this page.
 *
 * @extends {AddressView<View>}
 */
export class ViewState extends AddressView {
  constructor() {
    super(readView, writeView);
  }
}
