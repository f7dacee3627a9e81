/** @import { ViewState } from '../state.js' */
import { getAll, itemsAddress } from '../api.js';
import { debounce } from '../dom.js';
import { shipBox } from './boxes.js';

/** The most features of one layer that are drawn at once; more is said beside the layer's name. */
const FEATURES_MAX = 5000;
const KNOTS_MOVING_MIN = 0.5;

/** @typedef {'vessels' | 'coverage' | 'lanes' | 'zones' | 'reach' | 'scenes' | 'detections'} LayerName */
/** @type {LayerName[]} */
export const LAYERS = ['vessels', 'coverage', 'lanes', 'zones', 'reach', 'scenes', 'detections'];

/** What is drawn by more than one layer of the style. @type {Partial<Record<LayerName, string[]>>} */
const DRAWN_BY = {
  lanes: ['lanes', 'lanes-prior'], zones: ['zones', 'zone-edges'], reach: ['reach', 'reach-edges'], scenes: ['scenes', 'scene-edges'], detections: ['detections', 'detection-boxes'],
};

/** What lies under the findings: vessels, reception and zones, each asked for the part of the world that the map shows. */
export class Overlays {
  /** @type {Record<LayerName, { shown: number, matched: number, failed: boolean } | null>} */
  counts = { vessels: null, coverage: null, lanes: null, zones: null, reach: null, scenes: null, detections: null };
  simulated = false;

  #abort = new AbortController();
  #map;
  #state;
  #told;

  /**
   * @param {import('maplibre-gl').Map} map
   * @param {ViewState} state
   * @param {() => void} told called when counts changed
   */
  constructor(map, state, told) {
    this.#map = map;
    this.#state = state;
    this.#told = told;
    map.on('moveend', debounce(200, () => this.load()));
    state.onChange((now, before) => {
      if (now.layers.join() !== before.layers.join()) this.load();
    });
  }

  async load() {
    this.#abort.abort();
    const { signal } = (this.#abort = new AbortController());
    await Promise.all(LAYERS.map(async (name) => {
      const on = this.#state.value.layers.includes(name);
      const source = /** @type {import('maplibre-gl').GeoJSONSource} */ (this.#map.getSource(name));
      for (const layer of DRAWN_BY[name] ?? [name]) {
        this.#map.setLayoutProperty(layer, 'visibility', on ? 'visible' : 'none');
      }
      if (!on) {
        this.counts[name] = null;
        return;
      }
      try {
        const limit = FEATURES_MAX;
        const { features, matched } = await getAll(itemsAddress(name, { bbox: bboxOf(this.#map), state: name === 'reach' ? 'open' : '', limit }), limit, signal);
        if (name === 'vessels' || name === 'scenes') this.simulated ||= features.some((vessel) => vessel.properties.simulated);
        source.setData({ type: 'FeatureCollection', features: name === 'vessels' ? features.map(drawn) : features });
        if (name === 'detections') {
          const boxes = /** @type {import('maplibre-gl').GeoJSONSource} */ (this.#map.getSource('detection-boxes'));
          boxes.setData({ type: 'FeatureCollection', features: features.map(shipBox) });
        }
        this.counts[name] = { shown: features.length, matched, failed: false };
      } catch {
        if (signal.aborted) return;
        this.counts[name] = { shown: 0, matched: 0, failed: true };
      }
    }));
    if (!signal.aborted) this.#told();
  }
}

/** @param {GeoJSON.Feature<any, any>} vessel */
function drawn(vessel) {
  const p = vessel.properties;
  const moving = p.speed_knots === null || p.speed_knots === undefined || p.speed_knots >= KNOTS_MOVING_MIN;
  const heading = p.course_degrees ?? p.heading_degrees;
  return { ...vessel, properties: { ...p, moving: moving && heading !== null && heading !== undefined, heading: heading ?? 0 } };
}

/**
 * The part of the world in view, as the feed wants it; empty for all of it.
 * @param {import('maplibre-gl').Map} map
 */
export function bboxOf(map) {
  const bounds = map.getBounds();
  if (bounds.getEast() - bounds.getWest() >= 360) return `-180,${latitude(bounds.getSouth())},180,${latitude(bounds.getNorth())}`;
  return [wrap(bounds.getWest()), latitude(bounds.getSouth()), wrap(bounds.getEast()), latitude(bounds.getNorth())].join(',');
}

/** @param {number} value */
const latitude = (value) => Math.max(-90, Math.min(90, value)).toFixed(5);
/** @param {number} value */
const wrap = (value) => (((((value + 180) % 360) + 360) % 360) - 180).toFixed(5);
