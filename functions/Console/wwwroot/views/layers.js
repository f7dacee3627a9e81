/** @import { ViewState } from '../state.js' */
/** @import { FindingsMap } from './map.js' */
/** @import { Findings } from '../findings.js' */
import { byId, h } from '../dom.js';
import { mark } from '../glyphs.js';
import { LAYERS } from '../map/overlays.js';
import { text } from '../text.en.js';

const words = text.map;

/**
 * Which layers the map shows, how much of each, and what the shapes mean.
 * @param {ViewState} state
 * @param {Findings} findings
 * @param {FindingsMap} map
 */
export function layers(state, findings, map) {
  const root = byId('layers');
  const boxes = LAYERS.map((name) => {
    const input = h('input', {
      type: 'checkbox', onchange: () => state.set({
        layers: LAYERS.filter((other) => (other === name ? input.checked : state.value.layers.includes(other))),
      }),
    });
    const small = h('small');
    return { name, input, small, label: h('label', { class: 'check' }, input, words[name], small) };
  });
  const body = h('details', { class: 'layers-fold' }, h('summary', {}, words.layers),
    h('fieldset', {}, h('legend', { class: 'unseen' }, words.layers), ...boxes.map(({ label }) => label)),
    h('ul', { class: 'legend', 'aria-label': words.legend }, ...Object.entries(text.severity).map(([severity, name]) =>
      h('li', {}, mark('', severity), name))),
    h('button', { type: 'button', class: 'button button-quiet', onclick: () => map.fit(findings.shown) }, words.fit));
  /** @type {HTMLDetailsElement} */ (body).open = matchMedia('(min-width: 861px)').matches;
  root.replaceChildren(body);

  const show = () => {
    for (const { name, input, small } of boxes) {
      input.checked = state.value.layers.includes(name);
      const count = map.overlays?.counts[name];
      small.textContent = !count ? '' : count.failed ? words.unavailable
        : count.shown < count.matched ? words.shownOf(count.shown, count.matched) : count.matched.toLocaleString('en-GB');
    }
  };
  state.onChange(show);
  show();
  return show;
}
