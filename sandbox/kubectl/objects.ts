/** Objects as they come over the wire, of any kind; and the few things asked of all of them. */

import { byBytes } from '../api/formats/json.ts'

/** Something decoded from JSON, whatever its kind. */
// biome-ignore lint/suspicious/noExplicitAny: kubectl looks into objects of every kind, also those that nobody has described
export type Obj = any

/** As an object without a schema is read: what is no text is as good as absent. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

export const groupOf = (apiVersion: string): string =>
  apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
export const versionOf = (apiVersion: string): string => apiVersion.slice(apiVersion.indexOf('/') + 1)
export const isList = (object: Obj): boolean =>
  typeof object?.kind === 'string' && object.kind.endsWith('List') && Array.isArray(object.items)

export const isRecord = (v: unknown): v is Record<string, Obj> =>
  typeof v === 'object' && v !== null && !Array.isArray(v)

export { byBytes }
export const sortedKeys = (o: object | null | undefined): string[] => Object.keys(o ?? {}).sort(byBytes)

/** app=web,tier=front */
export const printLabels = (labels: Record<string, string> | null | undefined): string =>
  sortedKeys(labels)
    .map(k => `${k}=${labels![k]}`)
    .join(',')
