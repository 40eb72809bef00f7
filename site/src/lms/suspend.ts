/**
 * The data that an LMS keeps of a lesson between two launches: 4,096 characters (SCORM 1.2, cmi.suspend_data). Progress always fits. Then come
 * the files, then the record of the session, each only if it fits as a whole: half a record would be another history.
 */
import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate'
import type { Input, SessionRecord } from '../../../sandbox/scenario/session.ts'
import type { Progress } from '../page/keep.ts'
import type { Work } from '../workbench/keeping.ts'
import { checked } from '../workbench/share.ts'

export const ROOM = 4096
/** Before the text, so that a later version knows what it reads. */
const VERSION = '1'

export interface Kept {
  /** Wall-clock milliseconds of the last change, to tell which of two machines is ahead. */
  on: number
  progress: Progress
  work?: Work
}

/** Times as steps and keystrokes as one text: what repeats itself costs next to nothing when compressed. */
interface Packed {
  o: number
  p: Progress
  f?: Record<string, string>
  a?: string
  r?: {
    /** The record without its inputs. */
    h: Omit<SessionRecord, 'inputs'>
    /** Steps from input to input. */
    d: number[]
    /** For each input: the terminal that was typed into, or null for what stands in `x`. */
    t: (number | null)[]
    k: string
    l: number[]
    x: Input[]
  }
}

function packRecord({ inputs, ...h }: SessionRecord): Packed['r'] {
  let last = h.start
  const packed = { h, d: [] as number[], t: [] as (number | null)[], k: '', l: [] as number[], x: [] as Input[] }
  for (const { at, input } of inputs) {
    packed.d.push(at - last)
    last = at
    if (input.type === 'terminal') {
      packed.t.push(input.terminal)
      packed.k += input.data
      packed.l.push(input.data.length)
    } else {
      packed.t.push(null)
      packed.x.push(input)
    }
  }
  return packed
}

function unpackRecord({ h, d, t, k, l, x }: NonNullable<Packed['r']>): SessionRecord {
  let at = h.start
  let place = 0
  const others = x.values()
  const lengths = l.values()
  const inputs = d.map((step, i) => {
    at += step
    const terminal = t[i]
    if (typeof terminal !== 'number') return { at, input: others.next().value as Input }
    const data = k.slice(place, (place += lengths.next().value ?? 0))
    return { at, input: { type: 'terminal' as const, terminal, data } }
  })
  return { ...h, inputs }
}

const base64 = (bytes: Uint8Array): string => {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}
const shrunk = (packed: Packed): string => VERSION + base64(deflateSync(strToU8(JSON.stringify(packed)), { level: 9 }))

/** @returns the text, and whether all of it is in there */
export function pack({ on, progress, work }: Kept, room = ROOM): { text: string; whole: boolean } {
  const least: Packed = { o: on, p: progress }
  const files: Packed = work ? { ...least, f: work.files, ...(work.active && { a: work.active }) } : least
  const all: Packed = work?.record ? { ...files, r: packRecord(work.record)! } : files
  // Answers to questions are the last that can go: what was passed stays.
  const bare: Packed = { o: on, p: { ...progress, answers: {}, solved: {}, hinted: {} } }
  for (const packed of [all, files, least, bare]) {
    const text = shrunk(packed)
    if (text.length <= room) return { text, whole: packed === all }
  }
  return { text: '', whole: false }
}

/** @returns undefined for what is not ours, or damaged */
export function unpack(text: string): Kept | undefined {
  if (!text.startsWith(VERSION)) return undefined
  try {
    const bytes = Uint8Array.from(atob(text.slice(VERSION.length)), c => c.charCodeAt(0))
    const { o, p, f, a, r } = JSON.parse(strFromU8(inflateSync(bytes))) as Packed
    const progress: Progress = p
    if (!Array.isArray(progress.passed)) return undefined
    if (!f) return { on: o, progress }
    const rest = { files: f, ...(a !== undefined && { active: a }) }
    if (!r) return { on: o, progress, work: rest }
    const { record, files, active } = checked({ record: unpackRecord(r), ...rest })
    return { on: o, progress, work: { record, files, ...(active !== undefined && { active }) } }
  } catch {
    return undefined
  }
}
