/** Runs an awk program: its rules over the records, its statements, its expressions. */
import type { Call } from '../command.ts'
import { callBuiltin } from './builtins.ts'
import { Input } from './input.ts'
import { AwkError, calculate, holds } from './operators.ts'
import { Record } from './record.ts'
import { type Records, Streams } from './streams.ts'
import type { Expression, Program, Statement, Target } from './tree.ts'
import {
  compare,
  fromOutside,
  isTrue,
  MOST_OF_BUSYBOX,
  MOST_OF_MAWK,
  sprintf,
  toNumber,
  toText,
  type Value,
} from './values.ts'
import { type Slot, Variables } from './variables.ts'

/** Goes out of statements, to whom it is for. */
class Leave {
  readonly how: 'next' | 'nextfile' | 'exit' | 'return' | 'break' | 'continue'
  readonly value: Value
  constructor(how: Leave['how'], value?: Value) {
    this.how = how
    this.value = value
  }
}

const MAX_CALLS = 500

export class Interpreter {
  readonly call: Call
  readonly streams: Streams
  readonly record: Record
  readonly #program: Program
  readonly #variables: Variables
  readonly #input = new Input(this)
  #calls = 0
  readonly #patterns = new Map<string, RegExp>()
  readonly #makePattern: (source: string) => RegExp
  /** Rules from one pattern to another that are under way. */
  readonly #within = new Set<object>()
  #status = 0
  /** What chance begins with, as `srand` tells it. */
  seed = 0

  constructor(call: Call, program: Program, makePattern: (source: string) => RegExp) {
    this.call = call
    this.#program = program
    this.#makePattern = makePattern
    this.streams = new Streams(call.process)
    this.#variables = new Variables(call.process.env)
    this.record = new Record({
      separator: () => this.text(this.get('FS')),
      joiner: () => this.text(this.get('OFS')),
      format: () => this.format,
      most: this.most,
      cut: (text, by) => this.cut(text, by),
    })
  }

  /** Up to which whole numbers are shown as such. */
  get most(): number {
    return this.call.flavour === 'gnu' ? MOST_OF_MAWK : MOST_OF_BUSYBOX
  }

  get format(): string {
    return this.text(this.#variables.slot('CONVFMT').value)
  }

  text(value: Value): string {
    return typeof value === 'string' ? value : toText(value, typeof value === 'number' ? this.format : '', this.most)
  }

  pattern(source: string): RegExp {
    let pattern = this.#patterns.get(source)
    if (!pattern) this.#patterns.set(source, (pattern = this.#makePattern(source)))
    return pattern
  }

  /** @param args the program's name and what follows it: ARGV. @returns the exit status */
  async run(args: readonly string[]): Promise<number> {
    const { begin, rules, end } = this.#program
    this.set('ARGC', args.length)
    for (const [i, arg] of args.entries()) this.array('ARGV').set(String(i), fromOutside(arg))
    const exited = await this.#untilExit(async () => {
      for (const action of begin) await this.#execute(action)
      if (rules.length || end.length) while (await this.#read()) await this.#runRules()
    })
    // `exit` ends the reading, and what is to be done at the end is done all the same.
    if (exited || end.length)
      await this.#untilExit(async () => {
        for (const action of end) await this.#execute(action)
      })
    await this.streams.closeAll()
    return this.#status
  }

  async #untilExit(run: () => Promise<void>): Promise<boolean> {
    try {
      await run()
      return false
    } catch (error) {
      if (!(error instanceof Leave)) throw error
      if (error.value !== undefined) this.#status = toNumber(error.value) & 255
      return true
    }
  }

  async #runRules(): Promise<void> {
    try {
      for (const rule of this.#program.rules) {
        if (!(await this.#applies(rule, rule.pattern))) continue
        if (rule.action) await this.#execute(rule.action)
        else await this.#print('print', [])
      }
    } catch (error) {
      if (!(error instanceof Leave)) throw error
      if (error.how === 'nextfile') this.#input.skipFile()
      else if (error.how !== 'next') throw error
    }
  }

  async #applies(rule: object, pattern: [Expression] | [Expression, Expression] | undefined): Promise<boolean> {
    if (!pattern) return true
    const [first, last] = pattern
    if (!last) return isTrue(await this.evaluate(first))
    if (!this.#within.has(rule)) {
      if (!isTrue(await this.evaluate(first))) return false
      this.#within.add(rule)
    }
    if (isTrue(await this.evaluate(last))) this.#within.delete(rule)
    return true
  }

  /** The next record of the files named, or of standard input, as `$0`; false when there is none. */
  async #read(): Promise<boolean> {
    const text = await this.#input.next()
    if (text === undefined) return false
    this.record.set(text)
    return true
  }

  /** The next record of a stream, as RS cuts it. */
  nextOf(records: Records): Promise<string | undefined> {
    return records.next(this.text(this.get('RS')), source => this.pattern(source))
  }

  async #execute(statement: Statement): Promise<void> {
    const pause = this.call.process.tick()
    if (pause) await pause
    switch (statement.type) {
      case 'block':
        for (const each of statement.body) await this.#execute(each)
        return
      case 'expression':
        await this.evaluate(statement.value)
        return
      case 'print':
      case 'printf':
        return this.#print(statement.type, statement.args, statement.how, statement.to)
      case 'if':
        if (isTrue(await this.evaluate(statement.test))) await this.#execute(statement.yes)
        else if (statement.no) await this.#execute(statement.no)
        return
      case 'while':
        return this.#loop(statement.test, statement.body)
      case 'do':
        if (await this.#once(statement.body)) await this.#loop(statement.test, statement.body)
        return
      case 'for':
        if (statement.first) await this.#execute(statement.first)
        return this.#loop(statement.test, statement.body, statement.step)
      case 'each':
        for (const key of [...this.array(statement.of).keys()]) {
          this.set(statement.name, fromOutside(key))
          if (!(await this.#once(statement.body))) return
        }
        return
      case 'delete':
        if (statement.index) this.array(statement.name).delete(await this.#key(statement.index))
        else this.array(statement.name).clear()
        return
      case 'exit':
      case 'return':
        throw new Leave(statement.type, statement.value && (await this.evaluate(statement.value)))
      default:
        throw new Leave(statement.type)
    }
  }

  async #loop(test: Expression | undefined, body: Statement, step?: Statement): Promise<void> {
    while (!test || isTrue(await this.evaluate(test))) {
      if (!(await this.#once(body))) return
      if (step) await this.#execute(step)
    }
  }

  /** A loop's body; false when it has left the loop. */
  async #once(body: Statement): Promise<boolean> {
    try {
      await this.#execute(body)
    } catch (error) {
      if (!(error instanceof Leave) || (error.how !== 'break' && error.how !== 'continue')) throw error
      return error.how === 'continue'
    }
    return true
  }

  async #print(
    type: 'print' | 'printf',
    args: readonly Expression[],
    how?: '>' | '>>' | '|',
    to?: Expression,
  ): Promise<void> {
    const values: Value[] = []
    for (const arg of args) values.push(await this.evaluate(arg))
    let text: string
    if (type === 'printf') text = sprintf(this.text(values[0]), values.slice(1), this.format, this.most)
    else {
      const format = this.text(this.get('OFMT'))
      const shown = args.length ? values : [this.record.get(0)]
      text =
        shown.map(value => toText(value, format, this.most)).join(this.text(this.get('OFS'))) +
        this.text(this.get('ORS'))
    }
    const { process } = this.call
    if (!how) return process.write(1, text)
    const name = this.text(await this.evaluate(to!))
    if (how === '>' && name === '/dev/stderr') return process.write(2, text)
    if (how === '>' && name === '/dev/stdout') return process.write(1, text)
    return this.streams.output(how, name).write(process, text)
  }

  async evaluate(e: Expression): Promise<Value> {
    switch (e.type) {
      case 'number':
      case 'string':
        return e.value
      case 'regexp':
        return this.pattern(e.source).test(this.text(this.record.get(0))) ? 1 : 0
      case 'variable':
        return this.get(e.name)
      case 'element': {
        const array = this.array(e.name)
        const key = await this.#key(e.index)
        if (!array.has(key)) array.set(key, undefined)
        return array.get(key)
      }
      case 'field':
        return this.record.get(await this.#fieldNumber(e.of))
      case 'group':
        return this.#key(e.items)
      case 'assign': {
        const right = await this.evaluate(e.value)
        const mawk = this.call.flavour === 'gnu'
        const value = e.operator
          ? calculate(e.operator, toNumber(await this.evaluate(e.to)), toNumber(right), mawk)
          : right
        await this.assign(e.to, value)
        return value
      }
      case 'step': {
        const old = toNumber(await this.evaluate(e.to))
        await this.assign(e.to, old + e.by)
        return e.before ? old + e.by : old
      }
      case 'unary': {
        const value = await this.evaluate(e.of)
        return e.operator === '!' ? (isTrue(value) ? 0 : 1) : e.operator === '-' ? -toNumber(value) : toNumber(value)
      }
      case 'binary':
        return this.#binary(e.operator, await this.evaluate(e.left), await this.evaluate(e.right))
      case 'and':
        return isTrue(await this.evaluate(e.left)) && isTrue(await this.evaluate(e.right)) ? 1 : 0
      case 'or':
        return isTrue(await this.evaluate(e.left)) || isTrue(await this.evaluate(e.right)) ? 1 : 0
      case 'match': {
        const text = this.text(await this.evaluate(e.left))
        return (await this.patternOf(e.right)).test(text) !== e.negated ? 1 : 0
      }
      case 'in':
        return this.array(e.name).has(await this.#key(e.index)) ? 1 : 0
      case 'choice':
        return this.evaluate(isTrue(await this.evaluate(e.test)) ? e.yes : e.no)
      case 'builtin':
        return callBuiltin(this, e.name, e.args)
      case 'call':
        return this.#callFunction(e.name, e.args)
      case 'getline':
        return this.#getline(e)
    }
  }

  #binary(operator: string, left: Value, right: Value): Value {
    if (operator === ' ') return this.text(left) + this.text(right)
    if ('+-*/%^'.includes(operator))
      return calculate(operator, toNumber(left), toNumber(right), this.call.flavour === 'gnu')
    return holds(operator, compare(left, right, this.format)) ? 1 : 0
  }

  async #getline(e: Extract<Expression, { type: 'getline' }>): Promise<Value> {
    let text: string | undefined
    if (!e.by) text = await this.#input.next()
    else {
      const records = this.streams.input(e.by, this.text(await this.evaluate(e.from!)))
      if (!records) return -1
      text = await this.nextOf(records)
      if (text !== undefined && e.by === '|') this.set('NR', toNumber(this.get('NR')) + 1)
    }
    if (text === undefined) return 0
    if (e.to) await this.assign(e.to, fromOutside(text))
    else this.record.set(text)
    return 1
  }

  async #callFunction(name: string, args: readonly Expression[]): Promise<Value> {
    const called = this.#program.functions.get(name)
    if (!called) throw new AwkError('Call to undefined function')
    if (this.#calls >= MAX_CALLS) throw new AwkError('Too many nested calls')
    const locals = new Map<string, Slot>()
    for (const [i, param] of called.params.entries()) {
      const arg = args[i]
      const slot = arg?.type === 'variable' ? this.#variables.slot(arg.name) : undefined
      locals.set(
        param,
        slot && slot.value === undefined ? { lender: slot } : { value: arg && (await this.evaluate(arg)) },
      )
    }
    this.#calls++
    try {
      await this.#variables.withLocals(locals, () => this.#execute(called.body))
      return undefined
    } catch (error) {
      if (!(error instanceof Leave) || error.how !== 'return') throw error
      return error.value
    } finally {
      this.#calls--
    }
  }

  async assign(to: Target, value: Value): Promise<void> {
    if (to.type === 'variable') this.set(to.name, value)
    else if (to.type === 'element') this.array(to.name).set(await this.#key(to.index), value)
    else this.record.put(await this.#fieldNumber(to.of), value)
  }

  get(name: string): Value {
    return name === 'NF' ? this.record.count : this.#variables.slot(name).value
  }

  set(name: string, value: Value): void {
    if (name === 'NF') this.record.count = Math.max(0, Math.trunc(toNumber(value)))
    else this.#variables.slot(name).value = value
  }

  array(name: string): Map<string, Value> {
    return this.#variables.array(name)
  }

  isArray(name: string): boolean {
    return this.#variables.isArray(name)
  }

  /** A pattern as it is written, or a text that is one. */
  async patternOf(e: Expression): Promise<RegExp> {
    return this.pattern(e.type === 'regexp' ? e.source : this.text(await this.evaluate(e)))
  }

  /** By FS, or by `split`'s separator. */
  cut(text: string, by: string | RegExp): string[] {
    if (by === ' ') return text.split(/[ \t\n]+/).filter(Boolean)
    if (text === '') return []
    if (by === '') return [...text]
    return text.split(typeof by === 'string' && by.length > 1 ? this.pattern(by) : by)
  }

  async #key(index: readonly Expression[]): Promise<string> {
    const parts: string[] = []
    for (const part of index) parts.push(this.text(await this.evaluate(part)))
    return parts.join(parts.length > 1 ? this.text(this.get('SUBSEP')) : '')
  }

  async #fieldNumber(e: Expression): Promise<number> {
    const n = Math.trunc(toNumber(await this.evaluate(e)))
    if (n < 0) throw new AwkError('Access to negative field')
    return n
  }
}
