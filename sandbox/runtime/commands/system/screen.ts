/** Commands that fill a terminal: watch, and less and more, which show a text page by page. */
import type { Process } from '../../processes/process.ts'
import { COOKED, RAW, type Terminal, terminalOf } from '../../processes/terminal.ts'
import { type Command, Missing, options, print } from '../command.ts'
import { allText } from '../text/reading.ts'

const CLEAR = '\x1b[H\x1b[J'

/** The output of a command line, as a shell prints it. */
async function outputOf(process: Process, line: string): Promise<string> {
  let out = ''
  const sink = {
    isTerminal: false,
    read: async () => '',
    write: async (_: Process, data: string) => {
      out += data
    },
    close() {},
  }
  const child = process.spawn({ argv: ['sh', '-c', line], fds: { 1: sink, 2: sink } })
  await process.wait(child.pid)
  return out
}

export const watch: Command = async call => {
  const flags = options(call, '+n:tdbeg', { interval: 'n', 'no-title': 't', differences: 'd', color: 'b' })
  if (!flags.rest.length) throw new Missing('missing operand')
  const { process } = call
  const seconds = Math.max(0.1, Number(flags.value('n') ?? 2))
  const line = flags.rest.join(' ')
  const terminal = terminalOf(process.fds[1])
  for (;;) {
    const out = await outputOf(process, line)
    const { columns, rows } = terminal?.size ?? { columns: 80, rows: Number.POSITIVE_INFINITY }
    const every = call.flavour === 'busybox' ? `${seconds}s` : `${seconds.toFixed(1)}s`
    const left = `Every ${every}: ${line}`
    const now = new Date(process.clock.now())
      .toUTCString()
      .replace(/^(\w+), (\d+) (\w+) (\d+) (\S+) GMT$/, '$1 $3 $2 $5 $4')
    const right = `${call.flavour === 'busybox' ? '' : `${process.hostname}: `}${now}`
    const title = flags.has('t')
      ? ''
      : `${left.slice(0, Math.max(0, columns - right.length - 1)).padEnd(columns - right.length)}${right}\n\n`
    const room = rows - (title ? 3 : 1)
    const shown = out
      .replace(/\n$/, '')
      .split('\n')
      .slice(0, room)
      .map(l => l.slice(0, columns))
    await print(call, `${CLEAR}${title}${shown.join('\n')}\n`)
    await process.sleep(seconds * 1000)
  }
}

const HELP = 'SPACE page, ENTER line, b back, g start, G end, /text search, n next, q quit'

/** Shows a text on a terminal; without one it goes through unchanged. */
export const less: Command = async call => {
  const flags = options(call, 'FRSXNMEImsr+n', { quit: 'F' })
  const text = await allText(
    call,
    flags.rest.filter(word => !word.startsWith('+')),
  )
  const terminal = terminalOf(call.process.fds[1])
  const lines = text.replace(/\n$/, '').split('\n')
  if (!terminal || (flags.has('F') && lines.length < terminal.size.rows)) return print(call, text)
  await page(
    call.process,
    terminal,
    flags.has('N') ? lines.map((l, i) => `${String(i + 1).padStart(7)} ${l}`) : lines,
    call.name,
  )
  return 0
}

async function page(process: Process, terminal: Terminal, lines: readonly string[], name: string): Promise<void> {
  const keys = terminal
  terminal.mode = { ...RAW, signals: true }
  let top = 0
  let searched = ''
  let note = ''
  try {
    for (;;) {
      const { columns, rows } = terminal.size
      const height = rows - 1
      const last = Math.max(0, lines.length - height)
      top = Math.max(0, Math.min(top, last))
      const shown = lines.slice(top, top + height).map(line => line.slice(0, columns))
      while (shown.length < height) shown.push('~')
      const prompt =
        note ||
        (top >= last
          ? '(END)'
          : name === 'more'
            ? `--More--(${Math.floor(((top + height) / lines.length) * 100)}%)`
            : ':')
      note = ''
      await process.write(1, `${CLEAR}${shown.join('\n')}\n\x1b[7m${prompt}\x1b[0m`)
      const key = await keys.read(process, 3)
      if (key === '' || key.startsWith('q') || key === 'Q' || (name === 'more' && top >= last)) break
      if (key === ' ' || key === 'f' || key === '\x06' || key === '\x1b[6') top += height
      else if (key === 'b' || key === '\x02' || key === '\x1b[5') top -= height
      else if (key === '\r' || key === '\n' || key === 'j' || key === '\x1b[B') top++
      else if (key === 'k' || key === '\x1b[A') top--
      else if (key === 'd') top += Math.floor(height / 2)
      else if (key === 'u') top -= Math.floor(height / 2)
      else if (key === 'g' || key === '<') top = 0
      else if (key === 'G' || key === '>') top = last
      else if (key === 'h') note = HELP
      else if (key.startsWith('/') || key === 'n') {
        if (key.startsWith('/')) searched = await readSearch(process, terminal, key.slice(1))
        const found = lines.findIndex((line, i) => i > top && line.includes(searched))
        if (found < 0) note = 'Pattern not found'
        else top = found
      }
    }
  } finally {
    terminal.mode = { ...COOKED }
  }
  await process.write(1, '\r\x1b[K')
}

async function readSearch(process: Process, terminal: Terminal, begun: string): Promise<string> {
  let text = begun
  for (;;) {
    await process.write(1, `\r\x1b[K/${text}`)
    const key = await terminal.read(process, 1)
    if (key === '' || key === '\r' || key === '\n') return text
    text = key === '\x7f' ? text.slice(0, -1) : text + key
  }
}
