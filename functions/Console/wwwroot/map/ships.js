/** @import { ViewState } from '../state.js' */
import { h } from '../dom.js';
import { quantity, utc } from '../format.js';
import { text } from '../text.en.js';
import { vesselAddress } from '../vessel/state.js';

const words = text.scenes;

/** The picture of one ship of a scene. @param {string} scene @param {string | number} number */
export const chipAddress = (scene, number) => `scenes/${encodeURIComponent(scene)}/chips/${encodeURIComponent(number)}.png`;

/** The picture of a scene. @param {string} scene */
export const lookAddress = (scene) => `scenes/${encodeURIComponent(scene)}/quicklook.png`;

/** A ship of a scene in words. @param {any} p */
export function shipWords(p) {
  const reason = words.because[/** @type {'matched'} */ (p.because)] ?? p.because;
  return h('div', {}, h('strong', {}, words.status[/** @type {'dark'} */ (p.status)] ?? p.status),
    h('span', {}, `${words.length} ${quantity('length_m', p.length_m).value}`), h('span', {}, reason),
    p.name || p.mmsi ? h('span', {}, `${p.status === 'matched' ? words.is : words.mayBe} ${p.name ?? p.mmsi}, ${percent(p.match_probability)}`) : null,
    h('span', {}, utc(p.at)), p.simulated ? h('em', { class: 'badge badge-simulated' }, text.simulated) : null);
}

/**
 * The same with its picture, and what can be opened from it.
 * @param {any} p
 * @param {ViewState} state
 * @param {() => void} close
 */
export function shipCard(p, state, close) {
  return h('div', { class: 'ship-card' }, picture(p.subject), shipWords(p),
    h('span', {}, `${words.confidence} ${percent(p.confidence)}`), h('span', {}, `${words.duty} ${percent(p.duty_odds)}`),
    p.finding_id ? h('button', { type: 'button', class: 'button', onclick: () => { close(); state.set({ finding: p.finding_id, at: null }); } }, words.finding) : null,
    p.mmsi ? h('a', { class: 'button', href: vesselAddress(`mmsi:${p.mmsi}`) }, text.map.dossier) : null);
}

/** A scene in words. @param {any} p */
export const sceneWords = (p) => h('div', {}, h('strong', {}, words.scene(p.sensor)), h('span', {}, utc(p.datetime)),
  h('span', {}, words.counts(p.ships, p.matched, p.dark, p.unsettled)), h('span', {}, words.unseen(p.expected_unseen)),
  p.simulated ? h('em', { class: 'badge badge-simulated' }, text.simulated) : null);

/** A scene with its quicklook. @param {any} p */
export const sceneCard = (p) => h('div', { class: 'ship-card' },
  image(lookAddress(p.id), words.lookOf, 'look'), sceneWords(p));

/** The chip of a ship by its subject, `detection:SCENE:N`. @param {string} subject */
export function picture(subject) {
  const [kind, scene, number] = subject.split(':');
  return kind === 'detection' && number ? image(chipAddress(scene, number), words.chipOf, 'chip') : null;
}

/** A picture that makes room for a sentence where there is none. @param {string} src @param {string} alt @param {string} name */
function image(src, alt, name) {
  const element = h('img', { src, alt, class: name, loading: 'lazy' });
  element.addEventListener('error', () => element.replaceWith(h('span', { class: 'no-picture' }, words.noPicture)));
  return element;
}

/** @param {unknown} share */
const percent = (share) => `${Math.round(Number(share) * 1000) / 10} %`;
