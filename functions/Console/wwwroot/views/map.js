/** @import { Finding } from '../types.js' */
/** @import { ViewState } from '../state.js' */
/** @import { Findings } from '../findings.js' */
/** @import { Selection } from '../selection.js' */
import { byId, debounce, h } from '../dom.js';
import { coordinates, dayAndTime, subjectName, timeOf } from '../format.js';
import { basemap } from '../map/basemap.js';
import { drawImagesOnDemand, redrawImages } from '../map/images.js';
import { anchorOf, boundsOf, placeAt, trackLines } from '../map/lines.js';
import { Overlays, bboxOf } from '../map/overlays.js';
import { repaint, style } from '../map/style.js';
import { tips } from '../map/tips.js';
import { text } from '../text.en.js';
import { loadScript, loadStyles, vendor } from '../vendor.js';

const words = text.map;
const RANK = /** @type {Record<string, number>} */ ({ high: 3, medium: 2, low: 1, info: 0 });

/** What the rest of the page may ask of the map. */
export class FindingsMap {
  /** @type {Overlays | null} */
  overlays = null;
  /** @type {import('maplibre-gl').Map} */
  #map;
  /** @type {any} */
  #library;
  #state;
  #selection;
  /** @type {import('maplibre-gl').Marker[]} */
  #ends = [];
  #fitted = false;
  #shownKey = '';

  /**
   * Draws the map, or says why there is none.
   * @param {ViewState} state
   * @param {Findings} findings
   * @param {Selection} selection
   * @param {() => void} counted
   * @returns {Promise<FindingsMap | null>}
   */
  static async open(state, findings, selection, counted) {
    const root = byId('map');
    if (!hasWebGl()) {
      explain(root, words.noWebGl);
      return null;
    }
    try {
      loadStyles(vendor.mapStyles);
      await loadScript(vendor.map);
      const library = /** @type {any} */ (globalThis).maplibregl;
      library.setWorkerUrl(vendor.mapWorker);
      const opened = new FindingsMap(library, root, state, selection);
      await new Promise((resolve, reject) => {
        opened.#map.once('load', resolve);
        opened.#map.once('webglcontextlost', reject);
      });
      opened.#follow(findings, counted);
      return opened;
    } catch {
      explain(root, words.noMap);
      return null;
    }
  }

  /**
   * @param {any} library
   * @param {HTMLElement} root
   * @param {ViewState} state
   * @param {Selection} selection
   */
  constructor(library, root, state, selection) {
    this.#library = library;
    this.#state = state;
    this.#selection = selection;
    const at = state.value.map;
    this.#fitted = at !== null;
    this.#map = new library.Map({
      container: root, style: style(), attributionControl: false, dragRotate: false, pitchWithRotate: false, maxZoom: 17, minZoom: 1,
      center: at ? [at[2], at[1]] : [0, 25], zoom: at ? at[0] : 1.4, fadeDuration: 0,
      locale: { 'NavigationControl.ZoomIn': words.zoomIn, 'NavigationControl.ZoomOut': words.zoomOut, 'Map.Title': words.label, 'ScaleControl.NauticalMiles': 'NM', 'ScaleControl.Meters': 'm' },
    });
    this.#map.touchZoomRotate.disableRotation();
    this.#map.addControl(new library.NavigationControl({ showCompass: false }), 'bottom-right');
    this.#map.addControl(new library.ScaleControl({ unit: 'nautical', maxWidth: 90 }), 'bottom-left');
    drawImagesOnDemand(this.#map);
  }

  /** The part of the world in view, for the feed. */
  get bbox() {
    return bboxOf(this.#map);
  }

  /** @param {Findings} findings @param {() => void} counted */
  #follow(findings, counted) {
    const map = this.#map;
    const root = byId('map');
    map.on('dataloading', () => { root.dataset.drawn = 'false'; });
    map.on('idle', () => { root.dataset.drawn = 'true'; });
    map.getCanvas().setAttribute('aria-label', words.label);
    this.overlays = new Overlays(map, this.#state, counted);
    basemap(map, (source, data) => this.#put(source, data)).catch(() => {});
    tips(this.#library, map, this.#state);
    this.#pointerPlace();

    const draw = () => this.#drawFindings(findings.shown);
    findings.onChange(draw);
    draw();
    this.#selection.onChange(() => this.#drawSelection());
    this.#drawSelection();
    this.#state.onChange((now, before) => {
      if (now.at !== before.at) this.#drawPosition();
    });
    addEventListener('popstate', () => {
      const at = this.#state.value.map;
      if (at) map.jumpTo({ zoom: at[0], center: [at[2], at[1]] });
    });
    map.on('moveend', debounce(150, () => {
      const { lat, lng } = map.getCenter().wrap();
      this.#state.set({ map: [map.getZoom(), lat, lng] }, 'replace');
    }));
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      repaint(map);
      redrawImages(map);
    });
    this.overlays.load();
  }

  /** @param {Finding[]} findings */
  #drawFindings(findings) {
    const points = findings.flatMap((finding) => {
      const p = finding.properties;
      const place = anchorOf(finding.geometry);
      return place ? [feature({ type: 'Point', coordinates: place }, {
        id: p.id, kind: p.kind, severity: p.severity, rank: RANK[p.severity] ?? 0, retracted: p.state === 'retracted',
        image: `finding/${p.kind}/${p.severity}`, title: subjectName(p), when: dayAndTime(p.start_at),
      })] : [];
    });
    const lines = findings.filter(({ geometry }) => /LineString$/.test(geometry?.type ?? ''))
      .map(({ geometry, properties }) => feature(/** @type {GeoJSON.Geometry} */ (geometry), { severity: properties.severity }));
    this.#put('findings', collection(points));
    this.#put('finding-lines', collection(lines));
    byId('map').dataset.findings = String(points.length);
    if (!this.#fitted && points.length) {
      this.#fitted = true;
      this.fit(findings);
    }
  }

  /** @param {Finding[]} findings */
  fit(findings) {
    const bounds = boundsOf(findings.map(({ geometry }) => anchorOf(geometry)).filter((place) => place !== null));
    if (bounds) this.#map.fitBounds(bounds, { padding: 56, maxZoom: 10, animate: false });
  }

  #drawSelection() {
    const { finding, tracks } = this.#selection;
    const p = finding?.properties;
    const place = anchorOf(finding?.geometry ?? null);
    this.#put('selected', collection(place ? [feature({ type: 'Point', coordinates: place }, {})] : []));
    const from = p ? Date.parse(p.start_at) : 0;
    const to = p ? Date.parse(p.end_at ?? p.start_at) : 0;
    this.#put('track', trackLines(tracks, from, to));
    this.#markEnds(from, p?.end_at ? to : 0);
    this.#drawPosition();
    const key = p ? `${p.id} ${tracks.length}` : '';
    if (p && key !== this.#shownKey) this.#bringIntoView(place);
    this.#shownKey = key;
  }

  /** @param {[number, number] | null} place */
  #bringIntoView(place) {
    const { finding, tracks } = this.#selection;
    const p = /** @type {Finding} */ (finding).properties;
    const inside = tracks.flatMap(({ points }) => points)
      .filter(({ at }) => at >= Date.parse(p.start_at) - 3600000 && at <= Date.parse(p.end_at ?? p.start_at) + 3600000)
      .map(({ longitude, latitude }) => /** @type {[number, number]} */ ([longitude, latitude]));
    const bounds = boundsOf(place ? [...inside, place] : inside);
    if (!bounds) return;
    const view = this.#map.getBounds();
    const isSeen = view.contains([bounds[0], bounds[1]]) && view.contains([bounds[2], bounds[3]]);
    const span = Math.max(bounds[2] - bounds[0], bounds[3] - bounds[1]);
    const isLarge = span > (view.getEast() - view.getWest()) / 8;
    if (isSeen && (isLarge || inside.length === 0)) return;
    // The layers' box covers the right edge of a wide map.
    const right = this.#map.getContainer().clientWidth > 620 ? 220 : 70;
    this.#map.fitBounds(bounds, { padding: { top: 70, bottom: 70, left: 70, right }, maxZoom: Math.max(11, this.#map.getZoom()), duration: reduced() ? 0 : 500 });
  }

  /** @param {number} from @param {number} to */
  #markEnds(from, to) {
    for (const marker of this.#ends) marker.remove();
    this.#ends = this.#selection.tracks.flatMap(({ points }) => {
      const ends = /** @type {[number, string][]} */ ([[from, text.track.start], ...(to && to !== from ? [[to, text.track.end]] : [])]);
      return ends.map(([at, name], i) => {
        const { longitude, latitude } = placeAt(points, at);
        const element = h('div', { class: 'end' }, `${name} ${timeOf(at)}`);
        return new this.#library.Marker({ element, anchor: i ? 'top-left' : 'bottom-left', offset: [9, i ? 9 : -9] }).setLngLat([longitude, latitude]).addTo(this.#map);
      });
    });
  }

  #drawPosition() {
    const at = this.#state.value.at;
    const { tracks, finding } = this.#selection;
    const time = at ?? Date.parse(finding?.properties.start_at ?? '');
    this.#put('position', collection(tracks.map(({ points }) => {
      const place = placeAt(points, time);
      return feature({ type: 'Point', coordinates: [place.longitude, place.latitude] }, { course: place.course, silent: place.silenceMs > 0 });
    })));
  }

  #pointerPlace() {
    const element = h('div', { class: 'pointer-place', 'aria-hidden': 'true' });
    byId('map-panel').append(element);
    this.#map.on('mousemove', ({ lngLat }) => { element.textContent = coordinates(lngLat.lat, lngLat.lng); });
    this.#map.on('mouseout', () => { element.textContent = ''; });
  }

  /** @param {string} name @param {GeoJSON.GeoJSON} data */
  #put(name, data) {
    /** @type {import('maplibre-gl').GeoJSONSource} */ (this.#map.getSource(name)).setData(data);
  }
}

/** @param {GeoJSON.Geometry} geometry @param {object} properties @returns {GeoJSON.Feature} */
const feature = (geometry, properties) => ({ type: 'Feature', geometry, properties });
/** @param {GeoJSON.Feature[]} features @returns {GeoJSON.FeatureCollection} */
const collection = (features) => ({ type: 'FeatureCollection', features });
const reduced = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

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
  byId('layers').hidden = true;
  root.replaceChildren(h('div', { class: 'no-map-note' }, h('strong', {}, why), h('p', {}, words.noWebGlList)));
}
