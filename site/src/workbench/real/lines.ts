/**
 * Messages over a process's input and output, a line each. Output of a process in a tab is that of a terminal: what else is
 * printed, and what is echoed, comes in between; and letters that take several bytes may be cut in two. So a line of ours
 * begins with a mark that says from whom it is, and is plain ASCII.
 */

/** Of what the page says, and of what the process says. */
const MARKS = { page: '\x1d', process: '\x1e' } as const

export const encode = (from: keyof typeof MARKS, message: object): string =>
  `${MARKS[from]}${JSON.stringify(message).replace(
    /[\u007f-\uffff]/g,
    letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )}\n`

/** Collects pieces of output; tells of every message of the other side, and of every other line. */
export function decoder<M>(
  from: keyof typeof MARKS,
  told: { message(message: M): void; noise?(line: string): void },
): (piece: string) => void {
  let rest = ''
  return piece => {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const at = line.indexOf(MARKS[from])
      if (at >= 0) told.message(JSON.parse(line.slice(at + 1)) as M)
      else if (!line.includes(from === 'page' ? MARKS.process : MARKS.page)) told.noise?.(line.replace(/\r$/, ''))
    }
  }
}
