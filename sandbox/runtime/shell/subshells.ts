/** Commands in processes of their own: subshells, pipelines, background jobs, coprocesses, substitutions. */

import type { ArithmeticCommand, Coproc, ParsedScript, Pipeline, Statement, Subshell } from 'unbash'
import { isErrno } from '../errno.ts'
import type { ExitStatus, Process, Stream } from '../processes/process.ts'
import { CLOSE_ON_EXEC, nullStream, pipe, release, retain } from '../processes/streams.ts'
import { terminalOf } from '../processes/terminal.ts'
import { refreshJobs, reportEnd } from './builtins/children.ts'
import { runList } from './compound.ts'
import { Interrupted, ShellError } from './control.ts'
import { guarded } from './exits.ts'
import type { Shell } from './shell.ts'
import { withRedirections } from './simple.ts'
import { lineAt } from './text.ts'
import { setArray } from './variables/arrays.ts'

export async function background(shell: Shell, statement: Statement): Promise<void> {
  const fork = shell.fork()
  const child = shell.process.spawn({
    argv: shell.process.argv,
    ...(shell.interactive ? { group: 'new' as const } : { fds: { 0: nullStream } }),
    program: async process => {
      const sub = fork(process)
      if (shell.interactive)
        for (const signal of ['INT', 'QUIT', 'TERM', 'TSTP'] as const) process.on(signal, undefined)
      else for (const signal of ['INT', 'QUIT'] as const) process.on(signal, 'ignore')
      return inSubshell(sub, () => inOwnProcess(sub, statement.command))
    },
  })
  shell.lastBackground = String(child.pid)
  // Without job control the shells of sh do not keep what a job was.
  const command =
    shell.interactive || shell.dialect.name === 'bash'
      ? shell.source.slice(statement.pos, statement.end).replace(/\s*&\s*$/, '')
      : ''
  shell.jobs.forget()
  const job = shell.jobs.add({ pid: child.pid, pids: [child.pid], group: child.group, command, state: 'running' })
  // Before the job has its first turn, whatever the shell owes for what it has computed.
  if (shell.interactive) await shell.process.fds[2]?.write(shell.process, `[${job.id}] ${child.pid}\n`)
  shell.status = 0
}

/** What a child of the shell was made for: round brackets need no other process. */
function inOwnProcess(sub: Shell, command: Statement['command']): Promise<void> {
  if (command.type === 'Subshell') return sub.interpreter.script(sub, command.body.commands, true)
  return sub.interpreter.node(sub, command, true)
}

/** bash's `coproc`: a background job whose output and input are descriptors of the shell, in an array. */
export async function coprocess(shell: Shell, node: Coproc): Promise<void> {
  const name = node.name?.value ?? 'COPROC'
  const [input, output] = [pipe(), pipe()]
  const fork = shell.fork()
  const child = shell.process.spawn({
    argv: shell.process.argv,
    fds: { 0: input.reader, 1: output.writer },
    program: process => {
      const sub = fork(process)
      return inSubshell(sub, () =>
        node.body.type === 'CompoundList' ? runList(sub, node.body) : sub.interpreter.node(sub, node.body, true),
      )
    },
  })
  const { fds } = shell.process
  const ends = [output.reader, input.writer].map(stream => {
    let fd = CLOSE_ON_EXEC - 1
    while (fds[fd]) fd--
    fds[fd] = retain(stream)
    return String(fd)
  })
  setArray(shell, name, ends)
  shell.set(`${name}_PID`, String(child.pid))
  shell.lastBackground = String(child.pid)
  const command = shell.source.slice(node.pos, node.end)
  shell.jobs.add({ pid: child.pid, pids: [child.pid], group: child.group, command, state: 'running' })
  shell.status = 0
}

/** What a child process of the shell does, to its exit status. */
async function inSubshell(shell: Shell, run: () => Promise<void>): Promise<number> {
  try {
    await run()
  } catch (error) {
    shell.status = await shell.ended(error)
  }
  return shell.finish()
}

export const evaluateSubstitution = (
  shell: Shell,
  script: ParsedScript | undefined,
  text: string,
  pos = 0,
): Promise<number> =>
  inSubshell(shell, async () => {
    if (!script) return
    shell.texts++
    if (shell.dialect.name === 'bash' && (await printedFile(shell, script))) return
    if (script.errors?.length) throw new ShellError(`syntax error in ${text}`)
    placeSubstitution(shell, script, text, pos)
    await shell.interpreter.script(shell, script.commands, true)
  })

/** Which number the first line of a substitution has: to bash that of its command, to dash 1 between backquotes, else its own. */
function placeSubstitution(shell: Shell, script: ParsedScript, text: string, pos: number): void {
  const { dialect } = shell
  const source = script.source ?? shell.source
  const [opening] = /^(?:\$\(|`)?[ \t\n]*/.exec(text)!
  const leading = opening.split('\n').length
  // Within arithmetic and here-documents places are counted anew.
  const at = shell.source.startsWith(text, pos) ? pos : shell.source.indexOf(text, shell.position)
  const own = at < 0 ? shell.line : lineAt(shell.text, at) + leading - 1
  const line = dialect.name === 'bash' ? shell.line : dialect.name === 'dash' && text[0] === '`' ? leading : own
  const before = lineAt({ source, firstLine: 0 }, script.commands[0]?.pos ?? 0)
  shell.text = { ...shell.text, source, firstLine: line - before }
}

/** bash's `$(<file)`: what the file holds. @returns whether that is what is asked for */
async function printedFile(shell: Shell, { commands }: ParsedScript): Promise<boolean> {
  const only = commands.length === 1 ? commands[0]!.command : undefined
  if (
    only?.type !== 'Command' ||
    only.name ||
    only.prefix.some(part => part.type === 'Assignment') ||
    only.redirects.length !== 1
  )
    return false
  if (only.redirects[0]!.operator !== '<') return false
  await withRedirections(shell, only.redirects, async () => {
    const { process } = shell
    for (let data = await process.read(0); data; data = await process.read(0)) await process.write(1, data)
    shell.status = 0
  })
  return true
}

export async function runPipeline(shell: Shell, node: Pipeline): Promise<void> {
  const negated = node.prefixes.some(prefix => prefix.type === 'Negation')
  const started = node.prefixes.some(prefix => prefix.type === 'Time') ? shell.process.clock.now() : undefined
  const run =
    node.commands.length === 1
      ? () => shell.interpreter.node(shell, node.commands[0]!)
      : () => spawnPipeline(shell, node)
  if (negated) await guarded(shell, run)
  else await run()
  if (negated) shell.status = shell.status ? 0 : 1
  const timed = node.prefixes.find(prefix => prefix.type === 'Time')
  if (started !== undefined) {
    const took = (shell.process.clock.now() - started) / 1000
    if (timed?.type === 'Time' && timed.posix) {
      const line = (word: string, seconds: number): string => `${word} ${seconds.toFixed(2)}\n`
      await shell.process.write(2, line('real', took) + line('user', 0) + line('sys', 0))
      return
    }
    const [before, gap, digits] = shell.dialect.name === 'bash' ? ['\n', '', 3] : ['', ' ', 2]
    const shown = (seconds: number): string => `${Math.floor(seconds / 60)}m${gap}${(seconds % 60).toFixed(digits)}s`
    await shell.process.write(2, `${before}real\t${shown(took)}\nuser\t${shown(0)}\nsys\t${shown(0)}\n`)
  }
}

async function spawnPipeline(shell: Shell, node: Pipeline): Promise<void> {
  const pids: number[] = []
  let group: number | 'new' | undefined = shell.interactive ? 'new' : undefined
  let input: ReturnType<typeof pipe>['reader'] | undefined
  /** With bash's `lastpipe`, what the shell itself runs. */
  let here: { command: (typeof node.commands)[number]; reader: Stream } | undefined
  node.commands.forEach((command, i) => {
    const last = i === node.commands.length - 1
    if (last && shell.shopts.has('lastpipe') && !shell.interactive && input) {
      here = { command, reader: input }
      return
    }
    const next = last ? undefined : pipe()
    const fds: Record<number, Stream> = {}
    if (input) fds[0] = input
    if (next) fds[1] = next.writer
    if (next && node.operators[i] === '|&') fds[2] = next.writer
    const fork = shell.fork()
    const child = shell.process.spawn({
      argv: shell.process.argv,
      fds,
      ...(group === undefined ? {} : { group }),
      program: process => {
        const sub = fork(process)
        defaultSignals(shell, process)
        return inSubshell(sub, () => sub.interpreter.node(sub, command, true))
      },
    })
    if (group === 'new') group = child.group
    pids.push(child.pid)
    input = next?.reader
  })
  if (here) return lastHere(shell, here.command, here.reader, pids)
  // After a `!` alone there is nothing, and nothing succeeds.
  if (!pids.length) shell.status = 0
  else await foreground(shell, pids, typeof group === 'number' ? group : 0, shell.source.slice(node.pos, node.end))
}

/** The last command of a pipeline in the shell's own process, so that what it sets stays. */
async function lastHere(
  shell: Shell,
  command: Pipeline['commands'][number],
  reader: Stream,
  pids: readonly number[],
): Promise<void> {
  const { fds } = shell.process
  const before = fds[0]
  fds[0] = retain(reader)
  try {
    await shell.interpreter.node(shell, command)
  } finally {
    release(fds[0])
    if (before) fds[0] = before
    else delete fds[0]
  }
  const { status } = shell
  if (pids.length) await foreground(shell, pids, 0, '')
  if (status || !shell.options.pipefail) shell.status = status
}

/** `( … )`; and `((…))` to the shells of sh, which read it as one within another. */
export async function runSubshell(shell: Shell, node: Subshell | ArithmeticCommand): Promise<void> {
  const fork = shell.fork()
  const child = shell.process.spawn({
    argv: shell.process.argv,
    ...(shell.interactive ? { group: 'new' as const } : {}),
    program: process => {
      const sub = fork(process)
      defaultSignals(shell, process)
      return inSubshell(sub, () =>
        node.type === 'Subshell' ? sub.interpreter.script(sub, node.body.commands, true) : sub.evaluate(node.body),
      )
    },
  })
  await foreground(shell, [child.pid], child.group, shell.source.slice(node.pos, node.end))
}

/** Children of an interactive shell get the signals that it ignores itself. */
function defaultSignals(shell: Shell, process: Process): void {
  if (shell.interactive) for (const signal of ['INT', 'QUIT', 'TERM', 'TSTP'] as const) process.on(signal, undefined)
}

/** Waits for a pipeline in the foreground and sets `$?`. */
export async function foreground(shell: Shell, pids: readonly number[], group: number, command: string): Promise<void> {
  const terminal = shell.interactive ? terminalOf(shell.process.fds[0]) : undefined
  if (terminal && group) terminal.foreground = group
  const statuses: ExitStatus[] = []
  let stopped = false
  for (const pid of pids) {
    for (;;) {
      try {
        const { status } = await shell.process.wait(pid)
        statuses.push(status)
        if (status.signal === 'TSTP') stopped = true
        break
      } catch (error) {
        if (!isErrno(error, 'EINTR')) throw error
      }
    }
    if (stopped) break
  }
  if (terminal) terminal.foreground = shell.process.group
  // The shells of sh take note of every child that has ended meanwhile, and do not speak of it later.
  if (shell.dialect.name !== 'bash' && !shell.interactive) await refreshJobs(shell)
  const final = statuses.at(-1)!
  if (shell.dialect.name === 'bash')
    setArray(
      shell,
      'PIPESTATUS',
      statuses.map(s => String(s.code)),
    )
  const failed = shell.options.pipefail ? statuses.findLast(status => status.code) : undefined
  shell.status = (failed ?? final).code
  if (stopped) {
    const job = shell.jobs.add({ pid: pids.at(-1)!, pids: [...pids], group, command, state: 'stopped' })
    await shell.process.write(2, `\n${shell.jobs.describe(job, shell.dialect.name)}\n`)
    throw new Interrupted()
  }
  for (const [i, status] of statuses.entries()) {
    // bash speaks of the last of a pipeline, the others of each.
    if (shell.dialect.name === 'bash' && (status !== final || shell.subshell)) continue
    if (status.signal === 'INT' && shell.interactive && status === final) {
      await shell.process.write(2, '\n')
      throw new Interrupted()
    }
    await reportEnd(shell, pids[i]!, status, command, true)
  }
}
