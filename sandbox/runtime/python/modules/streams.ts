/** File objects: standard streams, files of the container, texts in memory, what comes over a socket. */

import { isErrno } from '../../errno.ts'
import { absolute, normalize } from '../../path.ts'
import { intOf, methods } from '../builtins/define.ts'
import { findAttribute } from '../machine/attributes.ts'
import { invoke } from '../machine/calls.ts'
import { collect } from '../machine/iterate.ts'
import { type Machine, NO_KEYWORDS } from '../machine/machine.ts'
import type { Output } from '../machine/output.ts'
import { fromBytes, toBytes } from '../objects/codecs.ts'
import { osError, raise, typeError } from '../objects/errors.ts'
import { object, typeOf } from '../objects/types.ts'
import {
  DONE,
  isSteps,
  PyBytes,
  PyClass,
  PyIterator,
  PyList,
  PyObject,
  PyScalar,
  type Steps,
  type Value,
} from '../objects/values.ts'
import { NotSimulated } from '../syntax/tree.ts'

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

const shown = (channel: Channel, text: string): Value => (channel.binary ? toBytes(text) : text)

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

const MODE = /^(?:[rwax]b?\+?|[rwax]\+?b|[rwax]t?\+?)$/

/** `open()`. */
export function openFile(machine: Machine, file: Value, mode: string, buffering: number): PyObject {
  const binary = mode.includes('b')
  if (!MODE.test(mode)) throw raise('ValueError', `invalid mode: '${mode}'`)
  if (typeof file === 'number') return openDescriptor(machine, file, mode, binary)
  const name = pathText(machine, file)
  const { fs } = machine.process
  const path = normalize(absolute(machine.process.cwd, name))
  try {
    if (mode.startsWith('x') && fs.exists(path)) throw osError('EEXIST', file)
    if (fs.exists(path) && fs.stat(path).type === 'directory') throw osError('EISDIR', file)
    const special = fs.exists(path) && fs.stat(path).type !== 'file'
    if (special) return openDevice(machine, path, name, mode, binary)
    if (mode.startsWith('w') || mode.startsWith('x')) fs.writeFile(path, '')
    else if (mode.startsWith('a')) fs.writeFile(path, '', { append: true })
    const content = mode.startsWith('r') || mode.includes('+') ? fs.readFile(path) : ''
    const plain = (text: string): string => (binary ? text : text.replace(/\r\n?/g, '\n'))
    const channel: Partial<Channel> = {
      name,
      mode,
      binary,
      content: plain(content),
      at: mode.startsWith('a') ? content.length : 0,
      lineBuffered: buffering === 1,
      unbuffered: buffering === 0,
    }
    const made = fileObject(channel)
    const data = made.data as Channel
    // Whoever writes to it meanwhile adds to what can be read.
    data.more = () => {
      if (!/^r|\+/.test(mode))
        throw raise(
          (machine.modules.get('io')?.attrs.get('UnsupportedOperation') as PyClass) ?? 'OSError',
          'not readable',
        )
      const now = plain(fs.readFile(path))
      const more = now.length > data.content.length
      if (more) data.content = now
      return more
    }
    data.pass = (_, text) => {
      if (mode.includes('+') && !mode.startsWith('a')) {
        data.content = data.content.slice(0, data.at) + text + data.content.slice(data.at + text.length)
        data.at += text.length
        fs.writeFile(path, data.content)
      } else fs.writeFile(path, text, { append: true })
      return undefined
    }
    machine.fresh.push(data)
    return made
  } catch (error) {
    throw isErrno(error) ? osError(error.code, typeof file === 'string' ? file : name) : error
  }
}

function openDescriptor(machine: Machine, fd: number, mode: string, binary: boolean): PyObject {
  const stream = machine.process.fds[fd]
  if (!stream) throw osError('EBADF')
  const made: PyObject = fileObject({ name: fd, mode, binary, fd })
  const data = made.data as Channel
  data.more = moreFrom(
    () => data,
    () => machine.process.read(fd),
  )
  data.pass = function* (m, text) {
    yield* m.wait(() => machine.process.write(fd, text).then(() => null))
  }
  return made
}

function openDevice(machine: Machine, path: string, name: string, mode: string, binary: boolean): PyObject {
  const stream = machine.process.fs.open(
    path,
    mode.includes('+') ? 'rw' : mode[0] === 'x' ? 'w' : (mode[0] as 'r' | 'w' | 'a'),
  )
  const made: PyObject = fileObject({ name, mode, binary, close: () => stream.close() })
  const data = made.data as Channel
  data.more = moreFrom(
    () => data,
    () => stream.read(machine.process),
  )
  data.pass = function* (m, text) {
    yield* m.wait(() => stream.write(machine.process, text).then(() => null))
  }
  return made
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

function given(channel: Channel, value: Value | undefined): string {
  if (channel.binary) {
    if (value instanceof PyBytes) return fromBytes(value)
    throw typeError(`a bytes-like object is required, not '${typeOf(value ?? null).name}'`)
  }
  if (typeof value === 'string') return value
  throw typeError(`write() argument must be str, not ${typeOf(value ?? null).name}`)
}

export function installStreams(): void {
  for (const cls of [textFile, binaryFile, stringIO, bytesIO])
    methods(cls, {
      *read(machine, [self, count]) {
        const channel = channelOf(self)
        return shown(
          channel,
          yield* readSome(machine, channel, count === undefined || count === null ? -1 : intOf(count)),
        )
      },
      *readline(machine, [self]) {
        const channel = channelOf(self)
        return shown(channel, yield* readOneLine(machine, channel))
      },
      *readlines(machine, [self]) {
        const channel = channelOf(self)
        const all: Value[] = []
        for (let line = yield* readOneLine(machine, channel); line; line = yield* readOneLine(machine, channel))
          all.push(shown(channel, line))
        return new PyList(all)
      },
      *write(machine, [self, text]) {
        const channel = channelOf(self)
        const plain = given(channel, text)
        yield* write(machine, channel, plain)
        return channel.binary ? (text as PyBytes).text.length : plain.length
      },
      *writelines(machine, [self, lines]) {
        const channel = channelOf(self)
        for (const line of yield* collect(machine, lines!)) yield* write(machine, channel, given(channel, line))
        return null
      },
      *flush(machine, [self]) {
        yield* flush(machine, channelOf(self))
        return null
      },
      *close(machine, [self]) {
        yield* close(machine, self as PyObject)
        return null
      },
      seek: (_, [self, to, whence = 0]) => {
        const channel = channelOf(self)
        if (channel.output || channel.fd !== undefined) throw osError('ESPIPE')
        return (channel.at =
          whence === 2 ? channel.content.length + intOf(to!) : whence === 1 ? channel.at + intOf(to!) : intOf(to!))
      },
      tell: (_, [self]) => channelOf(self).at,
      truncate: () => {
        throw new NotSimulated('truncate() of a file')
      },
      fileno: (_, [self]) => {
        const { fd } = channelOf(self)
        if (fd === undefined) throw new NotSimulated('the descriptor of a file')
        return fd
      },
      isatty: (machine, [self]) => {
        const { fd } = channelOf(self)
        return fd !== undefined && (machine.process.fds[fd]?.isTerminal ?? false)
      },
      readable: (_, [self]) => /r|\+/.test(channelOf(self).mode),
      writable: (_, [self]) => /[wax+]/.test(channelOf(self).mode),
      getvalue: (_, [self]) => shown(channelOf(self), channelOf(self).content),
      reconfigure: (_, [self], keywords) => {
        const channel = channelOf(self)
        if (keywords.get('line_buffering') === true) channel.output?.flushLines()
        return null
      },
      __enter__: (_, [self]) => {
        channelOf(self)
        return self!
      },
      *__exit__(machine, [self]) {
        yield* close(machine, self as PyObject)
        return null
      },
      __iter__: (_, [self]) =>
        new PyIterator('file_iterator', function* (machine) {
          const channel = channelOf(self)
          const line = yield* readOneLine(machine, channel)
          return line ? shown(channel, line) : DONE
        }),
      *__next__(machine, [self]) {
        const channel = channelOf(self)
        const line = yield* readOneLine(machine, channel)
        if (!line) throw raise('StopIteration')
        return shown(channel, line)
      },
    })
  for (const [cls, binary] of [
    [stringIO, false],
    [bytesIO, true],
  ] as const)
    methods(cls, {
      __new__: (_, [, initial]) =>
        fileObject(
          {
            binary,
            memory: true,
            mode: 'w+',
            content:
              initial === undefined || initial === null ? '' : binary ? fromBytes(initial as PyBytes) : String(initial),
          },
          cls,
        ),
    })
}

function* close(machine: Machine, file: PyObject): Steps<void> {
  const channel = file.data as Channel
  if (channel.closed) return
  yield* flush(machine, channel)
  machine.unflushed.delete(channel)
  channel.closed = true
  file.attrs!.set('closed', true)
  channel.close?.()
}
