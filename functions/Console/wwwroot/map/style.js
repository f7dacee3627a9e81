/** Colours by name, read from the style sheet so that the map follows the light or dark scheme. @param {string} name */
export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const NOTHING = { type: 'FeatureCollection', features: [] };
const source = (/** @type {object} */ more = {}) => ({ type: 'geojson', data: NOTHING, ...more });
const ICON_SIZE = ['interpolate', ['linear'], ['zoom'], 2, 0.62, 7, 0.82, 11, 1];

/**
 * The map's layers, from the ground up. No text layers: they would need a server of glyphs.
 * @returns {any}
 */
export function style() {
  return {
    version: 8,
    sources: {
      graticule: source({ tolerance: 0 }), land: source({ tolerance: 0.3 }), coverage: source(), lanes: source(), zones: source(), reach: source(), scenes: source(),
      detections: source(), 'detection-boxes': source(), vessels: source(),
      'finding-lines': source(), track: source(), findings: source(), selected: source(), position: source(),
    },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': colour('--sea') } },
      { id: 'coverage', type: 'fill', source: 'coverage', paint: {
        'fill-color': colour('--coverage'),
        'fill-opacity': ['interpolate', ['linear'], ['ln', ['+', 1, ['coalesce', ['get', 'reports'], 1]]], 0, 0.05, 9, 0.22],
      } },
      { id: 'graticule', type: 'line', source: 'graticule', paint: { 'line-color': colour('--graticule'), 'line-width': 0.7 } },
      { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': colour('--land') } },
      { id: 'coast', type: 'line', source: 'land', paint: { 'line-color': colour('--coast'), 'line-width': 0.8 } },
      { id: 'lanes-prior', type: 'line', source: 'lanes', filter: ['==', ['get', 'prior'], true], layout: { 'line-join': 'round' }, paint: {
        'line-color': colour('--ink-3'), 'line-opacity': 0.6, 'line-width': 1, 'line-dasharray': [5, 4],
      } },
      { id: 'lanes', type: 'line', source: 'lanes', filter: ['!=', ['get', 'prior'], true], layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: {
        'line-color': colour('--ink-3'), 'line-opacity': 0.7, 'line-width': ['interpolate', ['linear'], ['ln', ['+', 1, ['coalesce', ['get', 'voyages'], 1]]], 0, 0.8, 6, 4],
      } },
      { id: 'zones', type: 'fill', source: 'zones', paint: { 'fill-color': colour('--zone'), 'fill-opacity': 0.08 } },
      { id: 'zone-edges', type: 'line', source: 'zones', paint: { 'line-color': colour('--zone'), 'line-width': 1.3, 'line-dasharray': [4, 2] } },
      { id: 'reach', type: 'fill', source: 'reach', paint: { 'fill-color': colour('--high'), 'fill-opacity': 0.1 } },
      { id: 'reach-edges', type: 'line', source: 'reach', paint: { 'line-color': colour('--high'), 'line-width': 1.5, 'line-dasharray': [3, 2] } },
      { id: 'scenes', type: 'fill', source: 'scenes', paint: { 'fill-color': colour('--accent'), 'fill-opacity': 0.04 } },
      { id: 'scene-edges', type: 'line', source: 'scenes', paint: { 'line-color': colour('--accent'), 'line-width': 1.2, 'line-opacity': 0.7 } },
      { id: 'finding-lines', type: 'line', source: 'finding-lines', layout: { 'line-cap': 'round' }, paint: {
        'line-color': severityColour(), 'line-width': 1.3, 'line-opacity': 0.4, 'line-dasharray': [1, 2.5],
      } },
      { id: 'track-silent', type: 'line', source: 'track', filter: ['get', 'silent'], paint: {
        'line-color': colour('--ink-3'), 'line-width': 1.6, 'line-dasharray': [2, 2],
      } },
      { id: 'track', type: 'line', source: 'track', filter: ['!', ['get', 'silent']], layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: {
        'line-color': ['case', ['get', 'inside'], colour('--accent'), colour('--ink-3')],
        'line-width': ['case', ['get', 'inside'], 3, 1.5],
      } },
      { id: 'vessels', type: 'symbol', source: 'vessels', layout: {
        'icon-image': ['case', ['get', 'moving'], 'vessel-moving', 'vessel-stopped'],
        'icon-rotate': ['coalesce', ['get', 'heading'], 0], 'icon-rotation-alignment': 'map', 'icon-allow-overlap': true,
        'icon-ignore-placement': true, 'icon-size': ['interpolate', ['linear'], ['zoom'], 2, 0.36, 7, 0.62, 11, 0.85],
      } },
      { id: 'detection-boxes', type: 'line', source: 'detection-boxes', minzoom: 10, paint: { 'line-color': statusColour(), 'line-width': 1.6 } },
      { id: 'detections', type: 'circle', source: 'detections', paint: {
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 4, 2, 9, 4, 12, 6], 'circle-color': statusColour(), 'circle-opacity': ['interpolate', ['linear'], ['zoom'], 10, 0.9, 12, 0.25],
        'circle-stroke-color': statusColour(), 'circle-stroke-width': 1.4,
      } },
      { id: 'selected', type: 'circle', source: 'selected', paint: {
        'circle-radius': 19, 'circle-color': 'transparent', 'circle-stroke-color': colour('--accent'), 'circle-stroke-width': 2.5,
      } },
      { id: 'findings', type: 'symbol', source: 'findings', layout: {
        'icon-image': ['get', 'image'], 'icon-size': ICON_SIZE, 'icon-allow-overlap': true, 'icon-ignore-placement': true,
        'symbol-sort-key': ['get', 'rank'],
      }, paint: { 'icon-opacity': ['case', ['get', 'retracted'], 0.45, 1] } },
      { id: 'position', type: 'symbol', source: 'position', layout: {
        'icon-image': ['case', ['get', 'silent'], 'vessel-guessed', 'vessel-selected'], 'icon-rotate': ['get', 'course'],
        'icon-rotation-alignment': 'map', 'icon-allow-overlap': true, 'icon-ignore-placement': true, 'icon-size': 1.1,
      } },
    ],
  };
}

/** Dark ships stand out, explained ones do not, and what is not known is grey. */
function statusColour() {
  return ['match', ['get', 'status'], 'dark', colour('--high'), 'matched', colour('--low'), colour('--info')];
}

function severityColour() {
  return ['match', ['get', 'severity'], 'high', colour('--high'), 'medium', colour('--medium'), 'low', colour('--low'), colour('--info')];
}

/**
 * Gives every layer the colours of the scheme that is now in use.
 * @param {import('maplibre-gl').Map} map
 */
export function repaint(map) {
  for (const layer of style().layers) {
    for (const [property, value] of Object.entries(layer.paint ?? {})) map.setPaintProperty(layer.id, property, /** @type {any} */ (value));
  }
}
