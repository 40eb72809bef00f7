/** A session as a text that fits into a link, or as a file; and what comes in that way, looked through before it is used. */

import type { Input, SessionRecord } from '../../../sandbox/scenario/session.ts'
import { type Progress, progressOf } from '../page/progress.ts'
import { isNumber, isRaw, isText } from '../page/shapes.ts'

/** All that somebody did in one lesson. */
export interface Shared {
  record: SessionRecord
  files: Record<string, string>
  active?: string
  progress?: Progress
}

/** Longer links are cut off by too many programs that they go through. */
export const LONGEST_LINK = 8000
const MOST_BYTES = 32 * 1024 * 1024
const MOST_NODES = 100
const FORMAT = 'podlab-session'

const utf8 = new TextEncoder()

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  change: GenericTransformStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([bytes]).stream().pipeThrough(change).getReader()
  const parts: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.length
    // A few bytes can stand for gigabytes.
    if (size > MOST_BYTES) {
      await reader.cancel()
      throw new Error('too big')
    }
    parts.push(value)
  }
  return new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer())
}

const toText = (bytes: Uint8Array): string => {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}
const fromText = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0))

export const toFile = (shared: Shared): string => `${JSON.stringify({ format: FORMAT, version: 1, ...shared })}\n`

export async function toLink(shared: Shared): Promise<string> {
  const { progress: _, ...rest } = shared
  return toText(await through(utf8.encode(JSON.stringify(rest)), new CompressionStream('deflate-raw')))
}

/** Virtual milliseconds, of a year with four digits. */
const isTime = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) < Date.UTC(10_000)
const isTextOrNull = (value: unknown): boolean => value === null || isText(value)

const shapes: {
  [T in Input['type']]: Record<Exclude<keyof Extract<Input, { type: T }>, 'type'>, (value: unknown) => boolean>
} = {
  terminal: { terminal: isNumber, data: isText },
  resize: { terminal: isNumber, columns: isNumber, rows: isNumber },
  open: { terminal: isNumber, columns: isNumber, rows: isNumber },
  close: { terminal: isNumber },
  edited: { request: isNumber, text: isTextOrNull },
  file: { path: isText, text: isTextOrNull },
  command: { terminal: isNumber, line: isText },
  preview: { port: isNumber, path: isText },
  fault: { command: isText },
}

export function isInput(value: unknown): boolean {
  if (!isRaw(value) || !isText(value.type) || !Object.hasOwn(shapes, value.type)) return false
  return Object.entries(shapes[value.type as Input['type']]).every(([key, is]) => is(value[key]))
}

export function isRecord(value: unknown): value is SessionRecord {
  if (!isRaw(value)) return false
  const { version, lesson, seed, start, end, nodes, inputs } = value
  if (version !== 1 || !isText(lesson) || !isText(seed) || !isTime(start) || !isTime(end)) return false
  if (!Array.isArray(nodes) || nodes.length > MOST_NODES || !nodes.every(isText) || !Array.isArray(inputs)) return false
  let last = start
  for (const line of inputs as unknown[]) {
    if (!isRaw(line) || !isTime(line.at) || line.at < last || line.at > end || !isInput(line.input)) return false
    last = line.at
  }
  return true
}

/** @throws when it is no session of ours */
export function checked(value: unknown): Shared {
  if (!isRaw(value) || !isRecord(value.record) || !isRaw(value.files)) throw new Error('not a session')
  const { record, files, active } = value
  if (!Object.values(files).every(isText)) throw new Error('not a session')
  const progress = progressOf(value.progress)
  return {
    record,
    files: files as Record<string, string>,
    ...(isText(active) && { active }),
    ...(progress && { progress }),
  }
}

export const fromFile = (text: string): Shared => checked(JSON.parse(text))

export async function fromLink(text: string): Promise<Shared> {
  const bytes = await through(fromText(text), new DecompressionStream('deflate-raw'))
  return checked(JSON.parse(new TextDecoder().decode(bytes)))
}
