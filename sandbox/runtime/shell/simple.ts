/** Simple commands: words and assignments, then a function, a builtin or a program. */

import type { Assignment, Command, Function as FunctionNode, Redirection } from 'unbash'
import { isErrno, words } from '../errno.ts'
import { absolute } from '../files/path.ts'
import { which } from '../processes/exec.ts'
import { builtinOf, SPECIAL } from './builtins/builtins.ts'
import { callBuiltin } from './builtins/call.ts'
import { ExitShell, Return, ShellError } from './control.ts'
import { checkExit, runTrap } from './exits.ts'
import { expandWord } from './expansion/expand.ts'
import { closeSubstitutions } from './expansion/substitution.ts'
import {
  assign,
  assigned,
  asWord,
  expanded,
  type Given,
  partedPrefix,
  traceAssignments,
  withAssignments,
  writable,
} from './prefix.ts'
import { RedirectError, redirect } from './redirect.ts'
import type { Shell } from './shell.ts'
import { placeOfCommand } from './text.ts'
import { trace, traced } from './trace.ts'
import { assignArray } from './variables/array-assignment.ts'
import { environment } from './variables/environment.ts'

/** @param fatal whether a redirection that fails ends the shell, as before a special builtin of the shells of sh */
export async function withRedirections(
  shell: Shell,
  redirections: readonly Redirection[],
  run: () => Promise<void>,
  fatal = false,
): Promise<void> {
  const substitutions = shell.openSubstitutions
  shell.openSubstitutions = []
  let redirected: Awaited<ReturnType<typeof redirect>>
  try {
    redirected = await redirect(shell, redirections)
  } catch (error) {
    if (!(error instanceof RedirectError)) throw error
    if (fatal) throw new ShellError(error.message, shell.dialect.redirectStatus)
    await shell.complain(error.message)
    shell.status = shell.dialect.redirectStatus
    return checkExit(shell)
  }
  try {
    await run()
  } catch (error) {
    if (error instanceof ShellError && redirections.length) await shell.tell(error)
    throw error
  } finally {
    redirected.undo()
    closeSubstitutions(shell, substitutions)
  }
}

export async function runCommand(shell: Shell, node: Command, tail: boolean): Promise<void> {
  const before = shell.openSubstitutions
  shell.openSubstitutions = []
  try {
    await runSimple(shell, node, tail)
  } catch (error) {
    // At once: while its output goes where the command's goes, and its line is known.
    if (error instanceof ShellError) await shell.tell(error)
    throw error
  } finally {
    if (shell.openSubstitutions.length) closeSubstitutions(shell, before)
    else shell.openSubstitutions = before
  }
}

async function runSimple(shell: Shell, node: Command, tail: boolean): Promise<void> {
  const pause = shell.process.tick()
  if (pause) await pause
  shell.position = shell.dialect.name === 'bash' ? placeOfCommand(shell.source, node) : node.pos
  const text = shell.source.slice(node.pos, node.end)
  if (!shell.trapped.size) shell.command = text
  if (shell.traps.has('DEBUG') && !shell.functionDepth) await runTrap(shell, 'DEBUG')
  const words: string[] = []
  const arrays: Assignment[] = []
  const before = shell.status
  shell.substituted = undefined
  const { assignments, first } = partedPrefix(shell, node)
  for (const assignment of first) words.push(await asWord(shell, assignment))
  if (node.name) {
    for (const argument of [node.name, ...node.args]) {
      if (argument.type === 'Assignment' && argument.value?.type === 'ArrayValue') {
        // `declare -A a=(…)`: what kind of array it is must be known before.
        words.push(argument.name)
        arrays.push(argument)
      } else if (argument.type === 'Assignment')
        words.push(`${argument.name}${argument.append ? '+' : ''}=${await assigned(shell, argument)}`)
      else for (const word of await expandWord(shell, argument)) words.push(word)
    }
  }
  if (!words.length) {
    return withRedirections(shell, node.redirects, async () => {
      for (const assignment of assignments) await assign(shell, assignment)
      shell.status = shell.substituted ?? 0
      if (shell.has('x') && assignments.length) await traceAssignments(shell, assignments)
    })
  }
  shell.status = before
  const given = assignments.length ? await expanded(shell, assignments) : []
  if (shell.has('x')) {
    const prefix = given.map(({ name, value }) => `${name}=${value && traced(shell, value)}`)
    // bash shows each assignment on a line of its own.
    const apart = shell.dialect.name === 'bash'
    if (apart) for (const assignment of prefix) await trace(shell, [assignment])
    await trace(shell, [...(apart ? [] : prefix), ...words.map(word => traced(shell, word))])
  }
  if (words[0] === 'exec') return runExec(shell, words.slice(1), node.redirects)
  await withRedirections(
    shell,
    node.redirects,
    () => dispatch(shell, words, given, text, tail && !arrays.length),
    shell.dialect.name !== 'bash' && SPECIAL.has(words[0]!),
  )
  for (const assignment of arrays) await assignArray(shell, assignment)
}

/** A function, a builtin, or a program in a process of its own. */
async function dispatch(
  shell: Shell,
  words: readonly string[],
  given: readonly Given[],
  text: string,
  tail: boolean,
): Promise<void> {
  const name = words[0]!
  const body = shell.functions.get(name)
  const builtin = builtinOf(name)
  if (body && !SPECIAL.has(name))
    return withAssignments(shell, given, () => callFunction(shell, body, name, words.slice(1)))
  if (builtin) {
    // Those before a special builtin stay, but in bash, which keeps to that as `sh` alone.
    if (SPECIAL.has(name) && shell.dialect.name !== 'bash') {
      for (const { name, value } of given) shell.set(name, value)
      shell.status = await callBuiltin(shell, builtin, words)
      return
    }
    return withAssignments(shell, given, async () => {
      shell.status = await callBuiltin(shell, builtin, words)
    })
  }
  const only: Record<string, string> = {}
  for (const { name, value } of await writable(shell, given)) only[name] = value
  await runProgram(shell, words, { ...shell.process.env, ...only }, tail, text, only)
}

async function callFunction(shell: Shell, body: FunctionNode['body'], name: string, args: string[]): Promise<void> {
  const deepest = shell.dialect.name === 'bash' ? Number(shell.get('FUNCNEST')) || 0 : 0
  if (deepest && shell.calls.length >= deepest)
    throw new ShellError(`${name}: maximum function nesting level exceeded (${deepest})`, 1)
  if (shell.functionDepth > 500) throw new ShellError(`${name}: maximum function nesting level exceeded`)
  const atReturn = shell.traps.get('RETURN')
  const { params, text, position, loops } = shell
  shell.params = args
  shell.text = shell.sources.get(name) ?? text
  shell.functionDepth++
  shell.calls.unshift(name)
  shell.loops = 0
  shell.locals.push(new Map())
  try {
    if (body.type === 'CompoundList') await shell.interpreter.script(shell, body.commands, false)
    else await shell.interpreter.node(shell, body)
  } catch (error) {
    if (!(error instanceof Return)) throw error
    shell.status = error.status
  } finally {
    // One that was there before is not the function's own.
    if (shell.traps.get('RETURN') !== atReturn) await runTrap(shell, 'RETURN')
    shell.calls.shift()
    for (const [local, old] of shell.locals.pop()!) {
      if (old) shell.variables.set(local, old)
      else shell.variables.delete(local)
      shell.exportToProcess(local, old?.exported ? old.value : undefined)
    }
    shell.functionDepth--
    shell.loops = loops
    shell.params = params
    shell.text = text
    shell.position = position
  }
}

/** Why a program cannot be started, said as the shell does; undefined when it can. */
async function unavailable(shell: Shell, name: string, path: string, by = ''): Promise<number | undefined> {
  const bash = shell.dialect.name === 'bash'
  try {
    which(shell.process, name, path)
    return undefined
  } catch (error) {
    if (!isErrno(error)) throw error
    const slash = name.includes('/')
    const missing = error.code === 'ENOENT' || error.code === 'ENOTDIR'
    const code = bash && slash && isDirectory(shell, name) ? 'EISDIR' : (error.code as 'EACCES')
    // Without a PATH bash looks in the current directory, and speaks of a file.
    const bare = missing && (!slash || !bash) && (path !== '' || !bash)
    if (by && missing && (!slash || !bash)) await shell.complainOf(by, `${name}: not found`)
    else if (by && !missing && bash) {
      await shell.complain(shell.dialect.cannotExecute(name, code))
      await shell.complain(`${by}: ${name}: cannot execute: ${words(code)}`)
    } else if (by && !missing) await shell.complainOf(by, shell.dialect.cannotExecute(name, code))
    else await shell.complain(bare ? shell.dialect.notFound(name) : shell.dialect.cannotExecute(name, code))
    return missing && !(bash && slash && error.code === 'ENOTDIR') ? 127 : 126
  }
}

const isDirectory = (shell: Shell, name: string): boolean =>
  shell.process.fs.exists(absolute(shell.process.cwd, name)) &&
  shell.process.fs.stat(absolute(shell.process.cwd, name)).type === 'directory'

export async function runProgram(
  shell: Shell,
  words: readonly string[],
  given: Record<string, string>,
  tail = false,
  /** As it is written, for what is said of its end. */
  text = words.join(' '),
  /** What of the environment stands before the command. */
  only: Record<string, string> = {},
): Promise<void> {
  const path = given.PATH ?? shell.get('PATH') ?? ''
  const failed = await unavailable(shell, words[0]!, path)
  if (failed !== undefined) {
    shell.status = failed
    return
  }
  const noTraps = ![...shell.traps.values()].some(Boolean)
  // The last thing a shell does needs no process besides its own.
  const inPlace = tail && noTraps && !shell.interactive
  const env = environment(shell, inPlace ? oneShellLess(shell, given) : given, only, found(shell, words[0]!, path))
  try {
    if (inPlace) await shell.process.exec(words, env)
    const child = shell.process.spawn({ argv: words, env, ...(shell.interactive ? { group: 'new' as const } : {}) })
    if (shell.interactive) for (const signal of ['INT', 'QUIT', 'TERM', 'TSTP'] as const) child.on(signal, undefined)
    await shell.interpreter.foreground(shell, [child.pid], child.group, text)
  } catch (error) {
    if (!isErrno(error)) throw error
    if (error.code === 'ENOEXEC') return runAsScript(shell, words)
    // It is there, and what its first line names is not.
    const lost = shell.dialect.name === 'bash' && error.code === 'ENOENT'
    await shell.complain(
      lost
        ? `${words[0]}: cannot execute: required file not found`
        : shell.dialect.cannotExecute(words[0]!, error.code as 'EACCES'),
    )
    shell.status = error.code === 'ENOENT' ? 127 : 126
  }
}

const found = (shell: Shell, name: string, path: string): string => {
  try {
    return which(shell.process, name, path)
  } catch {
    return name
  }
}

/** bash counts itself out where a program takes its place. */
const oneShellLess = (shell: Shell, env: Record<string, string>): Record<string, string> =>
  shell.dialect.name === 'bash' && env.SHLVL !== undefined ? { ...env, SHLVL: String(Number(env.SHLVL) - 1) } : env

/** A text file without `#!` is a script for the shell itself. */
async function runAsScript(shell: Shell, words: readonly string[]): Promise<void> {
  const text = shell.process.fs.readFile(which(shell.process, words[0]!))
  const fork = shell.fork()
  const child = shell.process.spawn({
    argv: words,
    program: process => {
      const sub = fork(process)
      sub.name = words[0]!
      sub.params = words.slice(1)
      sub.functions.clear()
      return sub.main(text)
    },
  })
  await shell.interpreter.foreground(shell, [child.pid], child.group, words.join(' '))
}

/** `exec`: another program takes the shell's place, or redirections stay. */
async function runExec(shell: Shell, words: readonly string[], redirections: readonly Redirection[]): Promise<void> {
  const fatal = shell.dialect.name !== 'bash'
  if (words.length) return withRedirections(shell, redirections, () => replace(shell, words), fatal)
  try {
    ;(await redirect(shell, redirections)).keep()
    shell.status = 0
  } catch (error) {
    if (!(error instanceof RedirectError)) throw error
    if (fatal) throw new ShellError(error.message, shell.dialect.redirectStatus)
    await shell.complain(error.message)
    shell.status = shell.dialect.redirectStatus
    return checkExit(shell)
  }
}

/** `exec command`; bash's `-a` gives another name, `-c` no environment. */
async function replace(shell: Shell, given: readonly string[]): Promise<void> {
  let words = given
  let name: string | undefined
  let bare = false
  if (shell.dialect.name === 'bash')
    for (let flag = words[0]; flag && /^-[acl]+$/.test(flag); flag = words[0]) {
      words = words.slice(1)
      if (flag.includes('a')) {
        name = words[0]
        words = words.slice(1)
      }
      bare ||= flag.includes('c')
    }
  const failed = await unavailable(shell, words[0]!, shell.get('PATH') ?? '', 'exec')
  if (failed !== undefined) throw new ExitShell(failed)
  const path = found(shell, words[0]!, shell.get('PATH') ?? '')
  const env = bare ? {} : environment(shell, oneShellLess(shell, { ...shell.process.env }), {}, path)
  await shell.process.exec(words, env, name)
}
