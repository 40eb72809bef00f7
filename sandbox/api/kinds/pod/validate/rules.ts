/** Small rules that the checks of Pods are made of. */
import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../../fields.ts'
import type { Draft } from '../../../kind.ts'
import { isIPv4, isIPv6 } from '../../validation/addresses.ts'

export type Check = (value: Draft, field: string) => FieldError[]

/** Every item with its own path; a null in a list stands for an empty item. */
export function each(
  list: Draft,
  field: string,
  check: (item: Draft, field: string, i: number) => FieldError[],
): FieldError[] {
  const errors: FieldError[] = []
  for (let i = 0; i < (list?.length ?? 0); i++) errors.push(...check(list[i] ?? {}, `${field}[${i}]`, i))
  return errors
}

export const isSet = (value: unknown): boolean => value !== undefined && value !== null

/** The named fields of an object must hold something. */
export const needs = (object: Draft, field: string, ...keys: string[]): FieldError[] =>
  keys.filter(key => !object[key] || object[key].length === 0).map(key => required(`${field}.${key}`))

/** One of a few words; a word that must be there and is not is told apart. */
export function oneOf(value: string | undefined | null, field: string, words: readonly string[]): FieldError[] {
  if (!value) return [required(field)]
  return words.includes(value) ? [] : [notSupported(field, value, words)]
}

/** As oneOf, for a field that may be left out. An empty word is a wrong one. */
export const oneOfIfSet = (value: Draft, field: string, words: readonly string[]): FieldError[] =>
  !isSet(value) || words.includes(value) ? [] : [notSupported(field, value, words)]

const FILE_MODE = 'must be a number between 0 and 0777 (octal), both inclusive'

export const fileMode = (mode: Draft, field: string): FieldError[] =>
  isSet(mode) && (mode > 0o777 || mode < 0) ? [invalid(field, mode, FILE_MODE)] : []

export const noBacksteps = (path: string, field: string): FieldError[] =>
  path.split('/').includes('..') ? [invalid(field, path, "must not contain '..'")] : []

/** A path below some directory. */
export function descendingPath(path: string, field: string): FieldError[] {
  const absolute = path.startsWith('/') ? [invalid(field, path, 'must be a relative path')] : []
  return [...absolute, ...noBacksteps(path, field)]
}

/** Files whose names begin with two dots belong to the kubelet. */
export function unreservedPath(path: string, field: string): FieldError[] {
  const reserved = path.startsWith('..') && !path.startsWith('../')
  return [...descendingPath(path, field), ...(reserved ? [invalid(field, path, "must not start with '..'")] : [])]
}

/** Of fields that exclude each other the first counts, and every further one is refused. */
export function onlyOne(
  object: Draft,
  field: string,
  checks: Readonly<Record<string, Check>>,
  refusal: string,
): { errors: FieldError[]; found: number } {
  const errors: FieldError[] = []
  let found = 0
  for (const [key, check] of Object.entries(checks)) {
    if (!isSet(object[key])) continue
    const path = `${field}.${key}`
    errors.push(...(found++ ? [forbiddenField(path, refusal)] : check(object[key], path)))
  }
  return { errors, found }
}

const LEADING_ZERO = /^0\d|\.0\d/

/** Addresses in fields older than today's strictness: without leading zeros, and not IPv4 dressed as IPv6. */
export function address(value: string, field: string): FieldError[] {
  if (isIPv4(value) && !LEADING_ZERO.test(value)) return []
  const plain = value.replace(/(^|[.:])0+(?=\d+(\.|$))/g, '$1')
  if (!isIPv4(plain) && !isIPv6(value) && !isIPv6(plain))
    return [invalid(field, value, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)')]
  if (!value.includes(':') && LEADING_ZERO.test(value)) return [invalid(field, value, 'must not have leading 0s')]
  if (/^::ffff:\d+\./i.test(value)) return [invalid(field, value, 'must not be an IPv4-mapped IPv6 address')]
  return []
}

export interface VisitedContainer {
  container: Draft
  field: string
}

/** Init containers, containers, ephemeral containers: the order in which Kubernetes goes through them. */
export const allContainers = (spec: Draft, field: string): VisitedContainer[] =>
  ['initContainers', 'containers', 'ephemeralContainers'].flatMap(list =>
    ((spec[list] ?? []) as Draft[]).map((container, i) => ({
      container: container ?? {},
      field: `${field}.${list}[${i}]`,
    })),
  )
