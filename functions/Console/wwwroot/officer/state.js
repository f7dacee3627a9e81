import { AddressView } from '../js/address-view.js';

/**
 * The view, kept in the address so that it can be shared.
 *
 * @typedef {object} View
 * @property {string} alert  id of the opened alert, or empty
 * @property {'todo' | 'all'} show
 * @property {'urgent' | 'newest'} sort
 * @property {string} port   only this port's, or empty
 */

/** @param {string} search @returns {View} */
export function readView(search) {
  const query = new URLSearchParams(search);
  return {
    alert: query.get('alert') ?? '',
    show: query.get('show') === 'all' ? 'all' : 'todo',
    sort: query.get('sort') === 'newest' ? 'newest' : 'urgent',
    port: query.get('port') ?? '',
  };
}

/** @param {View} view @returns {string} an address relative to the page */
export function writeView(view) {
  const parts = [
    view.show === 'all' ? 'show=all' : '',
    view.sort === 'newest' ? 'sort=newest' : '',
    view.port ? `port=${encodeURIComponent(view.port)}` : '',
    view.alert ? `alert=${encodeURIComponent(view.alert)}` : '',
  ].filter(Boolean);
  return `officer.html${parts.length ? `?${parts.join('&')}` : ''}`;
}

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
