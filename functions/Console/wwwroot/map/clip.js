/** @import { Box } from './basemap.js' */

/**
 * @typedef {object} LandPolygon
 * @property {number[][][]} rings the outer one, then holes; longitudes may run past 180
 * @property {Box} box
 */

/**
 * Makes polygons on the sphere ready for a flat map. Natural Earth's land comes in one piece over the antimeridian and
 * around the south pole: longitudes are let run on, and a ring around the pole is closed along the map's lower edge.
 * @param {GeoJSON.FeatureCollection} land polygons and multipolygons
 * @returns {LandPolygon[]}
 */
export function flattened(land) {
  return land.features.flatMap(({ geometry }) =>
    geometry.type === 'MultiPolygon' ? geometry.coordinates : geometry.type === 'Polygon' ? [geometry.coordinates] : [])
    .map(([first, ...others]) => {
      const outer = runOn(first);
      const box = boxOf(outer);
      return { rings: [outer, ...others.map((hole) => turnedInto(runOn(hole), box))], box };
    });
}

/**
 * A hole on the turn of the world on which its outer ring came to lie.
 * @param {number[][]} hole
 * @param {Box} box
 */
function turnedInto(hole, box) {
  const turn = hole[0][0] < box[0] ? 360 : hole[0][0] > box[2] ? -360 : 0;
  return hole.map(([x, y]) => [x + turn, y]);
}

/**
 * The land within a box; the box may reach over the antimeridian.
 * @param {LandPolygon[]} land
 * @param {Box} box
 * @returns {GeoJSON.Feature}
 */
export function landWithin(land, box) {
  /** @type {number[][][][]} */
  const kept = [];
  for (const worldTurn of [-360, 0, 360]) {
    /** @type {Box} */
    const part = [Math.max(-180, box[0] + worldTurn), box[1], Math.min(180, box[2] + worldTurn), box[3]];
    if (part[0] >= part[2]) continue;
    for (const { rings, box: around } of land) {
      for (const turn of [-360, 0, 360]) {
        /** @type {Box} */
        const turned = [part[0] - turn, part[1], part[2] - turn, part[3]];
        if (around[0] > turned[2] || around[2] < turned[0] || around[1] > turned[3] || around[3] < turned[1]) continue;
        const [outer, ...holes] = rings.map((ring) => clipped(ring, turned).map(([x, y]) => [x + turn, y]));
        if (outer.length > 3) kept.push([outer, ...holes.filter((hole) => hole.length > 3)]);
      }
    }
  }
  return { type: 'Feature', properties: {}, geometry: { type: 'MultiPolygon', coordinates: kept } };
}

/** @param {number[][]} ring */
function runOn(ring) {
  let turn = 0;
  const points = ring.map(([x, y], i) => {
    if (i > 0) turn -= Math.round((x - ring[i - 1][0]) / 360) * 360;
    return [x + turn, y];
  });
  const [first, last] = [points[0], points[points.length - 1]];
  if (Math.abs(last[0] - first[0]) > 180) points.push([last[0], -90], [first[0], -90], first);
  return points;
}

/** @param {number[][]} ring @returns {Box} */
function boxOf(ring) {
  /** @type {Box} */
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of ring) {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return box;
}

/**
 * Sutherland and Hodgman's clipping of a ring against the four sides of a box.
 * @param {number[][]} ring
 * @param {Box} box
 */
function clipped(ring, box) {
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
