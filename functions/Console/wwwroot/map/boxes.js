const METRES_PER_DEGREE = 111195;
/** A box is drawn this far outside the hull, so that the ship under it can be seen. */
const MARGIN_M = 15;
const WIDTH_MIN_M = 20;

/**
 * The outline of a ship that a scene shows, as long and wide as it was measured and along its axis.
 * @param {GeoJSON.Feature<any, any>} detection a point with length_m, width_m and perhaps heading_deg
 * @returns {GeoJSON.Feature}
 */
export function shipBox({ geometry, properties: p }) {
  const [longitude, latitude] = geometry.coordinates;
  const half = (p.length_m ?? WIDTH_MIN_M) / 2 + MARGIN_M;
  // Without an axis nobody knows how it lies: a square.
  const side = p.heading_deg === null || p.heading_deg === undefined ? half : Math.max(WIDTH_MIN_M, p.width_m ?? 0) / 2 + MARGIN_M;
  const turn = ((p.heading_deg ?? 0) * Math.PI) / 180;
  const [east, north] = [METRES_PER_DEGREE * Math.cos((latitude * Math.PI) / 180), METRES_PER_DEGREE];
  const ring = [[1, 1], [1, -1], [-1, -1], [-1, 1], [1, 1]].map(([along, across]) => {
    const [x, y] = [along * half * Math.sin(turn) + across * side * Math.cos(turn), along * half * Math.cos(turn) - across * side * Math.sin(turn)];
    return [longitude + x / east, latitude + y / north];
  });
  return { type: 'Feature', geometry: { type: 'LineString', coordinates: ring }, properties: { status: p.status } };
}
