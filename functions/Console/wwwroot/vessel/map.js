/** @import { Dossier } from './types.js' */
/** @import { Track } from '../selection.js' */
import { byId, h } from '../dom.js';
import { basemap } from '../map/basemap.js';
import { drawImagesOnDemand, redrawImages } from '../map/images.js';
import { anchorOf, boundsOf, trackLines } from '../map/lines.js';
import { repaint, style } from '../map/style.js';
import { loadScript, loadStyles, vendor } from '../vendor.js';
import { text } from './text.en.js';

const words = text.map;
const RANK = /** @type {Record<string, number>} */ ({ high: 3, medium: 2, low: 1, info: 0 });

/** Where she went, what was found there, and where she can be. */
export class VesselMap {
  /** @type {import('maplibre-gl').Map} */
  #map;
  /** @type {Map<string, [number, number]>} */
  #places = new Map();

  /**
   * Draws the map, or says why there is none.
   * @param {HTMLElement} root
   * @param {(id: string) => void} chosen
   * @returns {Promise<VesselMap | null>}
   */
  static async open(root, chosen) {
    if (!hasWebGl()) return explain(root, words.noWebGl);
    try {
      loadStyles(vendor.mapStyles);
      await loadScript(vendor.map);
      const library = /** @type {any} */ (globalThis).maplibregl;
      library.setWorkerUrl(vendor.mapWorker);
      const opened = new VesselMap(library, root, chosen);
      await new Promise((resolve, reject) => {
        opened.#map.once('load', resolve);
        opened.#map.once('webglcontextlost', reject);
      });
      opened.#map.getCanvas().setAttribute('aria-label', words.label);
      basemap(opened.#map, (source, data) => opened.#put(source, data)).catch(() => {});
      return opened;
    } catch {
      return explain(root, words.noMap);
    }
  }

  /** @param {any} library @param {HTMLElement} root @param {(id: string) => void} chosen */
  constructor(library, root, chosen) {
    const map = this.#map = new library.Map({
      container: root, style: style(), attributionControl: false, dragRotate: false, pitchWithRotate: false, maxZoom: 17, minZoom: 1,
      center: [0, 25], zoom: 1.4, fadeDuration: 0, cooperativeGestures: false,
      locale: { 'NavigationControl.ZoomIn': words.zoomIn, 'NavigationControl.ZoomOut': words.zoomOut, 'Map.Title': words.label, 'ScaleControl.NauticalMiles': 'NM', 'ScaleControl.Meters': 'm' },
    });
    map.touchZoomRotate.disableRotation();
    map.addControl(new library.NavigationControl({ showCompass: false }), 'bottom-right');
    map.addControl(new library.ScaleControl({ unit: 'nautical', maxWidth: 90 }), 'bottom-left');
    drawImagesOnDemand(map);
    map.on('dataloading', () => { root.dataset.drawn = 'false'; });
    map.on('idle', () => { root.dataset.drawn = 'true'; });
    map.on('click', 'findings', (/** @type {any} */ event) => { if (event.features?.[0]) chosen(event.features[0].properties.id); });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      repaint(map);
      redrawImages(map);
    });
  }

  /**
   * @param {Dossier} dossier
   * @param {Track[]} tracks
   * @param {GeoJSON.Feature<any, any>[]} cells
   */
  show(dossier, tracks, cells) {
    this.showFindings(dossier);
    const last = anchorOf(dossier.vessel?.geometry ?? null);
    const reach = dossier.reach?.geometry && dossier.reach.properties.state === 'open' ? [dossier.reach] : [];
    this.#put('coverage', collection(cells));
    this.#put('track', trackLines(tracks, -Infinity, Infinity));
    this.#put('reach', collection(/** @type {GeoJSON.Feature[]} */ (reach)));
    this.#put('position', collection(last ? [feature({ type: 'Point', coordinates: last }, { course: dossier.vessel?.properties.course_degrees ?? 0, silent: false })] : []));
    byId('map').dataset.track = String(tracks.reduce((sum, { points: p }) => sum + p.length, 0));
    byId('map').dataset.reach = String(reach.length);
    byId('map-key').replaceChildren(...[
      tracks.length ? key('track', words.keyTrack) : null, tracks.length ? key('silent', words.keySilent) : null,
      last ? key('place', words.keyPlace) : null, reach.length ? key('reach', words.keyReach) : null, cells.length ? key('coverage', words.keyCoverage) : null,
    ].filter((entry) => entry !== null));
    /** @type {[number, number][]} */
    const all = [
      ...tracks.flatMap(({ points: p }) => p.map(({ longitude, latitude }) => /** @type {[number, number]} */ ([longitude, latitude]))),
      ...(last ? [last] : []), ...(tracks.length ? [] : this.#places.values()), ...reach.flatMap(({ geometry }) => corners(geometry)),
    ];
    const bounds = boundsOf(all);
    if (bounds) this.#map.fitBounds(bounds, { padding: 48, maxZoom: 11, animate: false });
  }

  /** What was found, faint where it does not hold. @param {Dossier} dossier */
  showFindings(dossier) {
    this.#places.clear();
    const points = [...dossier.findings.items, ...dossier.maybe.items].flatMap((finding) => {
      const place = anchorOf(finding.geometry);
      if (place) this.#places.set(finding.id, place);
      return place ? [feature({ type: 'Point', coordinates: place }, {
        id: finding.id, kind: finding.kind, severity: finding.severity, rank: RANK[finding.severity] ?? 0,
        retracted: finding.state === 'retracted' || finding.judgement?.verdict === 'false', image: `finding/${finding.kind}/${finding.severity}`,
      })] : [];
    });
    this.#put('findings', collection(points));
    byId('map').dataset.findings = String(points.length);
  }

  /** @param {string} finding id, or empty */
  choose(finding) {
    const place = this.#places.get(finding);
    this.#put('selected', collection(place ? [feature({ type: 'Point', coordinates: place }, {})] : []));
    if (place && !this.#map.getBounds().contains(place)) this.#map.jumpTo({ center: place });
  }

  /** @param {string} name @param {GeoJSON.GeoJSON} data */
  #put(name, data) {
    /** @type {import('maplibre-gl').GeoJSONSource} */ (this.#map.getSource(name)).setData(data);
  }
}

/** @param {string} what @param {string} word */
const key = (what, word) => h('li', {}, h('span', { class: `key key-${what}`, 'aria-hidden': 'true' }), word);
/** @param {GeoJSON.Geometry} geometry @param {object} properties @returns {GeoJSON.Feature} */
const feature = (geometry, properties) => ({ type: 'Feature', geometry, properties });
/** @param {GeoJSON.Feature[]} features @returns {GeoJSON.FeatureCollection} */
const collection = (features) => ({ type: 'FeatureCollection', features });

/** @param {GeoJSON.Geometry | null} geometry @returns {[number, number][]} */
const corners = (geometry) => (geometry?.type === 'Polygon' ? /** @type {[number, number][]} */ (geometry.coordinates[0])
  : geometry?.type === 'MultiPolygon' ? /** @type {[number, number][]} */ (geometry.coordinates.flatMap((polygon) => polygon[0])) : []);

function hasWebGl() {
  try {
    return document.createElement('canvas').getContext('webgl2') !== null;
  } catch {
    return false;
  }
}

/** @param {HTMLElement} root @param {string} why */
function explain(root, why) {
  document.body.classList.add('no-map');
  root.replaceChildren(h('div', { class: 'no-map-note' }, h('strong', {}, why)));
  return null;
}
