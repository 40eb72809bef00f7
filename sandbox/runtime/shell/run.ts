/** Walks a script's tree: lists, pipelines, loops, functions, commands. */

import type { AndOr, Function as FunctionNode, PipelineNode, Statement } from 'unbash'
import { SIGNAL_NUMBER } from '../processes/process.ts'
import { refreshExported } from './builtins/exported-functions.ts'
import { runArithmeticFor, runCase, runFor, runIf, runList, runSelect, runTestCommand, runWhile } from './compound.ts'
import { Interrupted } from './control.ts'
import { checkExit, guarded } from './exits.ts'
import { arithmetic } from './expansion/expand.ts'
import { reckon } from './expansion/parameters.ts'
import type { Interpreter, Shell } from './shell.ts'
import { runCommand, runProgram, withRedirections } from './simple.ts'
import { background, coprocess, evaluateSubstitution, foreground, runPipeline, runSubshell } from './subshells.ts'
import { trace } from './trace.ts'

async function runScript(shell: Shell, statements: readonly Statement[], tail = false): Promise<void> {
  for (const [i, statement] of statements.entries()) {
    // `set -n`: what comes is read only.
    if (shell.has('n') && !shell.interactive) break
    await runStatement(shell, statement, tail && i === statements.length - 1)
  }
  await runTraps(shell)
}

async function runStatement(shell: Shell, statement: Statement, tail: boolean): Promise<void> {
  await runTraps(shell)
  shell.position = statement.pos
  if (statement.background) return background(shell, statement)
  await runNode(shell, statement.command, tail)
}

/** Traps of signals that came meanwhile; and Ctrl-C in an interactive shell. */
async function runTraps(shell: Shell): Promise<void> {
  while (shell.pending.length) {
    // Those that have come together run once each, by their numbers, and none of them within another.
    const together = new Set(shell.pending.splice(0))
    for (const signal of [...together].sort((a, b) => SIGNAL_NUMBER[a] - SIGNAL_NUMBER[b])) {
      const action = shell.traps.get(signal)
      if (action) await shell.runTrap(action)
    }
  }
  if (shell.interrupted) {
    shell.interrupted = false
    shell.status = 130
    throw new Interrupted()
  }
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
    case 'Subshell':
      await runSubshell(shell, node)
      return checkExit(shell)
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
    case 'ArithmeticFor':
      return runArithmeticFor(shell, node)
    case 'Select':
      return runSelect(shell, node)
    case 'ArithmeticCommand':
      if (shell.dialect.name !== 'bash') {
        await runSubshell(shell, node)
        return checkExit(shell)
      }
      if (shell.has('x')) await trace(shell, ['((', node.body, '))'])
      shell.status = (await arithmetic(shell, node.body)) === '0' ? 1 : 0
      return checkExit(shell)
    case 'Coproc':
      if (shell.dialect.name === 'bash') return coprocess(shell, node)
      await shell.complain(shell.dialect.notFound('coproc'))
      shell.status = 127
      return checkExit(shell)
    case 'TestCommand':
      await runTestCommand(shell, node.expression)
      return checkExit(shell)
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

function define(shell: Shell, node: FunctionNode): void {
  shell.functions.set(node.name.value, node.body)
  shell.sources.set(node.name.value, shell.text)
  refreshExported(shell, node.name.value)
  shell.status = 0
}

export const interpreter: Interpreter = {
  script: runScript,
  substitution: evaluateSubstitution,
  program: runProgram,
  foreground,
  node: runNode,
  reckon,
}
