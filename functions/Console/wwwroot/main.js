import { asksDifferently, ViewState } from './state.js';
import { byId, debounce } from './dom.js';
import { Findings } from './findings.js';
import { nav } from './js/nav.js';
import { Pulse } from './pulse.js';
import { Selection } from './selection.js';
import { text } from './text.en.js';
import { detail } from './views/detail.js';
import { filters } from './views/filters.js';
import { header } from './views/header.js';
import { layers } from './views/layers.js';
import { list } from './views/list.js';
import { FindingsMap } from './views/map.js';
import { track } from './views/track.js';

for (const element of document.querySelectorAll('[data-text]')) {
  element.textContent = /** @type {any} */ (text)[/** @type {HTMLElement} */ (element).dataset.text ?? ''];
}
byId('map-panel').setAttribute('aria-label', text.regions.map);

const state = new ViewState();
const findings = new Findings();
const selection = new Selection(state, findings);
const pulse = new Pulse();
/** @type {FindingsMap | null} */
let map = null;
let showLayers = () => {};

const load = (/** @type {boolean} */ keepLength) => findings.load(state.value, map?.bbox ?? '', keepLength);

nav('map');
header(pulse, findings, () => map?.overlays?.simulated ?? false);
filters(state, findings, pulse);
list(state, findings);
detail(state, selection);
track(state, selection);

state.onChange((now, before) => {
  if (asksDifferently(now, before)) load(false);
  else if (now.sort !== before.sort) findings.resort(now);
  else if (now.inView && String(now.map) !== String(before.map)) reloadView();
});
const reloadView = debounce(250, () => load(false));
addEventListener('reload', () => load(false));
findings.onChange(() => {
  const high = findings.shown.filter(({ properties: p }) => p.severity === 'high' && p.state !== 'retracted').length;
  document.title = text.title(high, findings.matched ?? findings.shown.length);
});
pulse.onNewData(() => {
  load(true);
  map?.overlays?.load();
});

// The list does not wait for the map, unless it is the map that says what to list.
const opening = FindingsMap.open(state, findings, selection, () => showLayers());
if (!state.value.inView) load(false);
pulse.beat();
map = await opening;
if (map) showLayers = layers(state, findings, map);
if (state.value.inView) load(false);
document.documentElement.dataset.ready = 'true';
