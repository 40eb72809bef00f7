/** What a reader has done in one lesson. */

export interface Solved {
  /** Virtual milliseconds of the session. */
  at: number
  /** ISO 8601, by the reader's clock. */
  on: string
  /** Hints shown by then. */
  hints: number
}

export interface Progress {
  passed: string[]
  /** Exercise → when it was solved, so that it can be looked at again there. */
  solved?: Record<string, Solved>
  /** Question id → the chosen options. */
  answers: Record<string, number[]>
  /** Predictions made, by id. */
  opened: boolean
}
export const noProgress = (): Progress => ({ passed: [], answers: {}, opened: false })
