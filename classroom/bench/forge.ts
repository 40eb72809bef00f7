/** Forgeries of honest work: every kind of change that we could think of, drawn by chance. None of them may pass. */
import { sealOf } from '../../sandbox/scenario/seal.ts'
import type { SessionRecord } from '../../sandbox/scenario/session.ts'
import type { Submission } from '../verify/submission.ts'

/** From 0 up to below 1. */
export type Chance = () => number

const LINES = ['kubectl get pods\r', 'echo done\r', 'kubectl delete pod --all\r', 'exit\r', '\u0003']

/** @param foreign honest work of somebody else */
export function forge(honest: Submission, foreign: Submission, chance: Chance): { how: string; forged: unknown } {
  const copy = structuredClone(honest) as Submission & { record: { inputs: SessionRecord['inputs'] } }
  const { record } = copy
  const pick = <T>(of: readonly T[]): T => of[Math.floor(chance() * of.length)]!
  const at = Math.floor(chance() * record.inputs.length)
  const inputs = record.inputs as unknown as { at: number; input: Record<string, unknown> }[]
  const set = (change: Partial<SessionRecord>): Submission => ({ ...copy, record: { ...record, ...change } })
  const kinds: Record<string, () => unknown> = {
    'an input less': () => set({ inputs: record.inputs.filter((_, i) => i !== at) }),
    'an input twice': () => set({ inputs: record.inputs.toSpliced(at, 0, record.inputs[at]!) }),
    'inputs in another order': () => {
      const other = Math.floor(chance() * inputs.length)
      const [a, b] = [inputs[at]!, inputs[other]!]
      if (JSON.stringify(a.input) === JSON.stringify(b.input)) return set({ end: record.end + 1 })
      ;[a.input, b.input] = [b.input, a.input]
      return copy
    },
    'another time': () => {
      inputs[at]!.at += 1 + Math.floor(chance() * 1e5)
      return copy
    },
    'another text': () => {
      const own = inputs[at]!.input
      const key = Object.keys(own).find(k => k !== 'type' && typeof own[k] === 'string')
      if (!key) return set({ start: record.start + 1 })
      own[key] = `${own[key]} ${pick(LINES)}`
      return copy
    },
    'an input that was never typed': () => {
      const last = inputs.at(-1)!
      const line = { at: last.at, input: { type: 'terminal', terminal: 0, data: pick(LINES) } }
      const typed = [...inputs.slice(0, -1), line, last]
      return { ...copy, record: { ...record, inputs: typed } }
    },
    'another end': () => set({ end: record.end + 1 + Math.floor(chance() * 1e6) }),
    'another beginning': () => set({ start: record.start + 1 + Math.floor(chance() * 1000) }),
    'other nodes': () => set({ nodes: record.nodes.slice(1) }),
    'another seed': () => set({ seed: `${record.seed}${Math.floor(chance() * 1000)}` }),
    'somebody else’s work': () => foreign,
    'somebody else’s work with our seed': () => ({ ...foreign, record: { ...foreign.record, seed: record.seed } }),
    'somebody else’s work, sealed by hand': () => {
      const taken = { ...foreign.record, seed: record.seed }
      return { ...foreign, record: taken, seal: sealOf(taken, pick(['', '0', honest.seal])) }
    },
    'another seal': () => ({ ...copy, seal: honest.seal.replace(/^./, c => (c === '0' ? '1' : '0')) }),
    'sealed again without knowing the history': () => {
      const cut = { ...record, inputs: record.inputs.slice(0, at) }
      return { ...copy, record: cut, seal: sealOf(cut, honest.seal) }
    },
    'another exercise': () => ({ ...copy, exercise: `${copy.exercise}-2` }),
    'another lesson': () => set({ lesson: 'nope' }),
    'a field that is not there': () => ({ ...copy, passed: true }),
    'a part of the wrong type': () => ({ ...copy, record: { ...record, inputs: String(at) } }),
    'nothing at all': () => pick([null, [], 0, '', {}, { record: {} }]),
  }
  const how = pick(Object.keys(kinds))
  return { how, forged: kinds[how]!() }
}
