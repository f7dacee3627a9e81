/** @import { ViewState } from '../state.js' */
import { h } from '../dom.js';
import { quantity, subjectName, utc } from '../format.js';
import { mark } from '../glyphs.js';
import { kindName, text } from '../text.en.js';
import { vesselAddress } from '../vessel/state.js';
import { sceneCard, sceneWords, shipCard, shipWords } from './ships.js';

const words = text.map;

/**
 * What lies under the pointer, in words; and what a click on it does.
 * @param {any} library
 * @param {import('maplibre-gl').Map} map
 * @param {ViewState} state
 */
export function tips(library, map, state) {
  const tip = new library.Popup({ closeButton: false, closeOnClick: false, offset: 14, maxWidth: '300px', className: 'tip' });
  const card = new library.Popup({ closeButton: true, offset: 14, maxWidth: '300px', className: 'card' });

  map.on('mousemove', (event) => {
    const [under] = map.queryRenderedFeatures(around(event.point), { layers: ['findings', 'detections', 'vessels'] });
    const [lane] = under ? [] : map.queryRenderedFeatures(around(event.point), { layers: ['lanes', 'lanes-prior'] });
    const [area] = under || lane ? [] : map.queryRenderedFeatures(event.point, { layers: ['reach', 'zones', 'scenes', 'coverage'] });
    const met = under ?? lane ?? area;
    map.getCanvas().style.cursor = under ? 'pointer' : '';
    if (!met || card.isOpen()) {
      tip.remove();
      return;
    }
    const content = said(met);
    if (content) tip.setLngLat(event.lngLat).setDOMContent(content).addTo(map);
    else tip.remove();
  });
  map.on('mouseout', () => tip.remove());

  map.on('click', (event) => {
    tip.remove();
    const findings = unique(map.queryRenderedFeatures(around(event.point), { layers: ['findings'] }));
    if (findings.length === 1) state.set({ finding: findings[0].properties.id, at: null });
    else if (findings.length > 1) card.setLngLat(event.lngLat).setDOMContent(choice(findings)).addTo(map);
    else {
      const [met] = map.queryRenderedFeatures(around(event.point), { layers: ['detections', 'vessels'] });
      const [scene] = met ? [] : map.queryRenderedFeatures(event.point, { layers: ['scenes'] });
      if (scene) card.setLngLat(event.lngLat).setDOMContent(sceneCard(scene.properties)).addTo(map);
      else if (met?.layer.id === 'detections') card.setLngLat(event.lngLat).setDOMContent(shipCard(met.properties, state, () => card.remove())).addTo(map);
      else if (met) card.setLngLat(event.lngLat).setDOMContent(vesselCard(met.properties)).addTo(map);
    }
  });

  /** @param {import('maplibre-gl').MapGeoJSONFeature[]} findings */
  function choice(findings) {
    return h('div', {}, h('strong', {}, words.several(findings.length)), h('ul', { class: 'choice' }, ...findings.slice(0, 30).map(({ properties: p }) =>
      h('li', {}, h('button', {
        type: 'button', onclick: () => { card.remove(); state.set({ finding: p.id, at: null }); },
      }, mark(p.kind, p.severity), h('span', {}, p.title), h('small', {}, p.when))))));
  }

  /** @param {any} p */
  function vesselCard(p) {
    return h('div', {}, vesselWords(p), p.mmsi ? h('button', {
      type: 'button', class: 'button', onclick: () => { card.remove(); state.set({ text: String(p.mmsi) }); },
    }, words.findingsOf) : null,
    h('a', { class: 'button', href: vesselAddress(p.subject ?? `mmsi:${p.mmsi}`) }, words.dossier));
  }
}

/** @param {import('maplibre-gl').MapGeoJSONFeature} feature */
function said({ layer, properties: p }) {
  if (layer.id === 'findings') return h('div', {}, h('strong', {}, p.title), h('span', {}, `${kindName(p.kind)}, ${text.severity[/** @type {'high'} */ (p.severity)]}`), h('span', {}, `${p.when} UTC`));
  if (layer.id === 'vessels') return vesselWords(p);
  if (layer.id === 'detections') return shipWords(p);
  if (layer.id === 'scenes') return sceneWords(p);
  if (layer.id === 'lanes' || layer.id === 'lanes-prior') return laneWords(p);
  if (layer.id === 'zones') return p.name ? h('div', {}, h('strong', {}, p.name)) : null;
  if (layer.id === 'reach') return h('div', {}, h('strong', {}, subjectName(p)), h('span', {}, words.canBe(p.silent_since ? utc(p.silent_since) : '')));
  return h('div', {}, h('strong', {}, words.heard), h('span', {}, p.source), h('span', {}, words.reports(p.reports)), p.last_heard_at ? h('span', {}, utc(p.last_heard_at)) : null);
}

/** @param {any} p */
function vesselWords(p) {
  const facts = [
    p.mmsi && p.name ? `${text.detail.mmsi} ${p.mmsi}` : '',
    p.speed_knots === undefined ? '' : `${words.speed} ${quantity('speed_knots', p.speed_knots).value}`,
    p.course_degrees === undefined ? '' : `${words.course} ${quantity('course_degrees', p.course_degrees).value}`,
    p.last_at ? `${words.lastReport} ${utc(p.last_at)}` : '',
  ];
  return h('div', {}, h('strong', {}, subjectName(p)), ...facts.filter(Boolean).map((fact) => h('span', {}, fact)),
    p.simulated ? h('em', { class: 'badge badge-simulated' }, text.simulated) : null);
}

/** @param {any} p */
function laneWords(p) {
  return h('div', {}, h('strong', {}, `${p.from_name ?? p.from} - ${p.to_name ?? p.to}`), h('span', {}, p.ship_type ?? p.subject ?? ''),
    h('span', {}, words.voyages(p.voyages)), p.half_width_nm ? h('span', {}, words.laneWidth(p.half_width_nm)) : null,
    p.prior ? h('span', {}, words.prior) : null,
    p.simulated ? h('em', { class: 'badge badge-simulated' }, text.simulated) : null);
}

/** A finger is wider than a pixel. @param {{ x: number, y: number }} point @returns {[[number, number], [number, number]]} */
const around = ({ x, y }) => [[x - 5, y - 5], [x + 5, y + 5]];

/** @param {import('maplibre-gl').MapGeoJSONFeature[]} features */
const unique = (features) => [...new Map(features.map((feature) => [feature.properties.id, feature])).values()];

