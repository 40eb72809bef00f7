/** Keys as a terminal sends them: bytes, and sequences that stand for a key of its own. */
import { bytesOfText } from '../../../bytes.ts'
import { isErrno } from '../../errno.ts'
import type { Process } from '../../processes/process.ts'
import { terminalOf } from '../../processes/terminal.ts'

/** A byte as one character, or the name of a key that is none. */
export type Key = string

/** Without the escape that each begins with; the short ones first. */
const SEQUENCES: readonly (readonly [sequence: string, key: Key])[] = [
  ['\x7f', 'AltBackspace'],
  ['\b', 'AltBackspace'],
  ['d', 'AltD'],
  ['f', 'AltRight'],
  ['b', 'AltLeft'],
  ['OA', 'Up'],
  ['OB', 'Down'],
  ['OC', 'Right'],
  ['OD', 'Left'],
  ['OH', 'Home'],
  ['OF', 'End'],
  ['[A', 'Up'],
  ['[B', 'Down'],
  ['[C', 'Right'],
  ['[D', 'Left'],
  ['[H', 'Home'],
  ['[F', 'End'],
  ['[1~', 'Home'],
  ['[2~', 'Insert'],
  ['[3~', 'Delete'],
  ['[4~', 'End'],
  ['[5~', 'PageUp'],
  ['[6~', 'PageDown'],
  ['[7~', 'Home'],
  ['[8~', 'End'],
  ['[1;5C', 'CtrlRight'],
  ['[1;5D', 'CtrlLeft'],
  ['[1;3C', 'AltRight'],
  ['[1;3D', 'AltLeft'],
]

/** What stands for such keys where only a byte can: all that is certain of them is that they are no ASCII. */
const NAMED: Readonly<Record<Key, number>> = {
  Up: 254,
  Down: 253,
  Right: 252,
  Left: 251,
  Home: 250,
  End: 249,
  Insert: 248,
  Delete: 247,
  PageUp: 246,
  PageDown: 245,
}

export const byteOf = (key: Key): string => (key.length === 1 ? key : String.fromCharCode(NAMED[key] ?? 240))

/** Backspace, whichever the terminal sends. */
export const isErasing = (key: Key): boolean => key === '\b' || key === '\x7f'

/** The rest of a sequence comes with its beginning, or after as long as a slow line needs. */
const SEQUENCE_MS = 50
/** Bytes of a sequence that nobody knows. */
const LONGEST = 15

export class Keyboard {
  readonly #process: Process
  /** Bytes that have come and are not read. */
  #bytes = ''
  /** What came after an escape and belongs to the next key. */
  #left = ''

  constructor(process: Process) {
    this.#process = process
  }

  /** Whether a key is there already; a file or pipe always has one, or its end. */
  get pending(): boolean {
    const terminal = terminalOf(this.#process.fds[0])
    return this.#left !== '' || this.#bytes !== '' || !terminal || terminal.waiting
  }

  /** The next key; undefined at the end. @throws Errno EINTR after a signal */
  async next(): Promise<Key | undefined> {
    for (;;) {
      const byte = this.#left ? this.#left[0]! : await this.#byte()
      this.#left = this.#left.slice(1)
      if (byte !== '\x1b') return byte
      const key = await this.#sequence()
      if (key !== '') return key
    }
  }

  /** Takes a byte away, if one comes in time. */
  async skip(ms: number): Promise<void> {
    await this.#byteWithin(ms)
  }

  /** What an escape begins; '' where that is no key that anybody knows. */
  async #sequence(): Promise<Key | undefined> {
    let seen = this.#left
    this.#left = ''
    const more = async (): Promise<boolean> => {
      const byte = await this.#byteWithin(SEQUENCE_MS)
      if (byte) seen += byte
      return byte !== ''
    }
    const left = (): Key => {
      if (seen.length > 1) return ''
      this.#left = seen
      return '\x1b'
    }
    for (const [sequence, key] of SEQUENCES) {
      for (let i = 0; i < sequence.length; i++) {
        if (seen.length <= i && !(await more())) return left()
        if (seen[i] !== sequence[i]) break
        if (i === sequence.length - 1) return key
      }
    }
    while (seen.length < LONGEST && (await more()));
    return left()
  }

  /** undefined at the end. */
  async #byte(): Promise<string | undefined> {
    if (!this.#bytes) {
      let text = await this.#process.read(0, 1)
      if (/^[\ud800-\udbff]$/.test(text)) text += await this.#process.read(0, 1)
      if (!text) return undefined
      this.#bytes = String.fromCharCode(...bytesOfText(text))
    }
    const byte = this.#bytes[0]!
    this.#bytes = this.#bytes.slice(1)
    return byte
  }

  /** '' where none comes in time, or any more. */
  async #byteWithin(ms: number): Promise<string> {
    const terminal = terminalOf(this.#process.fds[0])
    if (this.#bytes || terminal?.waiting) return (await this.#byte()) ?? ''
    const process = this.#process
    let late = false
    process.on('ALRM', () => {
      late = true
    })
    const callOff = process.alarm(ms)
    try {
      return (await this.#byte()) ?? ''
    } catch (error) {
      if (late && isErrno(error, 'EINTR')) return ''
      throw error
    } finally {
      callOff()
      process.on('ALRM', undefined)
    }
  }
}
