/** A solved exercise as it is handed in: the record that led to it, and the seal of its history. Read as what it is: text from anybody. */
import { z } from 'zod'
import type { SessionRecord } from '../../sandbox/scenario/session.ts'

/** A record of eight hours' work is below 1 MB. */
export const LARGEST_BYTES = 4 * 1024 * 1024
const MOST_INPUTS = 50_000
const MOST_TERMINALS = 64
/** Virtual days; a lesson's longest wait is hours. */
const LONGEST_MS = 14 * 24 * 3600 * 1000

const terminal = z
  .int()
  .min(0)
  .max(MOST_TERMINALS - 1)
const size = z.int().min(1).max(1000)
const input = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('terminal'), terminal, data: z.string() }),
  z.strictObject({ type: z.literal('resize'), terminal, columns: size, rows: size }),
  z.strictObject({ type: z.literal('open'), terminal, columns: size, rows: size }),
  z.strictObject({ type: z.literal('close'), terminal }),
  z.strictObject({ type: z.literal('edited'), request: z.int().min(1), text: z.string().nullable() }),
  z.strictObject({ type: z.literal('file'), path: z.string().min(1).max(1000), text: z.string().nullable() }),
  z.strictObject({ type: z.literal('command'), terminal, line: z.string() }),
  z.strictObject({ type: z.literal('preview'), port: z.int().min(1).max(65_535), path: z.string().max(10_000) }),
  z.strictObject({ type: z.literal('fault'), command: z.string().max(1000) }),
])
export const recordShape = z.strictObject({
  version: z.literal(1),
  lesson: z.string().max(200),
  seed: z.string().min(1).max(200),
  start: z.int().min(0),
  nodes: z.array(z.string().max(253)).min(1).max(100),
  metricsServer: z.literal(true).optional(),
  storageClass: z.literal(true).optional(),
  inputs: z.array(z.strictObject({ at: z.int().min(0), input })).max(MOST_INPUTS),
  end: z.int().min(0),
})
const submission = z.strictObject({
  exercise: z.string().min(1).max(200),
  record: recordShape,
  /** sealOf the record, as the learner's browser made it. */
  seal: z.string().min(1).max(200),
  /** How many of the exercise's hints were shown. */
  hints: z.int().min(0).max(1000).default(0),
})

export interface Submission {
  exercise: string
  record: SessionRecord
  seal: string
  hints: number
}

/** Why something handed in does not count; each has its words in both languages. */
export type Refusal =
  | 'malformed'
  | 'too-large'
  | 'unknown-lesson'
  | 'unknown-exercise'
  | 'other-seed'
  | 'impossible'
  | 'differs'
  | 'too-long'
  | 'broken'

export type Read = { submission: Submission } | { refusal: Refusal; detail: string }

/** @param value parsed JSON of anybody */
export function readSubmission(value: unknown): Read {
  const parsed = submission.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return { refusal: 'malformed', detail: `${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'not a submission'}` }
  }
  const detail = impossible(parsed.data.record)
  return detail ? { refusal: 'impossible', detail } : { submission: parsed.data }
}

/** @returns a record that somebody shows, if it is one @param value parsed JSON of anybody */
export function readRecord(value: unknown): SessionRecord | undefined {
  const parsed = recordShape.safeParse(value)
  return parsed.success && !impossible(parsed.data) ? parsed.data : undefined
}

/** What no session could have recorded: time that runs backwards, a terminal that is not open. */
export function impossible(record: SessionRecord): string | undefined {
  if (record.end - record.start > LONGEST_MS) return 'it lasts longer than two weeks'
  let last = record.start
  const open = new Set<number>()
  for (const [i, { at, input }] of record.inputs.entries()) {
    if (at < last) return `input ${i} comes before what was there earlier`
    last = at
    if (input.type === 'open') {
      if (open.has(input.terminal)) return `input ${i} opens terminal ${input.terminal} twice`
      open.add(input.terminal)
    } else if ('terminal' in input && !open.has(input.terminal)) {
      return `input ${i} is for terminal ${input.terminal}, which is not open`
    } else if (input.type === 'close') open.delete(input.terminal)
  }
  return record.end < last ? 'it ends before its last input' : undefined
}
