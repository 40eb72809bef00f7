/** The part of a record that still lies ahead of a session which was taken back in time. */
import type { SessionRecord } from '../../../sandbox/scenario/session.ts'

export interface Tape {
  inputs: SessionRecord['inputs']
  end: number
}

/** What is done again at `at` belongs to what lies ahead. */
export function cut(record: SessionRecord, at: number): { past: SessionRecord; tape: Tape | undefined } {
  if (at >= record.end) return { past: record, tape: undefined }
  const past = { ...record, inputs: record.inputs.filter(line => line.at < at), end: at }
  return { past, tape: { inputs: record.inputs.slice(past.inputs.length), end: record.end } }
}

export const join = (record: SessionRecord, tape: Tape | undefined): SessionRecord =>
  tape ? { ...record, inputs: [...record.inputs, ...tape.inputs], end: tape.end } : record

/** Terminals open after these inputs. */
export function openTerminals(inputs: SessionRecord['inputs']): number[] {
  const open = new Set<number>()
  for (const { input } of inputs) {
    if (input.type === 'open') open.add(input.terminal)
    if (input.type === 'close') open.delete(input.terminal)
  }
  return [...open]
}
