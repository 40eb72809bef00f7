/** Words of a script to words of a command: parameters, command substitution, arithmetic, splitting, path names. */
import type { ArrayValue, DoubleQuotedChild, LiteralPart, ParameterExpansionPart, Word, WordPart } from 'unbash'
import { parse } from 'unbash'
import { FatalError, ShellError } from '../control.ts'
import type { Shell } from '../shell.ts'
import { elementAt, entries } from '../variables/arrays.ts'
import { braces } from './braces.ts'
import { Fields } from './fields.ts'
import { glob } from './glob.ts'
import { elementNumber, meantBy, parameter, reckon, unbound } from './parameters.ts'
import { hasGlob } from './pattern.ts'
import { inForm } from './quoting.ts'
import { processSubstitution, substitute } from './substitution.ts'
import { homeOf, withHomes } from './tilde.ts'
import { inCase, replaced, slice, withMatch, withoutMatch } from './transform.ts'

type Part = WordPart | DoubleQuotedChild

/** One word to any number of fields. */
export async function expandWord(shell: Shell, word: Word): Promise<string[]> {
  const fields = new Fields(shell.get('IFS'))
  for (const alternative of braces(shell, word)) {
    await expandInto(shell, alternative, fields, true)
    fields.end()
  }
  const out: string[] = []
  for (const field of fields.finish()) {
    const asked = !shell.has('f') && hasGlob(field.pattern)
    const found = asked ? glob(shell.process, field.pattern, shell.shopts, shell.dialect.name !== 'bash') : []
    if (found.length) for (const path of found) out.push(path)
    else if (asked && shell.shopts.has('failglob')) throw new ShellError(`no match: ${field.text}`, 1)
    else if (!asked || !shell.shopts.has('nullglob')) out.push(field.text)
  }
  return out
}

/** To exactly one string, without splitting: assignments, redirections, `case`. */
export async function expandString(shell: Shell, word: Word | ArrayValue | undefined): Promise<string> {
  if (!word) return ''
  if (word.type === 'ArrayValue') throw new ShellError('syntax error: unexpected "("')
  return (await joined(shell, word)).text
}

/** To a pattern, in which what was quoted is literal. */
export async function expandPattern(shell: Shell, word: Word | undefined): Promise<string> {
  return word ? (await joined(shell, word)).pattern : ''
}

/** As `expandPattern`, with a backslash before each letter that was quoted: so bash shows the patterns of `[[`. */
export const expandShownPattern = async (shell: Shell, word: Word): Promise<string> =>
  (await joined(shell, word, text => text.replace(/./gsu, '\\$&'))).pattern

/** To an extended regular expression, in which what was quoted is literal and a backslash stays what it is. */
export async function expandRegexp(shell: Shell, word: Word): Promise<string> {
  const parts = word.parts ?? [literalOf(word)]
  const kept = parts.map(part => (part.type === 'Literal' ? { ...part, value: part.text } : part))
  return (await joined(shell, { ...word, parts: kept }, escapeRegexp)).pattern
}

const escapeRegexp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A word without expansions, as its only part. */
const literalOf = ({ pos, end, text, value }: Word): LiteralPart => ({ type: 'Literal', pos, end, text, value })

async function joined(
  shell: Shell,
  word: Word,
  quoting?: (text: string) => string,
): Promise<{ text: string; pattern: string }> {
  const fields = new Fields('', quoting)
  await expandInto(shell, word, fields, false)
  const done = fields.finish()
  return { text: done.map(f => f.text).join(' '), pattern: done.map(f => f.pattern).join(' ') }
}

/** The parts of a here-document or of a text within double quotes. */
export async function expandParts(shell: Shell, parts: readonly Part[]): Promise<string> {
  const fields = new Fields('')
  for (const part of parts) await expandPart(shell, part, fields, true, false)
  return fields
    .finish()
    .map(f => f.text)
    .join(' ')
}

/** The value of an assignment. */
export async function expandAssigned(shell: Shell, word: Word | ArrayValue | undefined): Promise<string> {
  if (word?.type !== 'Word' || !word.text.includes(':~')) return expandString(shell, word)
  const fields = new Fields('')
  const parts = word.parts ?? [literalOf(word)]
  const withTildes = parts.map(part =>
    part.type === 'Literal' && part.value === part.text ? { ...part, value: withHomes(shell, part.value) } : part,
  )
  await expandInto(shell, { ...word, parts: withTildes }, fields, false)
  return fields
    .finish()
    .map(field => field.text)
    .join(' ')
}

async function expandInto(shell: Shell, word: Word, fields: Fields, splitting: boolean): Promise<void> {
  const tilde = /^~([^/:'"\\$`]*)(?=\/|:|$)/.exec(word.text)
  const home = tilde ? homeOf(shell, tilde[1]!) : undefined
  if (!word.parts) {
    if (home !== undefined) fields.add(home + word.value.slice(tilde![0].length), true)
    else fields.add(word.value, word.text !== word.value)
    return
  }
  let first = true
  for (const part of word.parts) {
    if (first && home !== undefined && part.type === 'Literal')
      fields.add(home + part.value.replace(/^~[^/:]*/, ''), true)
    else await expandPart(shell, part, fields, false, splitting)
    first = false
  }
}

/** What an expansion came to is cut into fields, unless it is quoted or nothing is to be cut here. */
function putText(text: string, fields: Fields, quoted: boolean, splitting: boolean): void {
  if (quoted || !splitting) fields.add(text, quoted)
  else fields.split(text)
}

async function expandPart(
  shell: Shell,
  part: Part,
  fields: Fields,
  quoted: boolean,
  splitting: boolean,
): Promise<void> {
  const put = (text: string): void => putText(text, fields, quoted, splitting)
  switch (part.type) {
    case 'Literal':
      fields.add(part.value, quoted || part.value !== part.text)
      return
    case 'AnsiCQuoted':
      // dash knows no such quotes: a dollar, and what stands in single ones.
      if (shell.dialect.name === 'dash') {
        fields.add('$', true)
        fields.add(part.text.slice(2, -1), true)
      } else fields.add(part.value, true)
      return
    case 'SingleQuoted':
      fields.add(part.value, true)
      return
    case 'DoubleQuoted':
    case 'LocaleString': {
      if (!part.parts.length || !part.parts.every(p => isEmptyList(shell, p))) fields.add('', true)
      for (const inner of part.parts) await expandPart(shell, inner, fields, true, splitting)
      return
    }
    case 'Glob':
      if (part.kind === 'bracket') {
        fields.add('[', false)
        const negated = /^\[[!^]/.exec(part.text)
        if (part.parts.length && !part.parts.every(p => p.type === 'Literal')) {
          if (negated) fields.add('!', false)
          for (const inner of part.parts) await expandPart(shell, inner, fields, quoted, splitting)
        } else fields.add(part.text.slice(1, -1), false)
        fields.add(']', false)
      } else fields.add(part.text, false)
      return
    case 'SimpleExpansion':
      return expandParameter(shell, part.text.slice(1), undefined, fields, quoted, splitting)
    case 'ParameterExpansion':
      return expandParameter(shell, part.parameter, part, fields, quoted, splitting)
    case 'CommandExpansion':
      put(await substitute(shell, part.text, part.script, part.pos))
      return
    case 'ArithmeticExpansion':
      put(await arithmetic(shell, part.text.slice(3, -2)))
      return
    case 'BraceExpansion':
    case 'ExtendedGlob':
      fields.add(part.text, false)
      return
    case 'ProcessSubstitution':
      if (shell.dialect.name === 'dash') throw new ShellError('syntax error: unexpected "("')
      fields.add(processSubstitution(shell, part), false)
      return
  }
}

/** `"$@"` or `"${a[@]}"` without anything in it: no field at all. */
function isEmptyList(shell: Shell, part: DoubleQuotedChild): boolean {
  if (part.text === '$@' || part.text === '${@}') return shell.params.length === 0
  return (
    part.type === 'ParameterExpansion' &&
    part.index?.text === '@' &&
    !part.prefix &&
    !part.operation &&
    entries(shell, part.parameter).length === 0
  )
}

export async function arithmetic(shell: Shell, text: string): Promise<string> {
  let source = text
  if (/[$`"'\\]/.test(text)) {
    const command = parse(`: "${text.replaceAll('"', '')}"`).commands[0]?.command
    const word = command?.type === 'Command' ? command.suffix[0] : undefined
    if (word?.type === 'Word') source = await expandString(shell, word)
  }
  return reckon(shell, source)
}

async function expandParameter(
  shell: Shell,
  name: string,
  part: ParameterExpansionPart | undefined,
  fields: Fields,
  quoted: boolean,
  splitting: boolean,
): Promise<void> {
  const put = (text: string): void => putText(text, fields, quoted, splitting)
  if (part?.index || part?.prefix === '!') {
    if (shell.dialect.name !== 'bash')
      throw new ShellError(badSubstitution(shell, part.text), shell.dialect.fatalStatus)
    if (part.index && ['@', '*'].includes(part.index.text))
      return putElements(shell, name, part, part.index.text, fields, quoted, splitting)
  }
  // What dash has no word for is wrong, whatever the variable holds.
  if (shell.dialect.name === 'dash' && part?.operation && !['Default', 'Remove'].includes(part.operation.type))
    throw new ShellError(badSubstitution(shell, part.text), shell.dialect.fatalStatus)
  let value: string | undefined
  if (part?.index) value = await element(shell, name, part.index)
  else if (part?.prefix === '!' && part.operation?.type !== 'Names') value = parameter(shell, meantBy(shell, name))
  else value = parameter(shell, name)
  if (part?.operation?.type === 'Names') {
    const names = [...shell.variables.keys()].filter(key => key.startsWith(name)).sort()
    if (part.operation.operator === '@' || !quoted) return putAll(names, fields, quoted)
    return put(names.join((shell.get('IFS') ?? ' ').slice(0, 1)))
  }
  if (part?.prefix === '#') {
    if (value === undefined && shell.has('u')) throw unbound(shell, name)
    return put(String(name === '@' || name === '*' ? shell.params.length : [...(value ?? '')].length))
  }
  const operation = part?.operation
  if (operation?.type === 'Default') {
    const missing = value === undefined || (operation.operator.startsWith(':') && value === '')
    switch (operation.operator.at(-1)) {
      case '-':
        if (missing) return expandOperand(shell, operation.operand, fields, quoted, splitting)
        break
      case '+':
        if (!missing) return expandOperand(shell, operation.operand, fields, quoted, splitting)
        return
      case '=':
        if (missing) {
          value = await expandString(shell, operation.operand)
          shell.set(name, value)
        }
        break
      default:
        if (missing) {
          const message = operation.operand.text
            ? await expandString(shell, operation.operand)
            : shell.dialect.missing(operation.operator.startsWith(':'))
          throw new FatalError(`${name}: ${message}`, shell.dialect.name === 'bash' ? 127 : 2)
        }
    }
  } else if (value === undefined && shell.has('u') && name !== '@' && name !== '*') {
    throw unbound(shell, name)
  }
  if (!operation || operation.type === 'Default') {
    if (name === '@' && (quoted || splitting)) return putAll(shell.params, fields, quoted)
    if (name === '*' && !quoted && splitting) return putAll(shell.params, fields, false)
    return put(value ?? '')
  }
  if ((operation.type === 'Transform' || operation.type === 'Slice') && value === undefined) return
  if (name === '@' || name === '*') {
    const each: string[] = []
    for (const param of shell.params) each.push(await transformed(shell, param, part!, name))
    if (name === '@' && (quoted || splitting)) return putAll(each, fields, quoted)
    return put(each.join(' '))
  }
  put(await transformed(shell, value ?? '', part!, name))
}

/** A key as it is written between the brackets. */
export async function keyOf(shell: Shell, name: string, index: Word): Promise<string> {
  const text = await expandString(shell, index)
  if (shell.variables.get(shell.resolve(name))?.associative) return text
  return elementNumber(shell, name, await arithmetic(shell, text))
}

async function element(shell: Shell, name: string, index: Word): Promise<string | undefined> {
  const key = await keyOf(shell, name, index)
  return elementAt(shell, name, key)
}

/** `${a[@]}` and its likes: all elements, their number, their keys, a part of them, or each of them changed. */
async function putElements(
  shell: Shell,
  name: string,
  part: ParameterExpansionPart,
  which: string,
  fields: Fields,
  quoted: boolean,
  splitting: boolean,
): Promise<void> {
  const all = entries(shell, name)
  if (part.prefix === '#') return fields.add(String(all.length), quoted)
  let values = all.map(([key, value]) => (part.prefix === '!' ? key : value))
  const { operation } = part
  if (operation?.type === 'Default') {
    const missing = values.length === 0
    const operator = operation.operator.at(-1)
    if ((operator === '-' && missing) || (operator === '+' && !missing))
      return expandOperand(shell, operation.operand, fields, quoted, splitting)
    if (operator === '+') return
  } else if (operation?.type === 'Slice') {
    const from = Number(await arithmetic(shell, await expandString(shell, operation.offset)))
    const length = operation.length
      ? Number(await arithmetic(shell, await expandString(shell, operation.length)))
      : undefined
    const start = from < 0 ? values.length + from : from
    values = values.slice(start, length === undefined ? undefined : start + length)
  } else if (operation) {
    for (const [i, value] of values.entries()) values[i] = await transformed(shell, value, part, name)
  }
  if (which === '@' && (quoted || splitting)) return putAll(values, fields, quoted)
  if (!quoted && splitting) return putAll(values, fields, false)
  fields.add(values.join(which === '@' ? ' ' : (shell.get('IFS') ?? ' ').slice(0, 1)), quoted)
}

/** `"$@"`: every parameter a field of its own. */
function putAll(params: readonly string[], fields: Fields, quoted: boolean): void {
  params.forEach((param, i) => {
    if (i) fields.end()
    if (quoted) fields.add(param, true)
    else fields.split(param)
  })
}

async function expandOperand(
  shell: Shell,
  word: Word,
  fields: Fields,
  quoted: boolean,
  splitting: boolean,
): Promise<void> {
  if (!quoted) return expandInto(shell, word, fields, splitting)
  if (!word.parts) return fields.add(word.value, true)
  for (const part of word.parts) await expandPart(shell, part, fields, true, splitting)
}

/** bash shows what it is about. */
const badSubstitution = ({ dialect }: Shell, text: string): string =>
  dialect.name === 'bash' ? `${text}: ${dialect.badSubstitution}` : dialect.badSubstitution

async function transformed(
  shell: Shell,
  value: string,
  { text, operation }: ParameterExpansionPart,
  variable: string,
): Promise<string> {
  const { name, fatalStatus } = shell.dialect
  const bad = (): ShellError => new ShellError(badSubstitution(shell, text), fatalStatus)
  if (!operation) return value
  switch (operation.type) {
    case 'Remove':
      return withoutMatch(value, operation.operator, await expandPattern(shell, operation.operand))
    case 'Replace': {
      const pattern = await expandPattern(shell, operation.pattern)
      const by = await expandString(shell, operation.replacement)
      // busybox has no anchors: the sign is a part of the pattern.
      const anchor = name === 'ash' ? /^\/[#%]$/.exec(operation.operator)?.[0].slice(1) : undefined
      if (anchor) return replaced(value, '/', anchor + pattern, () => by)
      const withIt = name === 'bash' && by.includes('&')
      const make = withIt ? withMatch(await expandPattern(shell, operation.replacement)) : () => by
      return replaced(value, operation.operator, pattern, make)
    }
    case 'Slice': {
      const offset = Number(await arithmetic(shell, await expandString(shell, operation.offset)))
      if (!operation.length) return slice(value, offset)
      const length = Number(await arithmetic(shell, await expandString(shell, operation.length)))
      if (name === 'bash' && length < 0 && value.length + length < (offset < 0 ? value.length + offset : offset))
        throw new ShellError(`${await expandString(shell, operation.length)}: substring expression < 0`, fatalStatus)
      return slice(value, offset, length)
    }
    case 'CaseModification':
      if (name !== 'bash') throw bad()
      return inCase(value, operation.operator, await expandPattern(shell, operation.operand))
    case 'Transform': {
      const shown = name === 'bash' ? inForm(shell, variable, value, operation.operand.text) : undefined
      if (shown === undefined) throw bad()
      return shown
    }
    default:
      if (name === 'bash' && operation.type === 'Unknown' && /^~~?$/.test(operation.operator ?? ''))
        return inCase(value, operation.operator)
      throw bad()
  }
}
