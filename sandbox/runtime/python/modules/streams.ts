/** File objects: standard streams, files of the container, texts in memory, what comes over a socket. */

import { findAttribute } from '../machine/attributes.ts'
import { invoke } from '../machine/calls.ts'
import { type Machine, NO_KEYWORDS } from '../machine/machine.ts'
import type { Output } from '../machine/output.ts'
import { fromBytes, toBytes } from '../objects/codecs.ts'
import { raise, typeError } from '../objects/errors.ts'
import { object, typeOf } from '../objects/types.ts'
import { isSteps, PyBytes, PyClass, PyObject, PyScalar, type Steps, type Value } from '../objects/values.ts'

const BUFFER = 8192

/** A file behind an object: text as the simulation carries it, whether the program sees text or bytes. */
export interface Channel {
  name: Value
  mode: string
  binary: boolean
  closed: boolean
  content: string
  at: number
  /** Fetches what comes next and adds it to `content`; false at the end. */
  more?: (machine: Machine) => Steps<boolean> | boolean
  /** What has been written and not yet passed on. */
  pending: string
  /** Passes on what was written. */
  pass?: (machine: Machine, text: string) => Steps<void> | undefined
  output?: Output
  fd?: number
  close?: () => void
  /** Writes go to `content`, as in a StringIO. */
  memory?: boolean
  lineBuffered?: boolean
  /** Passes every write on at once. */
  unbuffered?: boolean
}

const io = (name: string): PyClass =>
  new PyClass(name, [object], new Map<string, Value>([['__open__', true]]), '_io', true)
export const textFile = io('TextIOWrapper')
export const binaryFile = io('BufferedReader')
export const stringIO = io('StringIO')
export const bytesIO = io('BytesIO')

export function fileObject(channel: Partial<Channel>, cls = channel.binary ? binaryFile : textFile): PyObject {
  const file = new PyObject(cls)
  const data: Channel = {
    name: '',
    mode: 'r',
    binary: false,
    closed: false,
    content: '',
    at: 0,
    pending: '',
    ...channel,
  }
  file.data = data
  file.attrs!.set('name', data.name)
  file.attrs!.set('mode', data.mode)
  if (!data.binary) file.attrs!.set('encoding', 'utf-8')
  return file
}

export const channelOf = (value: Value | undefined): Channel => {
  const channel = (value as PyObject).data as Channel
  if (channel.closed) throw raise('ValueError', 'I/O operation on closed file.')
  return channel
}

export const shown = (channel: Channel, text: string): Value => (channel.binary ? toBytes(text) : text)

/** @returns false where nothing more comes */
function* fetchMore(machine: Machine, channel: Channel): Steps<boolean> {
  const more = channel.more?.(machine) ?? false
  return typeof more === 'boolean' ? more : yield* more
}

/** So many characters; all when negative. */
export function* readSome(machine: Machine, channel: Channel, count: number): Steps<string> {
  while (count < 0 || channel.content.length - channel.at < count) {
    if (!(yield* fetchMore(machine, channel))) break
  }
  const text = count < 0 ? channel.content.slice(channel.at) : channel.content.slice(channel.at, channel.at + count)
  channel.at += text.length
  return text
}

export function* readOneLine(machine: Machine, channel: Channel): Steps<string> {
  for (;;) {
    const end = channel.content.indexOf('\n', channel.at)
    if (end >= 0) {
      const line = channel.content.slice(channel.at, end + 1)
      channel.at = end + 1
      return line
    }
    if (!(yield* fetchMore(machine, channel))) break
  }
  const rest = channel.content.slice(channel.at)
  channel.at = channel.content.length
  return rest
}

export function* flush(machine: Machine, channel: Channel): Steps<void> {
  if (channel.output?.pending) yield* machine.wait(() => channel.output!.flush())
  const { pending } = channel
  channel.pending = ''
  const passed = pending ? channel.pass?.(machine, pending) : undefined
  if (passed) yield* passed
}

export function* write(machine: Machine, channel: Channel, text: string): Steps<void> {
  if (!/[wax+]/.test(channel.mode))
    throw raise((machine.modules.get('io')?.attrs.get('UnsupportedOperation') as PyClass) ?? 'OSError', 'not writable')
  if (channel.output) {
    if (channel.output.put(text)) yield* machine.wait(() => channel.output!.flush())
    return
  }
  if (channel.memory) {
    channel.content = channel.content.slice(0, channel.at) + text + channel.content.slice(channel.at + text.length)
    channel.at += text.length
    return
  }
  channel.pending += text
  machine.unflushed.add(channel)
  if (channel.unbuffered || channel.pending.length >= BUFFER || (channel.lineBuffered && text.includes('\n')))
    yield* flush(machine, channel)
}

/** What `print` does. @param file None is standard output */
export function* writeTo(machine: Machine, file: Value, text: string, flushed: boolean): Steps<void> {
  const target = file ?? machine.modules.get('sys')?.attrs.get('stdout') ?? null
  if (target instanceof PyObject && target.cls.builtin && target.cls.attrs.has('__open__')) {
    const channel = channelOf(target)
    if (channel.binary) throw typeError("a bytes-like object is required, not 'str'")
    yield* write(machine, channel, text)
    if (flushed) yield* flush(machine, channel)
    return
  }
  for (const [name, args] of [['write', [text]], ...(flushed ? [['flush', []]] : [])] as [string, Value[]][]) {
    const method = findAttribute(machine, target, name)
    if (method === undefined)
      throw raise('AttributeError', `'${typeOf(target).name}' object has no attribute '${name}'`)
    const result = invoke(machine, isSteps(method) ? yield* method : method, args, NO_KEYWORDS)
    if (isSteps(result)) yield* result
  }
}

/** A line of standard input, with its end. */
export function* readLine(machine: Machine): Steps<string> {
  return yield* readOneLine(machine, channelOf(machine.modules.get('sys')!.attrs.get('stdin')))
}

/** A channel whose text comes from a stream that may have to be waited for. */
export const moreFrom = (channel: () => Channel, read: () => Promise<string>) =>
  function* (machine: Machine): Steps<boolean> {
    const piece = yield* machine.wait(read)
    channel().content = channel().content.slice(channel().at) + piece
    channel().at = 0
    return piece !== ''
  }

/** Closes all that is open as the interpreter ends. */
export function* flushAll(machine: Machine): Steps<void> {
  for (const channel of machine.unflushed) if (!channel.closed) yield* flush(machine, channel)
  yield* machine.wait(() => machine.out.flush())
  yield* machine.wait(() => machine.err.flush())
}

/** A path that is given as a text, as bytes, or by an object that knows it. */
export function pathText(machine: Machine, value: Value): string {
  if (value instanceof PyScalar) return pathText(machine, value.value)
  if (typeof value === 'string') return value
  if (value instanceof PyBytes) return fromBytes(value)
  const own = typeOf(value).find('__fspath__')
  if (own === undefined) throw typeError(`expected str, bytes or os.PathLike object, not ${typeOf(value).name}`)
  return String(machine.now(own, [value]))
}

/** Passes on what was written, and closes. */
export function* close(machine: Machine, file: PyObject): Steps<void> {
  const channel = file.data as Channel
  if (channel.closed) return
  yield* flush(machine, channel)
  machine.unflushed.delete(channel)
  channel.closed = true
  file.attrs!.set('closed', true)
  channel.close?.()
}
