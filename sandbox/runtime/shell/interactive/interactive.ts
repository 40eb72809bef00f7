/** A shell with a person in front of it: prompt, history, aliases, jobs, and a line that is not finished yet. */

import { parse } from 'unbash'
import type { ErrnoCode } from '../../errno.ts'
import { isErrno } from '../../errno.ts'
import { COOKED, RAW, terminalOf } from '../../processes/terminal.ts'
import { refreshJobs } from '../builtins/children.ts'
import { ExitShell, Interrupted, LoopControl, Return, ShellError } from '../control.ts'
import { expandParts } from '../expansion/expand.ts'
import { parseScript } from '../parse.ts'
import type { Shell } from '../shell.ts'
import { completePath } from './complete.ts'
import { type Completer, LineEditor } from './editor.ts'
import { recalled } from './history.ts'

export interface InteractiveOptions {
  /** Kept by the caller: saved and restored with a session. */
  history?: string[]
  complete?: Completer
  /** Told of every complete command before it runs. */
  onCommand?: (line: string) => void
  /** Told when the shell waits for a new command, with the status of the one before. */
  onPrompt?: (status: number) => void
}

export async function interact(shell: Shell, options: InteractiveOptions = {}): Promise<number> {
  const { process } = shell
  shell.interactive = true
  const terminal = terminalOf(process.fds[0])
  if (terminal) terminal.foreground = process.group
  process.on('INT', () => {
    shell.interrupted = true
  })
  process.on('TERM', 'ignore')
  process.on('QUIT', 'ignore')
  process.on('TSTP', 'ignore')
  shell.variables.get('PS1') ?? shell.variables.set('PS1', { value: defaultPrompt(shell) })
  shell.variables.get('PS2') ?? shell.variables.set('PS2', { value: '> ' })
  const before = (shell.history = options.history ?? [])
  const editor = new LineEditor({
    history: before,
    complete: options.complete ?? ((line, cursor) => completePath(shell, line, cursor)),
    columns: () => terminal?.size.columns ?? 80,
    write: data => process.write(1, data),
    read: () => process.read(0),
  })
  let text = ''
  for (;;) {
    await announceJobs(shell)
    let line: string | undefined
    try {
      if (terminal) terminal.mode = { ...RAW }
      if (!text) options.onPrompt?.(shell.status)
      line = await editor.line(await prompt(shell, text ? 'PS2' : 'PS1'))
    } catch (error) {
      if (!isErrno(error, 'EINTR' satisfies ErrnoCode)) throw error
      shell.interrupted = false
      continue
    } finally {
      if (terminal) terminal.mode = { ...COOKED }
    }
    if (line === undefined) {
      if (text) {
        text = ''
        await shell.complain('syntax error: unexpected end of file')
        continue
      }
      if (shell.dialect.name === 'bash') await process.write(2, 'exit\n')
      return shell.finish()
    }
    if (line === '\x03') {
      text = ''
      shell.status = 130
      continue
    }
    // Of a command that goes on, such as a here-document, what follows is taken as it stands.
    if (!text && shell.dialect.name === 'bash' && line.includes('!')) {
      const found = recalled(line, before)
      if ('missing' in found) {
        await shell.complain(`${found.missing}: event not found`)
        continue
      }
      if (found.line !== line) await process.write(1, `${found.line}\n`)
      line = found.line
    }
    text += `${line}\n`
    if (parseScript(text).error?.incomplete) continue
    const ready = expandAliases(shell, text)
    if (text.trim()) editor.remember(text.replace(/\n$/, ''))
    text = ''
    if (!ready.trim()) continue
    options.onCommand?.(ready.replace(/\n$/, ''))
    try {
      await shell.evaluate(ready)
    } catch (error) {
      if (error instanceof ExitShell) {
        shell.status = error.status
        return shell.finish()
      }
      await afterError(shell, error)
    }
    if (terminal) terminal.foreground = process.group
  }
}

async function afterError(shell: Shell, error: unknown): Promise<void> {
  shell.loops = shell.functionDepth = shell.guarded = 0
  if (error instanceof Interrupted || error instanceof LoopControl || error instanceof Return) return
  if (error instanceof ShellError || isErrno(error)) {
    if (!isErrno(error, 'EINTR')) shell.status = await shell.ended(error)
    return
  }
  throw error
}

const defaultPrompt = (shell: Shell): string => {
  const sign = shell.process.uid === 0 ? '#' : '$'
  if (shell.dialect.name === 'bash') return `\\u@\\h:\\w${sign} `
  return shell.dialect.name === 'ash' ? `\\w ${sign} ` : `${sign} `
}

/** PS1 with its escapes. */
async function prompt(shell: Shell, name: 'PS1' | 'PS2'): Promise<string> {
  const { process } = shell
  const home = shell.get('HOME')
  const cwd =
    home && home !== '/' && (process.cwd === home || process.cwd.startsWith(`${home}/`))
      ? `~${process.cwd.slice(home.length)}`
      : process.cwd
  const values: Record<string, string> = {
    u: process.uid === 0 ? 'root' : (process.env.USER ?? String(process.uid)),
    h: process.hostname.split('.')[0]!,
    H: process.hostname,
    w: cwd,
    W: cwd === '/' ? '/' : cwd.split('/').pop()!,
    $: process.uid === 0 ? '#' : '$',
    n: '\n',
    e: '\x1b',
    '[': '',
    ']': '',
    '\\': '\\',
  }
  const text = (shell.get(name) ?? '').replace(/\\(033|.)/g, (whole, c: string) =>
    c === '033' ? '\x1b' : (values[c] ?? whole),
  )
  if (!/[$`]/.test(text)) return text
  const command = parse(`: "${text.replaceAll('"', '\\"')}"`).commands[0]?.command
  const word = command?.type === 'Command' ? command.suffix[0] : undefined
  return word?.type === 'Word' && word.parts ? expandParts(shell, word.parts) : text
}

async function announceJobs(shell: Shell): Promise<void> {
  await refreshJobs(shell)
  for (const job of [...shell.jobs.list]) {
    if (job.state !== 'done') continue
    await shell.process.write(2, `${shell.jobs.describe(job, shell.dialect.name)}\n`)
    shell.jobs.remove(job)
  }
}

/** Replaces the first word of each command that is an alias. */
function expandAliases(shell: Shell, text: string): string {
  if (!shell.aliases.size) return text
  const used = new Set<string>()
  let source = text
  for (let round = 0; round < 10; round++) {
    const names: { text: string; pos: number; end: number }[] = []
    collectCommandNames(parseScript(source).tree, names)
    const hit = names.find(name => shell.aliases.has(name.text) && !used.has(name.text))
    if (!hit) return source
    used.add(hit.text)
    source = source.slice(0, hit.pos) + shell.aliases.get(hit.text)! + source.slice(hit.end)
  }
  return source
}

function collectCommandNames(node: unknown, names: { text: string; pos: number; end: number }[]): void {
  if (!node || typeof node !== 'object') return
  if (Array.isArray(node)) {
    for (const item of node) collectCommandNames(item, names)
    return
  }
  const typed = node as { type?: string; name?: { text: string; pos: number; end: number } }
  if (typed.type === 'Command' && typed.name) names.push(typed.name)
  if (typed.type === 'Word') return
  for (const value of Object.values(node)) collectCommandNames(value, names)
}
