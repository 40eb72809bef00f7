/** set, if, rewrite, return, break: the small script that runs before a request is answered. */
import { compile, type Exchange, type Text } from './exchange.ts'
import { capture, pattern } from './patterns.ts'
import { look } from './repeats.ts'
import type { Scope } from './scope.ts'
import { type Around, applySettings } from './settings.ts'
import { at, type Directive } from './syntax.ts'

export type Step =
  | { set: string; to: Text }
  | { when: (x: Exchange) => boolean; steps: readonly Step[]; scope: Scope }
  | { rewrite: RegExp; to: Text; flag: 'last' | 'break' | 'redirect' | 'permanent' | '' }
  | { status: number; text?: Text }
  | { stop: true }

/** What a script has led to; undefined: it ended by itself. */
export type Outcome = { status: number; text?: string } | 'last' | 'break' | undefined

const FLAGS = new Set(['last', 'break', 'redirect', 'permanent'])

/** @throws ConfigError */
export function readScript(directives: readonly Directive[], scope: Scope, around: Around): Step[] {
  return directives.flatMap(d => {
    const read = STEPS[d.name]
    return read ? [read(d, scope, around)] : []
  })
}

const STEPS: Readonly<Record<string, (d: Directive, scope: Scope, around: Around) => Step>> = {
  set(d, _, { made }) {
    const [name = '', value = ''] = d.args
    if (!name.startsWith('$')) throw at(`invalid variable name "${name}"`, d)
    return { set: name.slice(1), to: compile(value, made, d) }
  },
  if(d, outer, around) {
    // What stands in it counts for the request like what stands in a location, contents included.
    const scope: Scope = { ...outer }
    delete scope.tryFiles
    const block = d.block ?? []
    applySettings(scope, block, around)
    return { when: readCondition(d, around), steps: readScript(block, scope, around), scope }
  },
  rewrite(d, _, { made }) {
    const [from = '', to = '', flag = ''] = d.args
    if (flag && !FLAGS.has(flag)) throw at(`invalid parameter "${flag}"`, d)
    return { rewrite: pattern(from, false, d), to: compile(to, made, d), flag: flag as 'last' }
  },
  return(d, _, { made }) {
    const [first = '', second] = d.args
    if (/^\d+$/.test(first)) {
      if (Number(first) > 999) throw at(`invalid return code "${first}"`, d)
      return { status: Number(first), ...(second !== undefined && { text: compile(second, made, d) }) }
    }
    if (second !== undefined || !/^(https?:\/\/|\$scheme)/.test(first)) throw at(`invalid return code "${first}"`, d)
    return { status: 302, text: compile(first, made, d) }
  },
  break: () => ({ stop: true }),
}

const FILE_TESTS: Readonly<Record<string, (type: string, mode: number) => boolean>> = {
  f: type => type === 'file',
  d: type => type === 'directory',
  e: () => true,
  x: (_, mode) => (mode & 0o111) !== 0,
}

function readCondition(d: Directive, { made }: Around): (x: Exchange) => boolean {
  const text = d.args.join(' ')
  const [, inside] = /^\(\s*(.*?)\s*\)$/s.exec(text) ?? []
  if (inside === undefined) throw at(`invalid condition "${d.args[0]}"`, d)
  const words = d.args.map(word => word)
  words[0] = words[0]!.replace(/^\(/, '')
  words[words.length - 1] = words.at(-1)!.replace(/\)$/, '')
  const [first = '', sign, ...rest] = words.filter((word, i) => word !== '' || (i > 1 && i < words.length))
  const [, not, test] = /^(!?)-([fdex])$/.exec(first) ?? []
  if (test) {
    const path = compile(sign ?? '', made, d)
    return x => fileIs(x, path.of(x), FILE_TESTS[test]!) !== (not === '!')
  }
  const [, name] = /^\$(\w+)$/.exec(first) ?? []
  if (!name) throw at(`invalid condition "${first}"`, d)
  const value = compile(first, made, d)
  if (sign === undefined) return x => !/^0?$/.test(value.of(x))
  const operand = rest.join(' ')
  if (sign === '=' || sign === '!=') {
    const other = compile(operand, made, d)
    return x => (value.of(x) === other.of(x)) === (sign === '=')
  }
  const [, no, insensitive] = /^(!?)~(\*?)$/.exec(sign) ?? []
  if (no === undefined) throw at(`unexpected "${sign}" in condition`, d)
  const fits = pattern(operand, insensitive === '*', d)
  return x => {
    const match = fits.exec(value.of(x))
    if (match && !no) capture(x, match)
    return (match !== null) !== (no === '!')
  }
}

function fileIs(x: Exchange, path: string, test: (type: string, mode: number) => boolean): boolean {
  const stat = look(x, path)
  return stat !== undefined && test(stat.type, stat.mode)
}

/** Runs a script; what it sets stays, and a block that is entered is the request's scope from then on. */
export function run(script: readonly Step[], x: Exchange): Outcome {
  for (const step of script) {
    if ('set' in step) x.set.set(step.set, step.to.of(x))
    else if ('stop' in step) return 'break'
    else if ('status' in step) return { status: step.status, ...(step.text && { text: step.text.of(x) }) }
    else if ('when' in step) {
      if (!step.when(x)) continue
      x.scope = step.scope
      const outcome = run(step.steps, x)
      if (outcome !== undefined) return outcome
    } else {
      const match = step.rewrite.exec(x.uri)
      if (!match) continue
      capture(x, match)
      const outcome = rewritten(step, x)
      if (outcome !== undefined) return outcome
    }
  }
  return undefined
}

function rewritten({ to, flag }: Extract<Step, { rewrite: RegExp }>, x: Exchange): Outcome {
  const target = to.of(x)
  const [path = '', query] = target.split(/\?(.*)/s)
  // Arguments are handed on unless the new address ends with a question mark.
  const args = [query, target.endsWith('?') ? '' : x.args].filter(Boolean).join('&')
  const away = /^(https?:\/\/|\$scheme)/.test(target)
  if (away || flag === 'redirect' || flag === 'permanent')
    return { status: flag === 'permanent' ? 301 : 302, text: path + (args ? `?${args}` : '') }
  x.uri = path
  x.args = args
  return flag || undefined
}
