/**
 * What GET /vessels/{id} answers, as far as the page reads it.
 *
 * @import { FindingProperties, Link } from '../types.js'
 *
 * @typedef {object} Word
 * @property {'false' | 'stands'} verdict
 * @property {string | null} reason
 * @property {string} by_role
 * @property {string} at
 *
 * @typedef {Word & { revision: number, history: Word[] }} Judgement
 *
 * @typedef {FindingProperties & { judgement: Judgement | null, geometry: GeoJSON.Geometry | null, links: Link[] }} JudgedFinding
 *
 * @typedef {object} Gap
 * @property {string} id
 * @property {'open' | 'closed' | 'retracted'} state
 * @property {string} start_at
 * @property {string | null} end_at
 * @property {string} reason
 * @property {number | null} deliberate_probability 0 to 1, where the rule gives one
 * @property {boolean} is_silent_now
 *
 * @typedef {object} Encounter
 * @property {string} id
 * @property {string} start_at
 * @property {string | null} end_at
 * @property {string} reason
 * @property {{ subject: string, mmsi: number | null, name: string | null, ship_type: number | null }[]} with
 *
 * @typedef {object} Call
 * @property {string | null} port
 * @property {string | null} port_name
 * @property {string | null} arrival_at
 * @property {string | null} departure_at
 * @property {string} state
 * @property {number | null} [confidence]
 *
 * @typedef {object} Identity
 * @property {string | null} name
 * @property {string | null} call_sign
 * @property {number | null} imo
 * @property {number | null} ship_type
 * @property {number | null} length_m
 * @property {number | null} width_m
 * @property {string} [first_at]
 * @property {string} last_at
 *
 * @typedef {object} Counts
 * @property {number} all
 * @property {number} retracted
 * @property {number} marked_false
 *
 * @typedef {object} Source
 * @property {string} source
 * @property {number} cells
 * @property {number} reports
 * @property {string | null} first_heard_at
 * @property {string | null} last_heard_at
 *
 * @typedef {object} Dossier
 * @property {string} subject
 * @property {number | null} mmsi
 * @property {string | null} name
 * @property {boolean} simulated
 * @property {string} generation
 * @property {number} limit
 * @property {Counts & { by_kind: Record<string, Counts> }} counts
 * @property {GeoJSON.Feature<GeoJSON.Geometry | null, any> | null} vessel
 * @property {Part<Identity> & { only_latest?: boolean }} identities
 * @property {Part<Call>} calls
 * @property {Part<JudgedFinding>} findings
 * @property {Part<Gap>} gaps
 * @property {GeoJSON.Feature<GeoJSON.Geometry | null, any> | null} reach
 * @property {Part<Encounter>} encounters
 * @property {Part<JudgedFinding>} maybe
 * @property {{ numberMatched: number, items: { start_at: string, end_at: string, points: number }[] }} track
 * @property {{ cells_in_box: number, cells_read: number, bbox: number[] | null, sources: Source[] }} coverage
 */

/**
 * @template T
 * @typedef {{ numberMatched: number, numberReturned: number, items: T[], next?: string }} Part
 */
export {};
