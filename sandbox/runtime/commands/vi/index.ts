/** `vi`: a screen editor as busybox has it. `vim` and `view`, where they are installed, are this one too. */
import { IncomingText } from '../../../bytes.ts'
import { type Call, type Command, Missing, options } from '../command.ts'
import { colon } from './colon.ts'
import { Editor, LINE_AS_IT_WAS, NoMoreKeys, UNNAMED } from './editor.ts'
import { pathOf, readBuffer } from './files.ts'
import { Keyboard } from './keys.ts'
import { FEATURES } from './options.ts'
import { perform } from './perform.ts'
import { attend, Interrupted, listen } from './signals.ts'
import { cooked, raw } from './terminal-mode.ts'

const REPEATABLE = new Set([...'aAcCdDiIJoOpPrRs"xX<>~'])
const LONGEST_LINE = 127
/** How long a terminal may take to say how big it is. */
const ANSWER_MS = 100

export const vi: Command = async call => {
  const { process } = call
  const { initial, rest, readOnly } = words(call)
  const flags = options({ ...call, args: rest }, 'c:HhR')
  if (flags.has('H')) await process.write(1, FEATURES)
  if (flags.has('H') || flags.has('h')) throw new Missing('')
  // A character that is not whole yet waits for its end.
  const output = new IncomingText()
  const editor = new Editor(process, new Keyboard(process), {
    async flush(bytes) {
      const text = output.push(Uint8Array.from(bytes, c => c.charCodeAt(0)))
      if (text) await process.write(1, text)
    },
    attend,
    perform,
  })
  editor.files = flags.rest
  editor.readOnly.asked = readOnly || flags.has('R')
  const session: Session = { begin: [...initial, ...flags.values('c')], line: -1 }
  try {
    await readSettings(editor)
    editor.write('\x1b[?1049h')
    do {
      await editFile(editor, editor.files[editor.fileIndex], session)
      editor.fileIndex++
    } while (editor.fileIndex < editor.files.length)
    editor.write('\x1b[?1049l')
    await editor.flush()
    return 0
  } catch (error) {
    if (!(error instanceof NoMoreKeys)) throw error
    editor.screen.clearBottom()
    await editor.flush()
    cooked(editor)
    await process.write(2, `${call.name}: can't read user input\n`)
    return 1
  }
}

/** What vim takes besides: `+command`, and the name `view`. */
function words(call: Call): { initial: string[]; rest: string[]; readOnly: boolean } {
  if (call.flavour === 'busybox') return { initial: [], rest: [...call.args], readOnly: false }
  const isCommand = (word: string): boolean => word.startsWith('+')
  return {
    initial: call.args.filter(isCommand).map(word => word.slice(1) || '$'),
    rest: call.args.filter(word => !isCommand(word)),
    readOnly: call.name === 'view',
  }
}

/** Commands of the environment, or of the user's own file. */
async function readSettings(editor: Editor): Promise<void> {
  const { env, fs, uid } = editor.process
  let lines = env.EXINIT
  if (lines === undefined && env.HOME) {
    const path = pathOf(editor.process, `${env.HOME.replace(/\/$/, '')}/.exrc`)
    const stat = fs.find(path)
    if (!stat) return
    if (stat.mode & 0o022 || stat.uid !== uid) return editor.warn('.exrc: permission denied')
    lines = fs.readFile(path)
  }
  if (lines === undefined) return
  readBuffer(editor, undefined)
  await run(editor, lines)
}

async function run(editor: Editor, lines: string): Promise<void> {
  for (const line of lines.split(/\n+/)) if (line && line.length <= LONGEST_LINE) await colon(editor, line)
}

/** What outlasts one file. */
interface Session {
  /** Commands to begin with. */
  begin: string[]
  /** Where the line begins that `U` would bring back. */
  line: number
}

async function editFile(editor: Editor, name: string | undefined, session: Session): Promise<void> {
  const { screen } = editor
  editor.editing = true
  raw(editor)
  await measure(editor)
  readBuffer(editor, name)
  editor.register = UNNAMED
  editor.jumps = [0, 0]
  const deafen = listen(editor)
  for (let begun = false; ; begun = true) {
    if (begun) screen.top = editor.dot = 0
    editor.mode = 'command'
    editor.count = 0
    screen.offset = 0
    editor.forgetKeys()
    try {
      for (let line = session.begin.shift(); line !== undefined; line = session.begin.shift()) await run(editor, line)
      await editor.redraw(false)
      while (editor.editing) await step(editor, session)
      break
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error
    }
  }
  deafen()
  screen.clearBottom()
  await editor.flush()
  cooked(editor)
}

/** Asks how big the screen is: the terminal, or who may be behind what is none. */
async function measure(editor: Editor): Promise<void> {
  const { process, screen } = editor
  const { columns, rows } = process.fds[0]?.size ?? { columns: 80, rows: 24 }
  screen.columns = columns
  screen.rows = rows
  if (process.fds[0]?.size) return
  editor.write('\x1b[999;999H\x1b[6n')
  await editor.flush()
  await editor.keyboard.skip(ANSWER_MS)
}

/** Reads a key and does what it says. */
async function step(editor: Editor, session: Session): Promise<void> {
  const { buffer } = editor
  // A command that repeats itself by `.` never waits for a key.
  await editor.work()
  const key = await editor.key()
  const line = buffer.lineStart(editor.dot)
  if (line !== session.line) {
    session.line = line
    editor.yank(line, buffer.lineEnd(editor.dot), 'part', LINE_AS_IT_WAS)
  }
  if (!editor.recording && !editor.replaying && editor.mode === 'command' && REPEATABLE.has(key)) editor.record(key)
  await perform(editor, key)
  // Who types faster than can be shown sees it once they pause.
  if (editor.keyboard.pending) return
  editor.draw()
  await editor.showStatus()
}
