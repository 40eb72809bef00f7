/** DeviceClasses as they must be, and what claims ask of devices in the same way: selectors, configuration, names. */
import type { CompileError } from '../../../cel/language.ts'
import { cel } from '../../../cel/part.ts'
import { duplicate, type FieldError, forbiddenField, invalid, required, tooLong, tooMany } from '../../../fields.ts'
import { deepEqual, isObject } from '../../../formats/json.ts'
import { isLonger } from '../../../formats/text-length.ts'
import type { Draft } from '../../../kind.ts'
import { check, type Rule } from '../content.ts'
import { objectMeta, objectMetaUpdate } from '../metadata.ts'
import { driverName } from './device-names.ts'

const MAX_SELECTORS = 32
export const MAX_CONFIGS = 32
const MAX_EXPRESSION = 10 * 1024
const MAX_PARAMETERS = 10 * 1024

/** Each item checked; a list that is too long is not looked into. */
export function each(
  list: readonly Draft[] | null | undefined,
  max: number,
  path: string,
  item: (item: Draft, path: string) => FieldError[],
): FieldError[] {
  if (!list) return []
  return list.length > max ? [tooMany(path, list.length, max)] : list.flatMap((it, i) => item(it, `${path}[${i}]`))
}

/** As `each`, and no two with the same key. */
export function eachOnce(
  list: readonly Draft[] | null | undefined,
  max: number,
  path: string,
  item: (item: Draft, path: string) => FieldError[],
  keyOf: (item: Draft) => string = it => it,
): FieldError[] {
  const errors = each(list, max, path, item)
  if (!list || list.length > max) return errors
  const keys = list.map(keyOf)
  return [...errors, ...keys.flatMap((key, i) => (keys.indexOf(key) < i ? [duplicate(`${path}[${i}]`, key)] : []))]
}

export const named = (rule: Rule, name: string | undefined, path: string): FieldError[] =>
  name ? check(rule, path, name) : [required(path)]

const MAX_COST = 1_000_000n

/** An expression speaks of one device, and says whether it will do. */
function selector(text: string, path: string): FieldError[] {
  const { compile, deviceLanguage, CompileError } = cel.now
  try {
    const made = compile(text, deviceLanguage)
    const { kind, name } = made.type
    if (kind !== 'bool' && name !== 'any')
      return [invalid(path, text, `must evaluate to bool or the unknown type, not ${made.shown}`)]
    return made.estimate().max > MAX_COST ? [forbiddenField(path, 'too complex, exceeds cost limit')] : []
  } catch (error) {
    if (!(error instanceof CompileError)) throw error
    return [invalid(path, text, (error as CompileError).message)]
  }
}

export const selectors = (list: readonly Draft[] | undefined, path: string): FieldError[] =>
  each(list, MAX_SELECTORS, path, ({ cel }, at) => {
    if (!cel) return [required(`${at}.cel`)]
    const { expression: text = '' } = cel
    if (isLonger(text, MAX_EXPRESSION)) return [tooLong(`${at}.cel.expression`, MAX_EXPRESSION)]
    return selector(text, `${at}.cel.expression`)
  })

export function jsonObject(value: unknown, max: number, path: string): FieldError[] {
  if (value === null || value === undefined) return [required(path)]
  if (JSON.stringify(value).length > max) return [tooLong(path, max)]
  return isObject(value) ? [] : [invalid(path, '<value omitted>', 'must be a valid JSON object')]
}

export function configuration({ opaque }: Draft, path: string): FieldError[] {
  if (!opaque) return [required(`${path}.opaque`)]
  return [
    ...driverName(opaque.driver, `${path}.opaque.driver`),
    ...jsonObject(opaque.parameters, MAX_PARAMETERS, `${path}.opaque.parameters`),
  ]
}

const EXTENDED = /^(?!.*\bkubernetes\.io\/)(?!requests\.)[a-z0-9.-]+\/[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/

export function validateDeviceClass(object: Draft, old?: Draft): FieldError[] {
  const { selectors: list, config, extendedResourceName: extended } = object.spec
  // What is already kept is not judged again.
  const changed = !old?.spec || !deepEqual(list, old.spec.selectors)
  return [
    ...objectMeta(object.metadata, false),
    ...(old?.spec ? objectMetaUpdate(object, old) : []),
    ...(changed ? selectors(list, 'spec.selectors') : []),
    ...each(config, MAX_CONFIGS, 'spec.config', configuration),
    ...(extended != null && !EXTENDED.test(extended)
      ? [invalid('spec.extendedResourceName', extended, 'must be a valid extended resource name')]
      : []),
  ]
}
