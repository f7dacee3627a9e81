/** @import { TrackPoint, Track } from '../selection.js' */

/** A silence that is worth showing as one: no report for this long. */
export const SILENCE_MS = 30 * 60000;

/**
 * Lets longitudes run past 180 where the next point is nearer that way round.
 * @param {{ longitude: number }[]} points changed in place
 */
export function unwrap(points) {
  for (let i = 1; i < points.length; i++) {
    const turns = Math.round((points[i].longitude - points[i - 1].longitude) / 360);
    points[i].longitude -= turns * 360;
  }
}

/**
 * The track in pieces of one look each: in the finding's time or outside it, reported or silent.
 * @param {Track[]} tracks
 * @param {number} from ms
 * @param {number} to ms
 * @returns {GeoJSON.FeatureCollection}
 */
export function trackLines(tracks, from, to) {
  /** @type {GeoJSON.Feature[]} */
  const features = [];
  for (const { points } of tracks) {
    let look = '';
    /** @type {[number, number][]} */
    let line = [];
    for (let i = 1; i < points.length; i++) {
      const [a, b] = [points[i - 1], points[i]];
      const inside = b.at > from && a.at < to;
      const silent = b.at - a.at > SILENCE_MS;
      if (`${inside}${silent}` !== look) {
        look = `${inside}${silent}`;
        line = [[a.longitude, a.latitude]];
        features.push({ type: 'Feature', properties: { inside, silent }, geometry: { type: 'LineString', coordinates: line } });
      }
      line.push([b.longitude, b.latitude]);
    }
  }
  return { type: 'FeatureCollection', features };
}

/**
 * Where a vessel was at a time: the last report, or on the way to the next one, and whether anything was heard around it.
 * @param {TrackPoint[]} points
 * @param {number} at ms
 */
export function placeAt(points, at) {
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (points[middle].at <= at) low = middle;
    else high = middle - 1;
  }
  const a = points[low];
  const b = points[Math.min(low + 1, points.length - 1)];
  const share = b.at > a.at ? Math.min(1, Math.max(0, (at - a.at) / (b.at - a.at))) : 0;
  return {
    longitude: a.longitude + (b.longitude - a.longitude) * share,
    latitude: a.latitude + (b.latitude - a.latitude) * share,
    speed: share === 1 ? b.speed : a.speed,
    course: bearing(a, b),
    silenceMs: share > 0 && share < 1 && b.at - a.at > SILENCE_MS ? b.at - a.at : 0,
  };
}

/** @param {TrackPoint} a @param {TrackPoint} b */
function bearing(a, b) {
  const east = (b.longitude - a.longitude) * Math.cos((a.latitude * Math.PI) / 180);
  return (Math.atan2(east, b.latitude - a.latitude) * 180) / Math.PI;
}

/**
 * The place that stands for a finding: its point, or where its line begins.
 * @param {GeoJSON.Geometry | null} geometry
 * @returns {[number, number] | null}
 */
export function anchorOf(geometry) {
  if (!geometry) return null;
  switch (geometry.type) {
    case 'Point': return /** @type {[number, number]} */ (geometry.coordinates);
    case 'LineString':
    case 'MultiPoint': return /** @type {[number, number]} */ (geometry.coordinates[0]);
    case 'MultiLineString':
    case 'Polygon': return /** @type {[number, number]} */ (geometry.coordinates[0][0]);
    case 'MultiPolygon': return /** @type {[number, number]} */ (geometry.coordinates[0][0][0]);
    case 'GeometryCollection': return anchorOf(geometry.geometries[0] ?? null);
  }
}

/**
 * West, south, east, north of places; null of none. The side of the world with most of them decides where it is cut.
 * @param {[number, number][]} places
 * @returns {[number, number, number, number] | null}
 */
export function boundsOf(places) {
  if (places.length === 0) return null;
  const plain = extent(places.map(([longitude]) => longitude));
  const shifted = extent(places.map(([longitude]) => (longitude < 0 ? longitude + 360 : longitude)));
  const [west, east] = shifted[1] - shifted[0] < plain[1] - plain[0] ? shifted : plain;
  const [south, north] = extent(places.map(([, latitude]) => latitude));
  return [west, south, east, north];
}

/** @param {number[]} values */
const extent = (values) => [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
