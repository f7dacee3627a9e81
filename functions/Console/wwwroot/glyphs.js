import { svg } from './dom.js';

/**
 * A finding's mark is its severity's outline with its kind's sign inside, both on a field of 24 x 24. The list draws it
 * as SVG and the map as an image, from the same paths; shape says what colour says.
 *
 * @type {Record<string, { outline: string, hollow: boolean }>}
 */
const OUTLINES = {
  high: { outline: 'M12 .8 23.2 12 12 23.2.8 12Z', hollow: false },
  medium: { outline: 'M5.5 3h13A2.5 2.5 0 0 1 21 5.5v13a2.5 2.5 0 0 1-2.5 2.5h-13A2.5 2.5 0 0 1 3 18.5v-13A2.5 2.5 0 0 1 5.5 3Z', hollow: false },
  low: { outline: 'M12 2.5a9.5 9.5 0 1 1 0 19a9.5 9.5 0 1 1 0-19Z', hollow: false },
  info: { outline: 'M12 3.5a8.5 8.5 0 1 1 0 17a8.5 8.5 0 1 1 0-17Z', hollow: true },
};

/** @type {Record<string, string>} */
const SIGNS = {
  gap: 'M7 12h2.6M14.4 12H17M12 8.6v.1M12 15.3v.1',
  loitering: 'M12 7.8a4.2 4.2 0 1 1-3.7 2.2M8 7.6l.2 2.6 2.5-.3',
  drift: 'M7.2 13.2c1.6-3.2 3.2-3.2 4.8 0s3.2 3.2 4.8 0',
  'sudden-stop': 'M7.4 12h5.4M15.8 8.2v7.6',
  'impossible-movement': 'M13.2 6.8 9.2 12.6h5.6l-4 5.6',
  'shared-identity': 'M7.4 12a2.8 2.8 0 1 0 5.6 0a2.8 2.8 0 1 0-5.6 0M11 12a2.8 2.8 0 1 0 5.6 0a2.8 2.8 0 1 0-5.6 0',
  'identity-change': 'M8 10h7.4l-2-2.2M16 14H8.6l2 2.2',
  'voyage-change': 'M12 16.8V12L8.8 8M12 12l3.2-4',
  'draught-change': 'M12 7.4v9.2M9.6 9.8 12 7.4l2.4 2.4M9.6 14.2l2.4 2.4 2.4-2.4',
  'zone-entry': 'M7 12h6M10.7 9.5l2.6 2.5-2.6 2.5M13.4 7.4h3.2v9.2h-3.2',
  'port-visit': 'M12 9v7.6M7.8 12.6c.3 2.6 1.9 4 4.2 4s3.9-1.4 4.2-4M10 10.8h4M12 9a1.1 1.1 0 1 1 0-2.2a1.1 1.1 0 1 1 0 2.2',
  encounter: 'M6.8 12h3.6M8.8 10l1.9 2-1.9 2M17.2 12h-3.6M15.2 10l-1.9 2 1.9 2',
  'route-deviation': 'M7.4 15.6c3 0 4-1 4.6-3.6s1.6-3.6 4.6-3.6',
  'unlikely-motion': 'M7.4 15l2.4-5.4 2.2 4 2.2-5.6 2.4 5.4',
  spoofing: 'M9 9l6 6M15 9l-6 6',
  distress: 'M12 7.4v5.8M12 16.4v.1',
  'dark-ship': 'M14.6 15a4.6 4.6 0 1 1-.2-6.6a3.9 3.9 0 0 0 .2 6.6',
  'vehicle-deviation': 'M8 16.4V9.2h7M13 7l2.4 2.2L13 11.4',
  'cloned-plate': 'M7.4 9h6.2v4H7.4zM10.4 13v2.6h6.2v-4h-3',
  convoy: 'M8 12v.1M12 12v.1M16 12v.1',
  'declared-mismatch': 'M8.4 10.4h7.2M8.4 13.6h7.2M14 8l-4 8',
  'seal-changed': 'M8.8 12v4.2h6.4V12zM10 12v-1.6a2 2 0 0 1 4-.2',
  'early-release': 'M12 9.4V12l2 1.4M12 7.4a4.6 4.6 0 1 0 0 9.2a4.6 4.6 0 1 0 0-9.2',
  congestion: 'M8 9h8M8 12h8M8 15h8',
};

const UNKNOWN = 'M12 11.9v.2';

/**
 * The mark in the list and in the detail; decoration, because the words stand beside it.
 * @param {string} kind
 * @param {string} severity
 */
export function mark(kind, severity) {
  const { outline } = OUTLINES[severity] ?? OUTLINES.info;
  return svg('svg', { viewBox: '0 0 24 24', class: `mark mark-${severity}`, 'aria-hidden': 'true' },
    svg('path', { d: outline, class: 'mark-outline' }),
    ...(kind ? [svg('path', { d: SIGNS[kind] ?? UNKNOWN, class: 'mark-sign' })] : []));
}

/**
 * The same mark as an image for the map.
 * @param {string} kind
 * @param {string} severity
 * @param {(name: string) => string} colour reads a CSS variable
 * @param {number} scale image pixels per unit of the field
 */
export function markImage(kind, severity, colour, scale) {
  const { outline, hollow } = OUTLINES[severity] ?? OUTLINES.info;
  const edge = 28 * scale;
  const paint = context(edge);
  paint.scale(scale, scale);
  paint.translate(2, 2);
  paint.lineJoin = paint.lineCap = 'round';
  const shape = new Path2D(outline);
  paint.strokeStyle = colour('--panel');
  paint.lineWidth = hollow ? 5 : 3.2;
  paint.stroke(shape);
  paint.fillStyle = hollow ? colour('--panel') : colour(`--${severity}`);
  paint.fill(shape);
  if (hollow) {
    paint.strokeStyle = colour('--info');
    paint.lineWidth = 2;
    paint.stroke(shape);
  }
  paint.strokeStyle = hollow ? colour('--info') : colour('--on-severity');
  paint.lineWidth = 1.9;
  paint.stroke(new Path2D(SIGNS[kind] ?? UNKNOWN));
  return paint.getImageData(0, 0, edge, edge);
}

/**
 * A vessel seen from above, heading north; or a dot when it lies still.
 * @param {boolean} moving
 * @param {string} fill
 * @param {string} rim
 * @param {number} scale
 * @param {boolean} [hollow] where the position is only guessed
 */
export function vesselImage(moving, fill, rim, scale, hollow = false) {
  const edge = 24 * scale;
  const paint = context(edge);
  paint.scale(scale, scale);
  paint.lineJoin = 'round';
  const shape = new Path2D(moving ? 'M12 3.5 17.5 19.5 12 16.5 6.5 19.5Z' : 'M12 7.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9Z');
  paint.strokeStyle = hollow ? fill : rim;
  paint.lineWidth = hollow ? 3 : 2.5;
  paint.stroke(shape);
  paint.fillStyle = hollow ? rim : fill;
  paint.fill(shape);
  return paint.getImageData(0, 0, edge, edge);
}

/** @param {number} edge */
function context(edge) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = edge;
  const paint = canvas.getContext('2d', { willReadFrequently: true });
  if (!paint) throw new Error('no canvas');
  return paint;
}
