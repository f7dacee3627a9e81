import { markImage, vesselImage } from '../glyphs.js';
import { colour } from './style.js';

const SCALE = 3;

/**
 * Draws an image when the map first asks for it, so that only the kinds that occur are made.
 * @param {import('maplibre-gl').Map} map
 */
export function drawImagesOnDemand(map) {
  map.on('styleimagemissing', ({ id }) => {
    if (!map.hasImage(id)) map.addImage(id, draw(id), { pixelRatio: SCALE });
  });
}

/**
 * Draws all images again in the colours of the scheme that is now in use.
 * @param {import('maplibre-gl').Map} map
 */
export function redrawImages(map) {
  for (const id of map.listImages()) map.updateImage(id, draw(id));
}

/** @param {string} id "finding/gap/high" or one of the vessels' */
function draw(id) {
  const [what, kind, severity] = id.split('/');
  if (what === 'finding') return markImage(kind, severity, colour, SCALE);
  if (what === 'vessel-selected') return vesselImage(true, colour('--accent'), colour('--panel'), SCALE);
  if (what === 'vessel-guessed') return vesselImage(true, colour('--ink-2'), colour('--panel'), SCALE, true);
  return vesselImage(what === 'vessel-moving', colour('--vessel'), colour('--vessel-rim'), SCALE);
}
