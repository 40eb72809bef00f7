/** Walks a script's tree: lists, pipelines, loops, functions, commands. */
import type {
  AndOr,
  ArithmeticExpression,
  Assignment,
  Case,
  Command,
  CommandNode,
  CompoundList,
  Coproc,
  For,
  Function as FunctionNode,
  If,
  ParsedScript,
  Pipeline,
  PipelineNode,
  Redirection,
  Select,
  Statement,
  TestExpression,
  While,
  Word,
} from 'unbash'
import { isErrno } from '../errno.ts'
import { which } from '../exec.ts'
import type { ExitStatus, Process, Stream } from '../process.ts'
import { CLOSE_ON_EXEC, nullStream, pipe, retain } from '../streams.ts'
import { terminalOf } from '../terminal.ts'
import { assignArray } from './array-assignment.ts'
import { setArray } from './arrays.ts'
import type { Builtin } from './builtin.ts'
import { BUILTINS, SPECIAL } from './builtins.ts'
import { reportEnd } from './children.ts'
import { arithmetic, closeSubstitutions, expandPattern, expandString, expandWord } from './expand.ts'
import { matches } from './pattern.ts'
import { RedirectError, redirect } from './redirect.ts'
import { ExitShell, type Interpreter, Interrupted, LoopControl, Return, type Shell, ShellError } from './shell.ts'
import { TestError, testBinary, testUnary } from './test.ts'

export async function runScript(shell: Shell, statements: readonly Statement[], tail = false): Promise<void> {
  for (const [i, statement] of statements.entries())
    await runStatement(shell, statement, tail && i === statements.length - 1)
  await runTraps(shell)
}

const runList = (shell: Shell, list: CompoundList): Promise<void> => runScript(shell, list.commands)

async function runStatement(shell: Shell, statement: Statement, tail: boolean): Promise<void> {
  await runTraps(shell)
  shell.position = statement.pos
  if (statement.background) return background(shell, statement)
  await runNode(shell, statement.command, tail)
}

/** Traps of signals that came meanwhile; and Ctrl-C in an interactive shell. */
export async function runTraps(shell: Shell): Promise<void> {
  while (shell.pending.length) {
    const action = shell.traps.get(shell.pending.shift()!)
    if (!action) continue
    const { status } = shell
    await shell.evaluate(action)
    shell.status = status
  }
  if (shell.interrupted) {
    shell.interrupted = false
    shell.status = 130
    throw new Interrupted()
  }
}

async function background(shell: Shell, statement: Statement): Promise<void> {
  const fork = shell.fork()
  const child = shell.process.spawn({
    argv: shell.process.argv,
    ...(shell.interactive ? { group: 'new' as const } : { fds: { 0: nullStream } }),
    program: async process => {
      const sub = fork(process)
      if (shell.interactive)
        for (const signal of ['INT', 'QUIT', 'TERM', 'TSTP'] as const) process.on(signal, undefined)
      else for (const signal of ['INT', 'QUIT'] as const) process.on(signal, 'ignore')
      return inSubshell(sub, () => runNode(sub, statement.command, true))
    },
  })
  shell.lastBackground = String(child.pid)
  // Without job control the shells of sh do not keep what a job was.
  const command =
    shell.interactive || shell.dialect.name === 'bash'
      ? shell.source.slice(statement.pos, statement.end).replace(/\s*&\s*$/, '')
      : ''
  const job = shell.jobs.add({ pid: child.pid, pids: [child.pid], group: child.group, command, state: 'running' })
  if (shell.interactive) await shell.process.write(2, `[${job.id}] ${child.pid}\n`)
  shell.status = 0
}

/** bash's `coproc`: a background job whose output and input are descriptors of the shell, in an array. */
async function coprocess(shell: Shell, node: Coproc): Promise<void> {
  const name = node.name?.value ?? 'COPROC'
  const [input, output] = [pipe(), pipe()]
  const fork = shell.fork()
  const child = shell.process.spawn({
    argv: shell.process.argv,
    fds: { 0: input.reader, 1: output.writer },
    program: process => {
      const sub = fork(process)
      return inSubshell(sub, () =>
        node.body.type === 'CompoundList' ? runList(sub, node.body) : runNode(sub, node.body, true),
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

export const evaluateSubstitution = (shell: Shell, script: ParsedScript | undefined, text: string): Promise<number> =>
  inSubshell(shell, async () => {
    if (!script) return
    if (shell.dialect.name === 'bash' && (await printedFile(shell, script))) return
    if (script.errors?.length) throw new ShellError(`syntax error in ${text}`)
    if (script.source !== undefined) shell.source = script.source
    await runScript(shell, script.commands, true)
  })

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

async function runNode(shell: Shell, node: PipelineNode | AndOr, tail = false): Promise<void> {
  switch (node.type) {
    case 'AndOr':
      return runAndOr(shell, node, tail)
    case 'Pipeline':
      await runPipeline(shell, node)
      // What `!` turned round is never a reason to leave.
      return node.prefixes.some(prefix => prefix.type === 'Negation') ? undefined : checkExit(shell)
    case 'Command':
      await runCommand(shell, node, tail)
      return checkExit(shell)
    case 'Redirected':
      return withRedirections(shell, node.redirects, () => runNode(shell, node.command))
    case 'Function':
      return define(shell, node)
    case 'Subshell': {
      const fork = shell.fork()
      const child = shell.process.spawn({
        argv: shell.process.argv,
        ...(shell.interactive ? { group: 'new' as const } : {}),
        program: process => {
          const sub = fork(process)
          defaultSignals(shell, process)
          return inSubshell(sub, () => runScript(sub, node.body.commands, true))
        },
      })
      await foreground(shell, [child.pid], child.group, shell.source.slice(node.pos, node.end))
      return checkExit(shell)
    }
    case 'BraceGroup':
      return runList(shell, node.body)
    case 'If':
      return runIf(shell, node)
    case 'While':
      return runWhile(shell, node)
    case 'For':
      return runFor(shell, node)
    case 'Case':
      return runCase(shell, node)
    case 'ArithmeticFor': {
      const source = (e: ArithmeticExpression | undefined): string => (e ? shell.source.slice(e.pos, e.end) : '1')
      if (node.initialize) await arithmetic(shell, source(node.initialize))
      return loop(
        shell,
        async () => (await arithmetic(shell, source(node.test))) !== '0',
        node.body,
        async () => {
          if (node.update) await arithmetic(shell, source(node.update))
        },
      )
    }
    case 'Select':
      return runSelect(shell, node)
    case 'ArithmeticCommand':
      shell.status = (await arithmetic(shell, node.body)) === '0' ? 1 : 0
      return checkExit(shell)
    case 'Coproc':
      return coprocess(shell, node)
    case 'TestCommand':
      if (shell.dialect.name === 'dash') {
        await shell.complain(shell.dialect.notFound('[['))
        shell.status = 127
        return checkExit(shell)
      }
      try {
        shell.status = (await runTest(shell, node.expression)) ? 0 : 1
      } catch (error) {
        if (!(error instanceof TestError)) throw error
        await shell.complain(shell.dialect.test('[[', error, []))
        shell.status = 2
      }
      return checkExit(shell)
  }
}

/** After a command that has failed: the ERR trap, and `set -e`. */
async function checkExit(shell: Shell): Promise<void> {
  if (!shell.status || shell.guarded) return
  const { status } = shell
  const action = shell.functionDepth ? undefined : shell.traps.get('ERR')
  if (action) {
    shell.traps.delete('ERR')
    await shell.evaluate(action)
    shell.traps.set('ERR', action)
    shell.status = status
  }
  if (shell.has('e')) throw new ExitShell(status)
}

async function guarded<T>(shell: Shell, run: () => Promise<T>): Promise<T> {
  shell.guarded++
  try {
    return await run()
  } finally {
    shell.guarded--
  }
}

async function runAndOr(shell: Shell, node: AndOr, tail: boolean): Promise<void> {
  for (const [i, command] of node.commands.entries()) {
    if (i && (node.operators[i - 1] === '&&') !== (shell.status === 0)) continue
    const last = i === node.commands.length - 1
    if (last) await runNode(shell, command, tail)
    else await guarded(shell, () => runNode(shell, command))
  }
}

async function runPipeline(shell: Shell, node: Pipeline): Promise<void> {
  const negated = node.prefixes.some(prefix => prefix.type === 'Negation')
  const started = node.prefixes.some(prefix => prefix.type === 'Time') ? shell.process.clock.now() : undefined
  const run = node.commands.length === 1 ? () => runNode(shell, node.commands[0]!) : () => spawnPipeline(shell, node)
  if (negated) await guarded(shell, run)
  else await run()
  if (negated) shell.status = shell.status ? 0 : 1
  if (started !== undefined) {
    const took = (shell.process.clock.now() - started) / 1000
    const [before, gap, digits] = shell.dialect.name === 'bash' ? ['\n', '', 3] : ['', ' ', 2]
    const shown = (seconds: number): string => `${Math.floor(seconds / 60)}m${gap}${(seconds % 60).toFixed(digits)}s`
    await shell.process.write(2, `${before}real\t${shown(took)}\nuser\t${shown(0)}\nsys\t${shown(0)}\n`)
  }
}

async function spawnPipeline(shell: Shell, node: Pipeline): Promise<void> {
  const pids: number[] = []
  let group: number | 'new' | undefined = shell.interactive ? 'new' : undefined
  let input: ReturnType<typeof pipe>['reader'] | undefined
  node.commands.forEach((command, i) => {
    const last = i === node.commands.length - 1
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
        return inSubshell(sub, () => runNode(sub, command, true))
      },
    })
    if (group === 'new') group = child.group
    pids.push(child.pid)
    input = next?.reader
  })
  await foreground(shell, pids, typeof group === 'number' ? group : 0, shell.source.slice(node.pos, node.end))
}

/** Children of an interactive shell get the signals that it ignores itself. */
function defaultSignals(shell: Shell, process: Process): void {
  if (shell.interactive) for (const signal of ['INT', 'QUIT', 'TERM', 'TSTP'] as const) process.on(signal, undefined)
}

/** Waits for a pipeline in the foreground and sets `$?`. */
async function foreground(shell: Shell, pids: readonly number[], group: number, command: string): Promise<void> {
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
    await reportEnd(shell, pids[i]!, status, command)
  }
}

async function runIf(shell: Shell, node: If): Promise<void> {
  const holds = async (list: CompoundList): Promise<boolean> => {
    await guarded(shell, () => runList(shell, list))
    return shell.status === 0
  }
  if (await holds(node.clause)) return runList(shell, node.then)
  for (const elif of node.elif) if (await holds(elif.clause)) return runList(shell, elif.then)
  if (node.else) return runList(shell, node.else)
  shell.status = 0
}

async function loop(
  shell: Shell,
  test: () => Promise<boolean>,
  body: CompoundList,
  step?: () => Promise<void>,
): Promise<void> {
  let status = 0
  shell.loops++
  try {
    while (await test()) {
      const pause = shell.process.tick()
      if (pause) await pause
      try {
        await runList(shell, body)
        status = shell.status
      } catch (error) {
        if (!(error instanceof LoopControl)) throw error
        status = 0
        if (--error.levels > 0 && shell.loops > 1) throw error
        if (!error.next) break
      }
      await step?.()
    }
  } finally {
    shell.loops--
  }
  shell.status = status
}

const runWhile = (shell: Shell, node: While): Promise<void> =>
  loop(
    shell,
    async () => {
      await guarded(shell, () => runList(shell, node.clause))
      return (shell.status === 0) === (node.kind === 'while')
    },
    node.body,
  )

async function runFor(shell: Shell, node: For): Promise<void> {
  const values: string[] = []
  if (node.wordlist) for (const word of node.wordlist) values.push(...(await expandWord(shell, word)))
  else values.push(...shell.params)
  let i = 0
  await loop(
    shell,
    async () => {
      if (i >= values.length) return false
      shell.set(node.name.value, values[i++]!)
      return true
    },
    node.body,
  )
}

/** A menu, and a question that is asked until the loop is left. */
async function runSelect(shell: Shell, node: Select): Promise<void> {
  const values: string[] = []
  if (node.wordlist) for (const word of node.wordlist) values.push(...(await expandWord(shell, word)))
  else values.push(...shell.params)
  const width = String(values.length).length
  const menu = values.map((value, i) => `${String(i + 1).padStart(width)}) ${value}\n`).join('')
  await shell.process.write(2, menu)
  await loop(
    shell,
    async () => {
      for (;;) {
        await shell.process.write(2, shell.get('PS3') ?? '#? ')
        if (await callBuiltin(shell, BUILTINS.read!, ['read', 'REPLY'])) return false
        const reply = (shell.get('REPLY') ?? '').trim()
        if (reply) {
          shell.set(node.name.value, values[Number(reply) - 1] ?? '')
          return true
        }
        await shell.process.write(2, menu)
      }
    },
    node.body,
  )
}

async function runCase(shell: Shell, node: Case): Promise<void> {
  const value = await expandString(shell, node.word)
  let through = false
  shell.status = 0
  for (const item of node.items) {
    let hit = through
    for (const pattern of item.pattern) hit ||= matches(await expandPattern(shell, pattern), value)
    if (!hit) continue
    await runList(shell, item.body)
    if (item.terminator === ';&') through = true
    else if (item.terminator !== ';;&') return
  }
}

const ARITHMETIC: ReadonlySet<string> = new Set(['-eq', '-ne', '-lt', '-le', '-gt', '-ge'])

async function runTest(shell: Shell, test: TestExpression): Promise<boolean> {
  switch (test.type) {
    case 'TestNot':
      return (test.negations.length % 2 === 1) !== (await runTest(shell, test.operand))
    case 'TestGroup':
      return runTest(shell, test.expression)
    case 'TestLogical': {
      for (const operand of test.operands)
        if ((await runTest(shell, operand)) === (test.operator === '||')) return test.operator === '||'
      return test.operator === '&&'
    }
    case 'TestUnary':
      return testUnary(
        shell.process,
        test.operator,
        await expandString(shell, test.operand),
        name => shell.get(name) !== undefined,
      )
    default: {
      const left = await expandString(shell, test.left)
      if (['=', '==', '!='].includes(test.operator))
        return matches(await expandPattern(shell, test.right), left) !== (test.operator === '!=')
      const right = await expandString(shell, test.right)
      if (test.operator === '=~') {
        const match = new RegExp(right).exec(left)
        if (shell.dialect.name === 'bash') setArray(shell, 'BASH_REMATCH', match ? [...match].map(m => m ?? '') : [])
        return match !== null
      }
      // bash takes both sides for expressions: a word is a variable, and one that is not set is 0.
      const whole = async (text: string): Promise<string> =>
        shell.dialect.name === 'bash' && ARITHMETIC.has(test.operator) ? arithmetic(shell, text || '0') : text
      return testBinary(shell.process, await whole(left), test.operator, await whole(right))
    }
  }
}

async function withRedirections(
  shell: Shell,
  redirections: readonly Redirection[],
  run: () => Promise<void>,
): Promise<void> {
  const substitutions = shell.openSubstitutions
  shell.openSubstitutions = []
  let redirected: Awaited<ReturnType<typeof redirect>>
  try {
    redirected = await redirect(shell, redirections)
  } catch (error) {
    if (!(error instanceof RedirectError)) throw error
    await shell.complain(error.message)
    shell.status = shell.dialect.name === 'dash' ? 2 : 1
    return checkExit(shell)
  }
  try {
    await run()
  } finally {
    redirected.undo()
    closeSubstitutions(shell, substitutions)
  }
}

function define(shell: Shell, node: FunctionNode): void {
  shell.functions.set(node.name.value, node.body)
  shell.sources.set(node.name.value, shell.source)
  shell.status = 0
}

const isAssignment = (x: Word | Assignment | Redirection): x is Assignment => x.type === 'Assignment'

async function runCommand(shell: Shell, node: Command, tail: boolean): Promise<void> {
  const before = shell.openSubstitutions
  shell.openSubstitutions = []
  try {
    await runSimple(shell, node, tail)
  } finally {
    if (shell.openSubstitutions.length) closeSubstitutions(shell, before)
    else shell.openSubstitutions = before
  }
}

async function runSimple(shell: Shell, node: Command, tail: boolean): Promise<void> {
  const pause = shell.process.tick()
  if (pause) await pause
  shell.position = node.pos
  const words: string[] = []
  const arrays: Assignment[] = []
  const substitutedBefore = shell.status
  if (node.name) {
    for (const argument of [node.name, ...node.args]) {
      if (argument.type === 'Assignment' && argument.value?.type === 'ArrayValue') {
        // `declare -A a=(…)`: what kind of array it is must be known before.
        words.push(argument.name)
        arrays.push(argument)
      } else if (argument.type === 'Assignment')
        words.push(`${argument.name}${argument.append ? '+' : ''}=${await assigned(shell, argument)}`)
      else words.push(...(await expandWord(shell, argument)))
    }
  }
  const assignments = node.prefix.filter(isAssignment)
  if (!words.length) {
    shell.status = 0
    return withRedirections(shell, node.redirects, async () => {
      const hasSubstitution = assignments.some(a => /[$`]/.test(a.text))
      for (const assignment of assignments) await assign(shell, assignment)
      if (!hasSubstitution) shell.status = 0
      if (shell.has('x') && assignments.length)
        await trace(
          shell,
          assignments.map(a => `${a.name}=${quoteForTrace(shell.get(a.name) ?? '')}`),
        )
    })
  }
  shell.status = substitutedBefore
  if (shell.has('x')) {
    const prefix: string[] = []
    for (const a of assignments) prefix.push(`${a.name}=${quoteForTrace(await assigned(shell, a))}`)
    await trace(shell, [...prefix, ...words.map(quoteForTrace)])
  }
  if (words[0] === 'exec') {
    if (words.length === 1) {
      try {
        ;(await redirect(shell, node.redirects)).keep()
        shell.status = 0
      } catch (error) {
        if (error instanceof RedirectError) throw new ShellError(error.message)
        throw error
      }
      return
    }
    return withRedirections(shell, node.redirects, () => replace(shell, words.slice(1)))
  }
  await withRedirections(shell, node.redirects, () => dispatch(shell, words, assignments, tail && !arrays.length))
  for (const assignment of arrays) await assignArray(shell, assignment)
}

async function trace(shell: Shell, words: readonly string[]): Promise<void> {
  await shell.process.write(2, `${shell.get('PS4') ?? '+ '}${words.join(' ')}\n`)
}

const quoteForTrace = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`

async function assigned(shell: Shell, assignment: Assignment): Promise<string> {
  const value = await expandString(shell, assignment.value)
  return assignment.append ? `${shell.get(assignment.name) ?? ''}${value}` : value
}

async function assign(shell: Shell, assignment: Assignment): Promise<void> {
  if (await assignArray(shell, assignment)) return
  shell.set(assignment.name, await assigned(shell, assignment))
}

/** A function, a builtin, or a program in a process of its own. */
async function dispatch(
  shell: Shell,
  words: readonly string[],
  assignments: readonly Assignment[],
  tail: boolean,
): Promise<void> {
  const name = words[0]!
  const body = shell.functions.get(name)
  const builtin = BUILTINS[name]
  if (body && !SPECIAL.has(name))
    return withAssignments(shell, assignments, () => callFunction(shell, body, name, words.slice(1)))
  if (builtin) {
    if (SPECIAL.has(name)) {
      for (const assignment of assignments) await assign(shell, assignment)
      shell.status = await callBuiltin(shell, builtin, words)
      return
    }
    return withAssignments(shell, assignments, async () => {
      shell.status = await callBuiltin(shell, builtin, words)
    })
  }
  const env = { ...shell.process.env }
  for (const assignment of assignments) env[assignment.name] = await assigned(shell, assignment)
  await runProgram(shell, words, env, tail)
}

async function callBuiltin(shell: Shell, builtin: Builtin, words: readonly string[]): Promise<number> {
  try {
    return (await builtin(shell, words.slice(1), words[0]!)) ?? 0
  } catch (error) {
    if (!isErrno(error) || error.code === 'EINTR') {
      if (isErrno(error)) return 128 + 2
      throw error
    }
    await shell.complain(`${words[0]}: ${error.code === 'EPIPE' ? 'write error: ' : ''}${error.message}`)
    return 1
  }
}

/** `A=1 command`: for its time only. */
async function withAssignments(
  shell: Shell,
  assignments: readonly Assignment[],
  run: () => Promise<void>,
): Promise<void> {
  const before = assignments.map(a => [a.name, shell.variables.get(a.name)] as const)
  const env = { ...shell.process.env }
  for (const assignment of assignments) {
    const value = await assigned(shell, assignment)
    const readonly = shell.variables.get(assignment.name)?.readonly
    if (readonly) throw new ShellError(shell.dialect.readOnly(assignment.name))
    shell.variables.set(assignment.name, { value, exported: true })
    shell.exportToProcess(assignment.name, value)
  }
  try {
    await run()
  } finally {
    for (const [name, variable] of before) {
      if (variable) shell.variables.set(name, variable)
      else shell.variables.delete(name)
      shell.exportToProcess(name, env[name])
    }
  }
}

async function callFunction(shell: Shell, body: FunctionNode['body'], name: string, args: string[]): Promise<void> {
  if (shell.functionDepth > 500) throw new ShellError(`${name}: maximum function nesting level exceeded`)
  const { params, source, position, loops } = shell
  shell.params = args
  shell.source = shell.sources.get(name) ?? source
  shell.functionDepth++
  shell.loops = 0
  shell.locals.push(new Map())
  try {
    if (body.type === 'CompoundList') await runList(shell, body)
    else await runNode(shell, body)
  } catch (error) {
    if (!(error instanceof Return)) throw error
    shell.status = error.status
  } finally {
    for (const [local, old] of shell.locals.pop()!) {
      if (old) shell.variables.set(local, old)
      else shell.variables.delete(local)
      shell.exportToProcess(local, old?.exported ? old.value : undefined)
    }
    shell.functionDepth--
    shell.loops = loops
    shell.params = params
    shell.source = source
    shell.position = position
  }
}

/** Why a program cannot be started, said as the shell does; undefined when it can. */
async function unavailable(shell: Shell, name: string, path?: string): Promise<number | undefined> {
  try {
    which(shell.process, name, path)
    return undefined
  } catch (error) {
    if (!isErrno(error)) throw error
    const slash = name.includes('/')
    const missing = error.code === 'ENOENT' || error.code === 'ENOTDIR'
    await shell.complain(
      missing && (!slash || shell.dialect.name !== 'bash')
        ? shell.dialect.notFound(name)
        : shell.dialect.cannotExecute(name, error.code as 'EACCES'),
    )
    return missing ? 127 : 126
  }
}

export async function runProgram(
  shell: Shell,
  words: readonly string[],
  env: Record<string, string>,
  tail = false,
): Promise<void> {
  const failed = await unavailable(shell, words[0]!, env.PATH)
  if (failed !== undefined) {
    shell.status = failed
    return
  }
  const noTraps = ![...shell.traps.values()].some(Boolean)
  try {
    // The last thing a shell does needs no process besides its own.
    if (tail && noTraps && !shell.interactive) await shell.process.exec(words, env)
    const child = shell.process.spawn({ argv: words, env, ...(shell.interactive ? { group: 'new' as const } : {}) })
    if (shell.interactive) for (const signal of ['INT', 'QUIT', 'TERM', 'TSTP'] as const) child.on(signal, undefined)
    await foreground(shell, [child.pid], child.group, words.join(' '))
  } catch (error) {
    if (!isErrno(error)) throw error
    if (error.code === 'ENOEXEC') return runAsScript(shell, words)
    await shell.complain(shell.dialect.cannotExecute(words[0]!, error.code as 'EACCES'))
    shell.status = error.code === 'ENOENT' ? 127 : 126
  }
}

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
  await foreground(shell, [child.pid], child.group, words.join(' '))
}

/** `exec command`. */
async function replace(shell: Shell, words: readonly string[]): Promise<void> {
  const failed = await unavailable(shell, words[0]!)
  if (failed !== undefined) throw new ExitShell(failed)
  await shell.process.exec(words, { ...shell.process.env })
}

export type { CommandNode }

export const interpreter: Interpreter = {
  script: runScript,
  substitution: evaluateSubstitution,
  program: runProgram,
  foreground,
}
