/** Compound commands: if, loops, case, select, and what stands in [[ ]]. */

import type {
  ArithmeticExpression,
  ArithmeticFor,
  Case,
  CompoundList,
  For,
  If,
  Select,
  TestExpression,
  While,
  Word,
} from 'unbash'
import { regexp } from '../commands/text/regexp.ts'
import { BUILTINS } from './builtins/builtins.ts'
import { callBuiltin } from './builtins/call.ts'
import { complainOfTest, TestError, testBinary, testUnary } from './builtins/test.ts'
import { LoopControl } from './control.ts'
import { checkExit, guarded } from './exits.ts'
import {
  arithmetic,
  expandPattern,
  expandRegexp,
  expandShownPattern,
  expandString,
  expandWord,
} from './expansion/expand.ts'
import { keyIn } from './expansion/parameters.ts'
import { matches } from './expansion/pattern.ts'
import { optionIsOn } from './options.ts'
import type { Shell } from './shell.ts'
import { trace, traced } from './trace.ts'
import { elementAt, entries, setArray } from './variables/arrays.ts'

export const runList = (shell: Shell, list: CompoundList): Promise<void> =>
  shell.interpreter.script(shell, list.commands, false)

export async function runIf(shell: Shell, node: If): Promise<void> {
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

export const runWhile = (shell: Shell, node: While): Promise<void> =>
  loop(
    shell,
    async () => {
      await guarded(shell, () => runList(shell, node.clause))
      return (shell.status === 0) === (node.kind === 'while')
    },
    node.body,
  )

export async function runArithmeticFor(shell: Shell, node: ArithmeticFor): Promise<void> {
  const value = async (e: ArithmeticExpression | undefined): Promise<string> => {
    const source = e ? shell.source.slice(e.pos, e.end) : '1'
    if (shell.has('x')) await trace(shell, ['((', source, '))'])
    return arithmetic(shell, source)
  }
  if (node.initialize) await value(node.initialize)
  return loop(
    shell,
    async () => (await value(node.test)) !== '0',
    node.body,
    async () => {
      if (node.update) await value(node.update)
    },
  )
}

/** What a loop goes through: its words, or the parameters. There may be more than a call takes arguments. */
async function listed(shell: Shell, words: readonly Word[] | undefined): Promise<readonly string[]> {
  if (!words) return [...shell.params]
  const values: string[] = []
  for (const word of words) for (const value of await expandWord(shell, word)) values.push(value)
  return values
}

/** The words of a loop as they are written. */
const textsOf = (words: readonly Word[] | undefined): readonly string[] => words?.map(({ text }) => text) ?? ['"$@"']

export async function runFor(shell: Shell, node: For): Promise<void> {
  // The shells of sh refuse it as they read it.
  if (!/^[A-Za-z_]\w*$/.test(node.name.value)) {
    await shell.complain(`\`${node.name.value}': not a valid identifier`)
    shell.status = 1
    return checkExit(shell)
  }
  const values = await listed(shell, node.wordlist)
  let i = 0
  await loop(
    shell,
    async () => {
      if (i >= values.length) return false
      if (shell.has('x') && shell.dialect.name === 'bash')
        await trace(shell, ['for', node.name.value, 'in', ...textsOf(node.wordlist)])
      shell.set(node.name.value, values[i++]!)
      return true
    },
    node.body,
  )
}

/** A menu, and a question that is asked until the loop is left. */
export async function runSelect(shell: Shell, node: Select): Promise<void> {
  const values = await listed(shell, node.wordlist)
  if (shell.has('x')) await trace(shell, ['select', node.name.value, 'in', ...textsOf(node.wordlist)])
  const width = String(values.length).length
  const menu = values.map((value, i) => `${String(i + 1).padStart(width)}) ${value}\n`).join('')
  await shell.process.write(2, menu)
  await loop(
    shell,
    async () => {
      for (;;) {
        await shell.process.write(2, shell.get('PS3') ?? '#? ')
        if (await callBuiltin(shell, BUILTINS.read!, ['read', 'REPLY'])) {
          await shell.process.write(1, '\n')
          return false
        }
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

export async function runCase(shell: Shell, node: Case): Promise<void> {
  const value = await expandString(shell, node.word)
  if (shell.has('x') && shell.dialect.name === 'bash') await trace(shell, ['case', node.word.text, 'in'])
  let through = false
  shell.status = 0
  for (const item of node.items) {
    let hit = through
    for (const pattern of item.pattern)
      hit ||= matches(await expandPattern(shell, pattern), value, shell.shopts.has('nocasematch'))
    if (!hit) continue
    await runList(shell, item.body)
    if (item.terminator === ';&') through = true
    else if (item.terminator !== ';;&') return
  }
}

export async function runTestCommand(shell: Shell, expression: TestExpression): Promise<void> {
  try {
    shell.status = (await runTest(shell, expression)) ? 0 : 1
  } catch (error) {
    if (error instanceof TestError) await complainOfTest(shell, '[[', error, [])
    else if (!(error instanceof BadExpression)) throw error
    shell.status = 2
  }
}

/** No expression at all: `[[` fails with 2 and says nothing. */
class BadExpression extends Error {}

/** An extended regular expression, in which what was quoted is meant literally. */
function expressionOf(pattern: string, anyCase: boolean): RegExp {
  try {
    return regexp(pattern, 'extended', anyCase ? 'i' : '')
  } catch {
    throw new BadExpression()
  }
}

const ARITHMETIC: ReadonlySet<string> = new Set(['-eq', '-ne', '-lt', '-le', '-gt', '-ge'])

/** A side of a question. busybox takes what stands there for words: more than one is a mistake, and none is undefined. */
async function sideOf(shell: Shell, word: Word): Promise<string | undefined> {
  if (shell.dialect.name !== 'ash') return expandString(shell, word)
  const [first, second] = await expandWord(shell, word)
  if (second !== undefined) throw new TestError('operand', second)
  return first
}

async function runUnary(
  shell: Shell,
  { pos, operator, operand: word }: Extract<TestExpression, { type: 'TestUnary' }>,
  negated: boolean,
): Promise<boolean> {
  const operand = await sideOf(shell, word)
  // An operator alone is a text that is not empty; where there is none either, the parser has put it in.
  if (operand === undefined) return pos !== word.pos
  if (shell.has('x')) await trace(shell, ['[[', ...(negated ? ['!'] : []), operator, traced(shell, operand), ']]'])
  if (operator === '-o') return optionIsOn(shell, operand)
  const asks = shell.dialect.name === 'ash' ? 'mode' : 'kernel'
  return testUnary(shell.process, operator, operand, name => isSet(shell, name), asks)
}

/** Whether a variable, or an element of an array, has a value. */
function isSet(shell: Shell, name: string): boolean {
  const [, array, key] = /^(\w+)\[(.+)\]$/.exec(name) ?? []
  if (array === undefined) return shell.get(name) !== undefined
  if (key === '@' || key === '*') return entries(shell, array).length > 0
  return elementAt(shell, array, keyIn(shell, array, key!)) !== undefined
}

/** @param negated whether what it comes to is turned round, which `set -x` shows with it */
async function runTest(shell: Shell, test: TestExpression, negated = false): Promise<boolean> {
  switch (test.type) {
    case 'TestNot': {
      const odd = test.negations.length % 2 === 1
      return odd !== (await runTest(shell, test.operand, odd))
    }
    case 'TestGroup':
      return runTest(shell, test.expression)
    case 'TestLogical': {
      for (const operand of test.operands)
        if ((await runTest(shell, operand)) === (test.operator === '||')) return test.operator === '||'
      return test.operator === '&&'
    }
    case 'TestUnary':
      return runUnary(shell, test, negated)
    default:
      return runBinary(shell, test, negated)
  }
}

async function runBinary(
  shell: Shell,
  test: Extract<TestExpression, { type: 'TestBinary' }>,
  negated: boolean,
): Promise<boolean> {
  const left = await sideOf(shell, test.left)
  if (left === undefined) throw new TestError('operand', await expandString(shell, test.right))
  if (shell.dialect.name === 'ash' && (await sideOf(shell, test.right)) === undefined)
    throw new TestError('argument', test.operator)
  const anyCase = shell.shopts.has('nocasematch')
  // To busybox they are words of a command.
  const busybox = (word: string): string => (shell.dialect.name === 'ash' ? traced(shell, word) : word)
  const show = async (right: string): Promise<void> => {
    if (shell.has('x'))
      await trace(shell, [
        busybox('[['),
        ...(negated ? ['!'] : []),
        traced(shell, left),
        busybox(test.operator),
        busybox(right) || "''",
        ']]',
      ])
  }
  if (['=', '==', '!='].includes(test.operator)) {
    const pattern =
      shell.dialect.name === 'bash'
        ? await expandShownPattern(shell, test.right)
        : await expandPattern(shell, test.right)
    await show(pattern)
    return matches(pattern, left, anyCase) !== (test.operator === '!=')
  }
  const right = await expandString(shell, test.right)
  await show(right)
  if (test.operator === '=~') {
    const match = expressionOf(await expandRegexp(shell, test.right), anyCase).exec(left)
    if (shell.dialect.name === 'bash') setArray(shell, 'BASH_REMATCH', match ? [...match].map(m => m ?? '') : [])
    return match !== null
  }
  // bash takes both sides for expressions: a word is a variable, and one that is not set is 0.
  const whole = async (text: string): Promise<string> =>
    shell.dialect.name === 'bash' && ARITHMETIC.has(test.operator) ? arithmetic(shell, text || '0') : text
  return testBinary(shell.process, await whole(left), test.operator, await whole(right))
}
