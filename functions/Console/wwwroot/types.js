/**
 * What the feeds send, as far as the page reads it. Everything beyond the fixed properties may be absent.
 *
 * @typedef {'info' | 'low' | 'medium' | 'high'} Severity
 * @typedef {'open' | 'closed' | 'retracted'} FindingState
 *
 * @typedef {object} FindingProperties
 * @property {string} id
 * @property {number} revision
 * @property {FindingState} state
 * @property {boolean} settled
 * @property {string} kind
 * @property {Severity} severity
 * @property {string} subject
 * @property {string | null} [object]
 * @property {number | null} [mmsi]
 * @property {string | null} [name]
 * @property {string} start_at
 * @property {string | null} [end_at]
 * @property {string} reason
 * @property {string} rule
 * @property {string | number} rule_version
 * @property {string} profile
 * @property {boolean} simulated
 * @property {unknown} [measure]
 * @property {unknown} [thresholds]
 * @property {unknown} [clears_if]
 * @property {string | null} [retracted_because]
 * @property {string | null} [amended_because]
 * @property {unknown} [evidence]
 * @property {unknown} [reference]
 * @property {unknown} [position]
 *
 * @typedef {GeoJSON.Feature<GeoJSON.Geometry | null, FindingProperties>} Finding
 *
 * @typedef {object} Link
 * @property {string} rel
 * @property {string} href
 * @property {string} [type]
 *
 * @typedef {object} Page
 * @property {GeoJSON.Feature<any, any>[]} features
 * @property {number} [numberMatched]
 * @property {number} [numberReturned]
 * @property {Link[]} [links]
 *
 * @typedef {object} Health
 * @property {string} status
 * @property {number | string} [generation]
 * @property {string | null} [last_event_at]
 * @property {{ source: string, last_heard_at: string | null }[]} [sources]
 * @property {boolean} [feed_down]
 * @property {boolean} [live] false where nothing is listened to: a store that is only looked at
 * @property {boolean} [simulated]
 */
export {};
