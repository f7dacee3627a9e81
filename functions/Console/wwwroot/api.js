/** @import { View } from './state.js' */

/** An answer of the feed that is not the one hoped for; status 0 where there was none. */
export class FeedError extends Error {
  /** @param {number} status @param {string} message */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** How many findings are asked for at once. */
export const PAGE_SIZE = 500;

/** The most that the feed gives at once. */
export const LIMIT_MAX = 10000;

/**
 * @param {string} address relative to the page, or a link from an answer
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export async function getJson(address, signal) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(address, { headers: { accept: 'application/geo+json, application/json' }, signal });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new FeedError(0, String(error));
  }
  if (!response.ok) throw new FeedError(response.status, `${response.status} ${response.statusText}`);
  return response.json();
}

/**
 * The address of a collection's items; empty values are left out.
 * @param {string} collection
 * @param {Record<string, string | number | undefined>} query
 */
export function itemsAddress(collection, query) {
  const parts = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => `${key}=${encodeURIComponent(/** @type {string | number} */ (value)).replace(/%2C/g, ',').replace(/%3A/g, ':').replace(/%2F/g, '/')}`);
  return `collections/${collection}/items${parts.length ? `?${parts.join('&')}` : ''}`;
}

/**
 * The view's filters as the feed's own parameters.
 * @param {View} view
 * @param {string} bbox of the map where only its view counts, else empty
 * @param {number} limit
 */
export function findingsAddress(view, bbox, limit) {
  return itemsAddress('findings', {
    kind: view.kinds.join(','),
    severity: view.severities.join(','),
    state: view.states.join(','),
    datetime: view.from || view.to ? `${instant(view.from)}/${instant(view.to)}` : '',
    mmsi: isMmsi(view.text) ? view.text.trim() : '',
    bbox: view.inView ? bbox : '',
    limit,
  });
}

/** @param {string} searched */
export const isMmsi = (searched) => /^\d{9}$/.test(searched.trim());

/** @param {string} local "2026-11-20T14:00", meant as UTC */
const instant = (local) => (local ? `${local.slice(0, 16)}:00Z` : '..');

/**
 * A link as an address that this page may ask: the same host, whatever name a proxy gave it.
 * @param {{ links?: { rel: string, href: string }[] }} page
 * @param {string} rel
 */
export function linkOf(page, rel) {
  const href = page.links?.find((link) => link.rel === rel)?.href;
  if (!href) return '';
  const url = new URL(href, document.baseURI);
  const at = url.pathname.lastIndexOf('/collections/');
  return at < 0 ? href : url.pathname.slice(at + 1) + url.search;
}

/**
 * Every page of a query, at most a stated number of features.
 * @param {string} address
 * @param {number} featuresMax
 * @param {AbortSignal} [signal]
 * @returns {Promise<{ features: GeoJSON.Feature<any, any>[], matched: number }>}
 */
export async function getAll(address, featuresMax, signal) {
  /** @type {GeoJSON.Feature<any, any>[]} */
  const features = [];
  let matched = 0;
  for (let next = address; next && features.length < featuresMax;) {
    const page = await getJson(next, signal);
    features.push(...page.features);
    matched = page.numberMatched ?? features.length;
    next = page.features.length ? linkOf(page, 'next') : '';
  }
  return { features, matched };
}
