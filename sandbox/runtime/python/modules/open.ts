/** `open`, also as `io.open`: files of the container, devices, descriptors. */
import { isErrno } from '../../errno.ts'
import { absolute, normalize } from '../../files/path.ts'
import { given, intOf } from '../builtins/define.ts'
import type { Machine } from '../machine/machine.ts'
import { osError, raise } from '../objects/errors.ts'
import { PyBuiltin, type PyClass, type PyObject, type Value } from '../objects/values.ts'
import { type Channel, fileObject, moreFrom, pathText } from './streams.ts'

export const open = new PyBuiltin('open', (machine, args, keywords) => {
  const [file, mode = 'r', buffering = -1] = given('open', args, keywords, [
    'file',
    'mode?',
    'buffering?',
    'encoding?',
    'errors?',
    'newline?',
    'closefd?',
    'opener?',
  ])
  return openFile(machine, file!, String(mode), intOf(buffering))
})

const MODE = /^(?:[rwax]b?\+?|[rwax]\+?b|[rwax]t?\+?)$/

function openFile(machine: Machine, file: Value, mode: string, buffering: number): PyObject {
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
