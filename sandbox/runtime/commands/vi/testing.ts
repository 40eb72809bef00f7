/** For tests of the editor: a person at a container's terminal, and the screen that they see. */
import { machine } from '../../testing.ts'
import { bytesOf, textOf } from './files.ts'

/** A key, or a new size of the window. */
export type Press = string | readonly [columns: number, rows: number]

export interface Session {
  /** Bytes of the files that are there, each as a character. */
  files: Readonly<Record<string, string>>
  args: readonly string[]
  columns: number
  rows: number
  keys: readonly Press[]
}

export interface Outcome {
  /** What the terminal was sent, byte by byte. */
  output: string
  /** Of the editor, once it has ended. */
  code: number | null
  after: Record<string, string>
}

const KEY_MS = 70

/** Plays a session in a busybox container. */
export async function play(session: Session, image = 'busybox', name = 'vi'): Promise<Outcome> {
  const m = machine()
  const container = m.run(image, { command: ['sleep', '1d'], workingDir: '/edited' })
  await m.clock.advance(1)
  for (const [file, content] of Object.entries(session.files))
    await m.exec(container, ['sh', '-c', `cat > /edited/${file}`], { stdin: textOf(content) })
  const editor = container.exec({ argv: [name, ...session.args], tty: true, stdin: true })
  editor.resize(session.columns, session.rows)
  let output = ''
  let code: number | null = null
  editor.onOutput((_, data) => {
    output += data
  })
  editor.onExit(status => {
    code = status.code
  })
  await m.clock.advance(KEY_MS)
  let unfinished = ''
  for (const press of session.keys) {
    if (code !== null) break
    if (typeof press === 'string') {
      // A terminal's client sends whole characters.
      unfinished += press
      const key = textOf(unfinished)
      if (/[\udc80-\udcff]/.test(key) && unfinished.length < 4) continue
      unfinished = ''
      editor.writeStdin(key)
    } else editor.resize(...press)
    await m.clock.advance(press === '\x1b' ? KEY_MS : 1)
  }
  await m.clock.advance(500)
  const after: Record<string, string> = {}
  const { out } = await m.exec(container, ['ls', '/edited'])
  for (const file of out.split('\n').filter(Boolean))
    after[file] = bytesOf((await m.exec(container, ['cat', `/edited/${file}`])).out)
  return { output: bytesOf(output), code, after }
}

/** What stands on a screen of a size after it was sent this, and where the cursor is. */
export function screenOf(
  output: string,
  columns: number,
  rows: number,
): { lines: string[]; cursor: readonly [row: number, column: number]; bells: number } {
  const empty = (): string[] => new Array<string>(columns).fill(' ')
  let cells = Array.from({ length: rows }, empty)
  let row = 0
  let column = 0
  let bells = 0
  let wraps = false
  const down = (): void => {
    if (row < rows - 1) row++
    else cells = [...cells.slice(1), empty()]
  }
  for (const [piece, parameters, final] of output.matchAll(/\x1b\[([?0-9;]*)([A-Za-z])|[\s\S]/g)) {
    if (final === 'H') {
      const [r = 1, c = 1] = parameters ? parameters.split(';').map(Number) : []
      row = Math.min(r, rows) - 1
      column = Math.min(c, columns) - 1
      wraps = false
    } else if (final === 'J' || final === 'K') {
      cells[row]!.fill(' ', column)
      if (final === 'J') for (let r = row + 1; r < rows; r++) cells[r]!.fill(' ')
    } else if (final) continue
    else if (piece === '\x07') bells++
    else if (piece === '\r') [column, wraps] = [0, false]
    else if (piece === '\n') [wraps] = [false, down()]
    else if (piece === '\b') column = Math.max(0, column - 1)
    else if (piece >= ' ' && piece !== '\x7f') {
      if (wraps) {
        column = 0
        down()
      }
      cells[row]![column] = piece
      wraps = column === columns - 1
      if (!wraps) column++
    }
  }
  return { lines: cells.map(line => line.join('').trimEnd()), cursor: [row, column], bells }
}
