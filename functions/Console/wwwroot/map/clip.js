/** @import { Box } from './basemap.js' */

/**
 * The land within a box; the box may reach over the antimeridian.
 * @param {GeoJSON.FeatureCollection} land polygons and multipolygons
 * @param {Box} box
 * @returns {GeoJSON.Feature}
 */
export function landWithin(land, box) {
  const boxes = [-360, 0, 360]
    .map((turn) => /** @type {Box} */ ([Math.max(-180, box[0] + turn), box[1], Math.min(180, box[2] + turn), box[3]]))
    .filter(([west, , east]) => west < east);
  /** @type {number[][][][]} */
  const kept = [];
  for (const { geometry } of land.features) {
    const polygons = geometry.type === 'MultiPolygon' ? geometry.coordinates : geometry.type === 'Polygon' ? [geometry.coordinates] : [];
    for (const [outer, ...holes] of polygons) {
      for (const part of boxes) {
        const ring = clipRing(outer, part);
        if (ring.length > 3) kept.push([ring, ...holes.map((hole) => clipRing(hole, part)).filter((hole) => hole.length > 3)]);
      }
    }
  }
  return { type: 'Feature', properties: {}, geometry: { type: 'MultiPolygon', coordinates: kept } };
}

/**
 * Sutherland and Hodgman's clipping of a ring against the four sides of a box.
 * @param {number[][]} ring
 * @param {Box} box
 */
function clipRing(ring, box) {
  let points = ring;
  for (const [axis, limit, sign] of [[0, box[0], 1], [0, box[2], -1], [1, box[1], 1], [1, box[3], -1]]) {
    if (points.length === 0) return [];
    const inside = (/** @type {number[]} */ point) => (point[axis] - limit) * sign >= 0;
    /** @type {number[][]} */
    const next = [];
    let before = points[points.length - 1];
    for (const point of points) {
      if (inside(point) !== inside(before)) {
        const share = (limit - before[axis]) / (point[axis] - before[axis]);
        next.push([before[0] + (point[0] - before[0]) * share, before[1] + (point[1] - before[1]) * share]);
      }
      if (inside(point)) next.push(point);
      before = point;
    }
    points = next;
  }
  return points.length ? [...points, points[0]] : [];
}
