/** @import { Dossier } from './types.js' */
/** @import { View } from './state.js' */
/** @import { Track } from '../selection.js' */
import { getAll, getJson, itemsAddress } from '../api.js';
import { pointsOf } from '../selection.js';

const PIECES_MAX = 12;
const CELLS_MAX = 2000;

/** @param {View} view @param {AbortSignal} signal @returns {Promise<Dossier>} */
export const readDossier = (view, signal) =>
  getJson(`vessels/${encodeURIComponent(view.subject)}?limit=${view.limit}&f=json`, signal);

/**
 * The last pieces of the track, as the map draws them.
 * @param {string} subject
 * @param {AbortSignal} signal
 * @returns {Promise<Track[]>}
 */
export async function readTrack(subject, signal) {
  const page = await getJson(itemsAddress('tracks', { subject, limit: PIECES_MAX }), signal);
  /** @type {Map<number, GeoJSON.Feature<any, any>[]>} */
  const hulls = new Map();
  for (const piece of page.features) hulls.set(piece.properties.hull, [...(hulls.get(piece.properties.hull) ?? []), piece]);
  return [...hulls.values()].map((pieces) => ({ subject, points: pointsOf(pieces, -Infinity, Infinity) })).filter(({ points }) => points.length > 1);
}

/** @param {number[] | null} bbox @param {AbortSignal} signal @returns {Promise<GeoJSON.Feature<any, any>[]>} */
export async function readCoverage(bbox, signal) {
  if (!bbox) return [];
  return (await getAll(itemsAddress('coverage', { bbox: bbox.join(','), limit: CELLS_MAX }), CELLS_MAX, signal)).features;
}
