/** Values that are copied from a field of one resource into fields of others. */

import { goQuote } from '../../api/formats/go-escapes.ts'
import { toYaml } from '../../api/formats/go-yaml.ts'
import { clone } from '../../api/formats/json.ts'
import { KubectlError } from '../errors.ts'
import { documents } from '../manifests/manifests.ts'
import { isRecord, type Obj } from '../objects.ts'
import { type Item, remember } from './item.ts'
import { type Disk, readBelow } from './paths.ts'
import { isNamed, isSelected, marksFit } from './selector.ts'

export async function replace(disk: Disk, folder: string, list: readonly Obj[], items: readonly Item[]): Promise<void> {
  for (const entry of list) {
    const trouble = (words: string): never => {
      throw new KubectlError(
        `trouble configuring builtin ReplacementTransformer with config: \`\n${toYaml({ Replacements: list })}\`: ${words}`,
      )
    }
    if (entry.path && (entry.source || entry.targets)) trouble('cannot specify both path and inline replacement')
    const all = entry.path
      ? await fromFile(disk, folder, entry.path).catch(e => trouble((e as Error).message))
      : [entry]
    for (const r of all) replaceOne(r, items)
  }
}

async function fromFile(disk: Disk, folder: string, path: string): Promise<Obj[]> {
  const text = await readBelow(disk, folder, path)
  const [first] = await documents(text)
  if (!first || 'error' in first) return []
  return Array.isArray(first.object) ? first.object : [first.object]
}

function replaceOne(r: Obj, items: readonly Item[]): void {
  if (!r.source || !r.targets) throw new KubectlError('replacements must specify a source and at least one target')
  const value = sourceValue(r, items)
  for (const target of r.targets as Obj[]) {
    if (!target.select) throw new KubectlError('target must specify resources to select')
    for (const one of items) {
      if (!isSelected(one, target.select)) continue
      if ((target.reject ?? []).some((reject: Obj) => isRejected(one, reject))) continue
      remember(one)
      for (const path of target.fieldPaths ?? ['metadata.name']) put(one.object, path, value, target.options ?? {})
    }
  }
}

const isRejected = (one: Item, reject: Obj): boolean => {
  const { labelSelector, annotationSelector, ...id } = reject
  return (
    ((labelSelector || annotationSelector) && marksFit(one, reject)) ||
    (Object.keys(id).length > 0 && isSelected(one, id))
  )
}

function sourceValue(r: Obj, items: readonly Item[]): unknown {
  const { source } = r
  const found = items.filter(i => isNamed(i, source))
  const path = source.fieldPath || 'metadata.name'
  if (found.length > 1) throw new KubectlError(`multiple matches for selector ${sourceText(source)}`)
  if (!found.length) throw new KubectlError(`nothing selected by ${sourceText(source)}`)
  const value = read(found[0]!.object, stepsOf(path))
  if (value === undefined || value === null)
    throw new KubectlError(`fieldPath \`${path}\` is missing for replacement source ${sourceId(source)}`)
  const { delimiter, index = 0 } = source.options ?? {}
  if (!delimiter) return value
  if (typeof value === 'object') throw new KubectlError('delimiter option can only be used with scalar nodes')
  const part = String(value).split(delimiter)[index]
  if (part === undefined) throw new KubectlError(`options.index ${index} is out of bounds for value ${value}`)
  return part
}

const sourceId = (s: Obj): string =>
  `${s.kind ?? '[noKind]'}.${s.version ?? '[noVer]'}.${s.group ?? '[noGrp]'}/${s.name ?? '[noName]'}.${s.namespace ?? '[noNs]'}`
const sourceText = (s: Obj): string => (s.fieldPath ? `${sourceId(s)}:${s.fieldPath}` : sourceId(s))

/** a.b.[name=c].d, where a step in brackets chooses among the entries of a list; `\.` is a point within a step. */
function stepsOf(path: string): string[] {
  const steps: string[] = []
  for (const [step] of path.matchAll(/\[[^\]]*\]|(?:\\\.|[^.[])+/g)) steps.push(step.replaceAll('\\.', '.'))
  return steps.map(s => (/^\[[^=]*\]$/.test(s) ? s.slice(1, -1) : s))
}

const CHOICE = /^\[(.*?)=(.*)\]$/

/** The places that a step leads to from a value. */
function places(value: unknown, step: string): (string | number)[] {
  if (Array.isArray(value)) {
    const choice = CHOICE.exec(step)
    if (choice) return [...value.keys()].filter(i => String(choice[1] ? value[i]?.[choice[1]] : value[i]) === choice[2])
    if (step === '*') return [...value.keys()]
    if (step === '-') return value.length ? [value.length - 1] : []
    return /^\d+$/.test(step) && Number(step) < value.length ? [Number(step)] : []
  }
  if (!isRecord(value)) return []
  if (step === '*') return Object.keys(value)
  return step in value ? [step] : []
}

function read(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return value
  const [place] = places(value, step)
  return place === undefined ? undefined : read((value as Obj)[place], rest)
}

function put(object: Obj, path: string, value: unknown, options: Obj): void {
  const { create = false } = options
  const fail = (): never => {
    throw new KubectlError(`unable to find${create ? ' or create' : ''} field ${goQuote(path)} in replacement target`)
  }
  let found = 0
  const visit = (holder: Obj, [step, ...rest]: readonly string[]): void => {
    let at = places(holder, step!)
    if (!at.length && create) at = made(holder, step!, rest[0])
    for (const place of at) {
      if (rest.length) visit(holder[place], rest)
      else {
        found++
        holder[place] = combined(holder[place], value, options)
      }
    }
  }
  visit(object, stepsOf(path))
  if (!found) fail()
}

/** A new place for a step, ready for the one after it. */
function made(holder: Obj, step: string, next: string | undefined): (string | number)[] {
  const choice = CHOICE.exec(step)
  if (Array.isArray(holder)) {
    if (!choice) return []
    holder.push(choice[1] ? { [choice[1]]: choice[2] } : choice[2])
    return [holder.length - 1]
  }
  if (!isRecord(holder) || choice || step === '*') return []
  holder[step] = next === undefined ? undefined : CHOICE.test(next) ? [] : {}
  return [step]
}

function combined(old: unknown, value: unknown, { delimiter, index = 0 }: Obj): unknown {
  if (!delimiter) return typed(old, value)
  if (typeof old === 'object') throw new KubectlError('delimiter option can only be used with scalar nodes')
  const parts = String(old).split(delimiter)
  if (index < 0) parts.unshift(String(value))
  else if (index >= parts.length) parts.push(String(value))
  else parts[index] = String(value)
  return typed(old, parts.join(delimiter))
}

/** A scalar keeps its type where the new value can be of it. */
function typed(old: unknown, value: unknown): unknown {
  if (typeof value === 'object') return clone(value)
  if (typeof old === 'string') return String(value)
  if (typeof old === 'number' && /^-?\d+(\.\d+)?$/.test(String(value))) return Number(value)
  if (typeof old === 'boolean' && /^(true|false)$/.test(String(value))) return value === true || value === 'true'
  return value
}
