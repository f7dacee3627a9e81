/**
 * What /alerts sends, as far as the page reads it.
 *
 * @typedef {'info' | 'low' | 'medium' | 'high'} Severity
 * @typedef {'open' | 'acknowledged' | 'decided' | 'closed'} AlertState
 * @typedef {'inspect' | 'release' | 'no-finding' | 'finding'} Outcome
 *
 * @typedef {object} AssessmentItem
 * @property {string} kind
 * @property {string} finding_id
 * @property {number} log_odds
 * @property {string} reason
 *
 * @typedef {object} AssessmentGroup
 * @property {string} group
 * @property {number} cap
 * @property {AssessmentItem[]} items
 * @property {number} sum
 * @property {number} counted
 *
 * @typedef {object} Assessment
 * @property {number} prior_log_odds
 * @property {AssessmentGroup[]} groups
 * @property {number} log_odds
 * @property {number} probability 0 to 1
 * @property {number} [line_log_odds]
 * @property {string} [lane]
 * @property {number} [rank]
 * @property {number} [ranked_calls]
 * @property {string} [smallest_change]
 *
 * @typedef {object} Alert
 * @property {string} id
 * @property {number} revision
 * @property {string} port
 * @property {string} subject
 * @property {number | null} [mmsi]
 * @property {string | null} [name]
 * @property {string} opened_at
 * @property {string} updated_at
 * @property {string | null} [berthing_at]
 * @property {'observed' | 'port' | 'announced' | 'estimated' | null} [berthing_by]
 * @property {string | null} [berthing_low_at] with an estimate
 * @property {string | null} [berthing_high_at]
 * @property {boolean} [arrived]
 * @property {Severity} severity
 * @property {AlertState} state
 * @property {string | null} [acknowledged_at]
 * @property {{ outcome: Outcome, note?: string | null, at: string } | null} [decision]
 * @property {string[]} finding_ids
 * @property {string[]} reasons in the order of finding_ids
 * @property {string | null} [closed_because]
 * @property {Assessment | null} [assessment]
 * @property {boolean} simulated
 */
export {};
