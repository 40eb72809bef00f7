/** The methods of file objects. */
import { intOf, methods } from '../builtins/define.ts'
import { collect } from '../machine/iterate.ts'
import { fromBytes } from '../objects/codecs.ts'
import { PyList } from '../objects/containers.ts'
import { osError, raise, typeError } from '../objects/errors.ts'
import { typeOf } from '../objects/types.ts'
import { DONE, PyBytes, PyIterator, type PyObject, type Value } from '../objects/values.ts'
import { NotSimulated } from '../syntax/tree.ts'
import {
  binaryFile,
  bytesIO,
  type Channel,
  channelOf,
  close,
  fileObject,
  flush,
  readOneLine,
  readSome,
  shown,
  stringIO,
  textFile,
  write,
} from './streams.ts'

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
