import { getJson } from '../api.js';
import { loadScript, vendor } from '../vendor.js';
import { flattened, landWithin } from './clip.js';

const FINE_ZOOM = 5.5;

/** @import { LandPolygon } from './clip.js' */
/** @typedef {[number, number, number, number]} Box west, south, east, north */

/**
 * Keeps sea, land and graticule under the view: Natural Earth at 1:50 million, and at 1:10 million when near. Only the
 * part around the view is handed on, because preparing the whole world's fine coast holds the map up for seconds.
 *
 * @param {import('maplibre-gl').Map} map
 * @param {(source: string, data: GeoJSON.GeoJSON) => void} put
 */
export async function basemap(map, put) {
  /** @type {Box | null} */
  let drawn = null;
  const follow = async () => {
    const isNear = map.getZoom() >= FINE_ZOOM;
    put('graticule', graticule(map.getZoom() > 8 ? 0.5 : isNear ? 1 : 10));
    if (!isNear) {
      if (drawn) put('land', landWithin(await coarse, WORLD));
      drawn = null;
      return;
    }
    const bounds = map.getBounds();
    /** @type {Box} */
    const view = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    const isWithin = drawn && view[0] >= drawn[0] && view[1] >= drawn[1] && view[2] <= drawn[2] && view[3] <= drawn[3];
    if (isWithin && drawn && drawn[2] - drawn[0] < 8 * (view[2] - view[0])) return;
    const fine = await land('landFine');
    const [wide, high] = [view[2] - view[0], view[3] - view[1]];
    drawn = [view[0] - wide, Math.max(-90, view[1] - high), view[2] + wide, Math.min(90, view[3] + high)];
    put('land', landWithin(fine, drawn));
  };
  const coarse = land('landCoarse');
  put('land', landWithin(await coarse, WORLD));
  map.on('moveend', follow);
  await follow();
}

/** @type {Box} */
const WORLD = [-180, -90, 180, 90];

/** @type {Map<string, Promise<LandPolygon[]>>} */
const read = new Map();

/**
 * Natural Earth's land, read once.
 * @param {'landCoarse' | 'landFine'} detail
 */
function land(detail) {
  let promise = read.get(detail);
  if (!promise) {
    promise = Promise.all([getJson(vendor[detail]), loadScript(vendor.topojson)]).then(([topology]) =>
      flattened(/** @type {any} */ (globalThis).topojson.feature(topology, topology.objects.land)));
    read.set(detail, promise);
  }
  return promise;
}

/**
 * Meridians and parallels.
 * @param {number} step degrees
 * @returns {GeoJSON.Feature}
 */
function graticule(step) {
  /** @type {number[][][]} */
  const lines = [];
  for (let longitude = -180; longitude <= 180; longitude += step) lines.push([[longitude, -85], [longitude, 85]]);
  for (let latitude = -80; latitude <= 85; latitude += step) lines.push([[-180, latitude], [180, latitude]]);
  return { type: 'Feature', properties: {}, geometry: { type: 'MultiLineString', coordinates: lines } };
}
