/** @import { Finding } from './types.js' */
/** @import { ViewState } from './state.js' */
/** @import { Findings } from './findings.js' */
import { FeedError, getAll, getJson, itemsAddress } from './api.js';
import { unwrap } from './map/lines.js';

const HOUR_MS = 3600000;
const REVISIONS_MAX = 50;
const TRACK_POINTS_MAX = 20000;

/**
 * @typedef {object} TrackPoint
 * @property {number} at ms
 * @property {number} longitude may pass 180, so that a line over the antimeridian stays one line
 * @property {number} latitude
 * @property {number | null} speed knots
 *
 * @typedef {object} Track
 * @property {string} subject
 * @property {TrackPoint[]} points in order of time
 */

/** The opened finding, with its history and the track around it. */
export class Selection {
  /** @type {Finding | null} */
  finding = null;
  /** True where the filters hide it. */
  hidden = false;
  /** @type {Finding[]} */
  revisions = [];
  /** @type {Track[]} */
  tracks = [];
  /** @type {'none' | 'loading' | 'ready' | 'failed'} */
  trackStatus = 'none';
  /** @type {FeedError | null} */
  error = null;

  #key = '';
  #abort = new AbortController();
  /** @type {(() => void)[]} */
  #listeners = [];

  /**
   * @param {ViewState} state
   * @param {Findings} findings
   */
  constructor(state, findings) {
    const follow = () => this.#follow(state.value.finding, findings);
    state.onChange((now, before) => {
      if (now.finding !== before.finding) follow();
    });
    findings.onChange(() => {
      if (findings.status === 'ready') follow();
    });
  }

  /** @param {() => void} listener */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  /**
   * @param {string} id
   * @param {Findings} findings
   */
  async #follow(id, findings) {
    const listed = findings.shown.find((finding) => finding.properties.id === id);
    const key = listed ? `${id} ${listed.properties.revision}` : id && `${id} ${findings.readAt?.getTime()}`;
    if (key === this.#key) return;
    this.#key = key;
    this.#abort.abort();
    const { signal } = (this.#abort = new AbortController());
    if (!id) {
      Object.assign(this, { finding: null, revisions: [], tracks: [], trackStatus: 'none', error: null });
      this.#tell();
      return;
    }
    const isOther = this.finding?.properties.id !== id;
    if (isOther) Object.assign(this, { finding: null, revisions: [], tracks: [], trackStatus: 'loading' });
    this.error = null;
    this.hidden = !listed;
    try {
      const before = this.finding?.properties.revision;
      this.finding = listed ?? await getJson(`collections/findings/items/${encodeURIComponent(id)}`, signal);
      if (!isOther && before === this.finding?.properties.revision) return;
      this.#tell();
      await Promise.all([this.#readRevisions(signal), this.#readTracks(signal)]);
    } catch (error) {
      if (signal.aborted) return;
      this.error = error instanceof FeedError ? error : new FeedError(0, String(error));
    }
    this.#tell();
  }

  /** @param {AbortSignal} signal */
  async #readRevisions(signal) {
    const { id, revision } = /** @type {Finding} */ (this.finding).properties;
    const first = Math.max(1, revision - REVISIONS_MAX + 1);
    const numbers = Array.from({ length: revision - first + 1 }, (_, i) => revision - i);
    // A revision that retention has taken leaves a hole in the history, not an error.
    const read = await Promise.all(numbers.map((number) =>
      getJson(`collections/revisions/items/${encodeURIComponent(`${id}.${number}`)}`, signal).catch((error) => {
        if (error instanceof FeedError && error.status === 404) return null;
        throw error;
      })));
    if (!signal.aborted) this.revisions = read.filter(Boolean);
  }

  /** @param {AbortSignal} signal */
  async #readTracks(signal) {
    const { subject, start_at: start, end_at: end } = /** @type {Finding} */ (this.finding).properties;
    const from = Date.parse(start);
    const to = Date.parse(end ?? start);
    const margin = Math.min(24 * HOUR_MS, Math.max(3 * HOUR_MS, (to - from) / 2));
    const datetime = `${new Date(from - margin).toISOString()}/${new Date(to + margin).toISOString()}`;
    try {
      const tracks = await Promise.all(subject.split('+').map(async (one) => {
        const { features } = await getAll(itemsAddress('tracks', { subject: one, datetime, limit: 100 }), 500, signal);
        return { subject: one, points: pointsOf(features, from - margin, to + margin) };
      }));
      if (signal.aborted) return;
      this.tracks = tracks.filter((track) => track.points.length > 1);
      this.trackStatus = 'ready';
    } catch (error) {
      if (signal.aborted) throw error;
      this.trackStatus = 'failed';
    }
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }
}

/**
 * @param {GeoJSON.Feature<any, any>[]} features
 * @param {number} from ms
 * @param {number} to ms
 * @returns {TrackPoint[]}
 */
export function pointsOf(features, from, to) {
  /** @type {TrackPoint[]} */
  const points = [];
  for (const { geometry, properties } of features) {
    /** @type {[number, number][]} */
    const places = geometry?.type === 'LineString' ? geometry.coordinates
      : geometry?.type === 'MultiLineString' ? uncut(geometry.coordinates, properties.times?.length ?? 0) : [];
    places.forEach(([longitude, latitude], i) => {
      const at = properties.times?.[i];
      if (at >= from && at <= to) points.push({ at, longitude, latitude, speed: properties.speeds_knots?.[i] ?? null });
    });
  }
  points.sort((a, b) => a.at - b.at);
  const sparse = Math.ceil(points.length / TRACK_POINTS_MAX);
  const kept = sparse > 1 ? points.filter((_, i) => i % sparse === 0) : points;
  unwrap(kept);
  return kept;
}

/**
 * A line that was cut at the antimeridian has a point more on either side of each cut, which no time belongs to.
 * @param {[number, number][][]} pieces
 * @param {number} times
 */
function uncut(pieces, times) {
  const all = pieces.flat();
  if (all.length === times) return all;
  return pieces.flatMap((piece, i) => piece.slice(i === 0 ? 0 : 1, i === pieces.length - 1 ? undefined : -1));
}
