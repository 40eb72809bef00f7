/** The editor in containers: writing a file, getting out, and what it may not do. */
import { expect, it } from 'vitest'
import { machine } from '../../testing.ts'
import { play, screenOf } from './testing.ts'

const at = (files: Record<string, string>, keys: readonly string[], args: readonly string[] = ['f']) => ({
  files,
  args,
  columns: 60,
  rows: 8,
  keys,
})

it('writes what was typed, and tells how much', async () => {
  const { after, output, code } = await play(at({}, [...'ihello', '\r', ...'you', '\x1b', ...':w\r']))
  expect(after).toEqual({ f: 'hello\nyou\n' })
  expect(code).toBe(null)
  expect(screenOf(output, 60, 8).lines).toEqual(['hello', 'you', '~', '~', '~', '~', '~', "'f' 2L, 10C"])
})

it('gives the screen back to who leaves without writing', async () => {
  const { after, output, code } = await play(at({ f: 'as it was\n' }, [...'dd:q\r', ...':q!\r']))
  expect({ after, code }).toEqual({ after: { f: 'as it was\n' }, code: 0 })
  expect(output).toContain('No write since last change (:q! overrides)')
  expect(output.endsWith('\x1b[8;1H\x1b[K\x1b[?1049l')).toBe(true)
})

it('a command that repeats itself for ever can be interrupted', async () => {
  const { output, code } = await play(at({ f: 'one\n' }, [...'pw.', '\x03', ...':q!\r']))
  expect(code).toBe(0)
  expect(output).toContain('Nothing in register D')
})

it.each(['l', 'w', 'W', 'e', 'b', '}', '$', 'j', 'fx', 'x', 'rx', '~', 'J', 'G', '>>', 'yy', 'dd'])(
  'a count beyond the text ends where the text does: %s',
  async command => {
    const { output, code } = await play(at({ f: 'one two\nthree\n' }, ['9'.repeat(30), ...command, ...':q!\r']))
    expect(code).toBe(0)
    expect(output).toContain('one two')
  },
)

it('puts a register back many times and takes all of that back at once', async () => {
  const { after, output } = await play(at({ f: 'one\n' }, [...'yy20000pu:w\r']))
  expect(after).toEqual({ f: 'one\n' })
  expect(output).toContain('Put 20000 lines (80000 chars) from [D]')
  expect(output).toContain('Undo [1] deleted 4 chars at position 4')
})

it('is killed where a register would be put back more often than there is room for', async () => {
  const m = machine()
  const container = m.run('busybox', { command: ['sleep', '1d'] })
  await m.clock.advance(1)
  const editor = container.exec({ argv: ['vi', '/etc/passwd'], tty: true, stdin: true })
  let code: number | undefined
  editor.onExit(status => {
    code = status.code
  })
  await m.clock.advance(100)
  editor.writeStdin('yy999999999p')
  await m.clock.advance(1000)
  expect(code).toBe(137)
})

it('a search that has many rounds to go can be interrupted', async () => {
  const { code } = await play(at({ f: 'one\ntwo one\n' }, [...'/one\r', ...'999999999n', '\x03', ...':q!\r']))
  expect(code).toBe(0)
})

it('leaves the terminal as it was, also where the settings of the user have run a program', async () => {
  const line = 'EXINIT=":!true" vi f; stty -a'
  const { output, code } = await play(at({}, ['\r', ...':q\r'], ['-c', line]), 'busybox', 'sh')
  expect({ code, end: output.slice(-21) }).toEqual({ code: 0, end: ';\r\nicanon echo isig\r\n' })
})

it('an interrupt that comes while it is stopped is heard once it goes on', async () => {
  const m = machine()
  const container = m.run('busybox', { command: ['sleep', '1d'] })
  await m.clock.advance(1)
  const editor = container.exec({ argv: ['vi', '/tmp/f'], tty: true, stdin: true })
  let code: number | undefined
  editor.onExit(status => {
    code = status.code
  })
  await m.clock.advance(100)
  editor.writeStdin('\x1a')
  await m.clock.advance(100)
  await m.exec(container, ['sh', '-c', 'kill -INT $(pidof vi); kill -CONT $(pidof vi)'])
  await m.clock.advance(100)
  expect(code).toBe(undefined)
  editor.writeStdin(':q!\r')
  await m.clock.advance(100)
  expect(code).toBe(0)
})

it('is what vim and view are, once they are installed', async () => {
  const m = machine()
  const container = m.run('debian:12', { command: ['sleep', '1d'] }, m.sandbox('a'))
  await m.clock.advance(10_000)
  await m.exec(container, ['sh', '-c', 'echo text > /tmp/f; apt-get update; apt-get install -y vim'], { ms: 120_000 })
  const editor = container.exec({ argv: ['view', '/tmp/f'], tty: true, stdin: true })
  let out = ''
  editor.onOutput((_, data) => {
    out += data
  })
  await m.clock.advance(100)
  expect(out).toContain('- /tmp/f [Readonly] 1/1 100%')
  editor.writeStdin('ZQ')
  await m.clock.advance(100)
  expect(out.endsWith('\x1b[?1049l')).toBe(true)
})

it('ends where nobody types: it is told that there are no keys', async () => {
  const { code, err } = await machine().sh('vi /tmp/f </dev/null')
  expect({ code, err }).toEqual({ code: 1, err: "vi: can't read user input\n" })
})
