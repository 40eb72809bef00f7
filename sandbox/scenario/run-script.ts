/** Types a script into a session's terminal and lets time pass until all of it has been done. */
import type { LiveSession } from './live-session.ts'

export interface ScriptResult {
  /** Everything that the terminal showed. */
  screen: string
  /** Whether the shell came back to its prompt in time. */
  finished: boolean
}

const LIMIT_MS = 30 * 60_000
const PROMPT_MS = 100

export async function runScript(session: LiveSession, script: string, limitMs = LIMIT_MS): Promise<ScriptResult> {
  let screen = ''
  let mine = -1
  session.onOutput((terminal, data) => {
    if (terminal === mine) screen += data
  })
  mine = session.openTerminal({ columns: 120, rows: 40 })
  await session.advance(0)
  const deadline = session.now + limitMs
  await session.dispatch({ type: 'command', terminal: mine, line: script })
  while (!(await resting(session, mine)) && session.now < deadline) {
    if (!(await session.step(deadline - session.now))) break
  }
  const finished = session.terminalState(mine).idle
  session.closeTerminal(mine)
  await session.advance(0)
  return { screen, finished }
}

/** Whether the shell waits for a command and goes on waiting: a prompt may stand there while the next line is still on its way. */
async function resting(session: LiveSession, terminal: number): Promise<boolean> {
  if (!session.terminalState(terminal).idle) return false
  await session.advance(PROMPT_MS)
  return session.terminalState(terminal).idle
}

/** The parts of a solution.sh: what stands above the first `# exercise: ID` is '', the rest goes by exercise. */
export function scriptParts(script: string): Map<string, string> {
  const parts = new Map<string, string>()
  let current = ''
  for (const line of script.split('\n')) {
    const named = /^#\s*exercise:\s*(\S+)/.exec(line)?.[1]
    if (named) current = named
    else if (!/^#/.test(line)) parts.set(current, `${parts.get(current) ?? ''}${line}\n`)
  }
  return parts
}
