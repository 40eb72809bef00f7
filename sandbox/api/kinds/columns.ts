/** Printer columns that many kinds share, and the small phrases that their cells are made of. */
import { since } from '../formats/duration.ts'
import type { Column } from '../kind.ts'
import type { KubeObject } from '../types.ts'

export const name: Column<KubeObject> = { name: 'Name', format: 'name', cell: o => o.metadata.name }
export const age: Column<KubeObject> = { name: 'Age', cell: (o, now) => since(o.metadata.creationTimestamp, now) }
/** Of kinds that nobody has thought of columns for. */
export const plainColumns: readonly Column<KubeObject>[] = [
  name,
  { name: 'Created At', type: 'date', cell: o => o.metadata.creationTimestamp },
]

export type Labels = Readonly<Record<string, string | undefined>>

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** `a=1,b=2`, sorted; `<none>` for none. */
export function formatLabels(labels: Labels | null | undefined): string {
  const pairs = Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`)
  return pairs.sort(compare).join(',') || '<none>'
}

export interface LabelSelector {
  matchLabels?: Labels | null
  matchExpressions?: readonly { key?: string; operator?: string; values?: readonly string[] | null }[] | null
}

/** A selector as labels.Selector prints it; undefined if it is none that Kubernetes accepts. */
export function selectorText(selector: LabelSelector | null | undefined): string | undefined {
  const requirements = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => ({
    key,
    text: `${key}=${value}`,
  }))
  for (const { key = '', operator, values } of selector?.matchExpressions ?? []) {
    const list = [...(values ?? [])].sort(compare).join(',')
    if (operator === 'Exists') requirements.push({ key, text: key })
    else if (operator === 'DoesNotExist') requirements.push({ key, text: `!${key}` })
    else if (operator === 'In') requirements.push({ key, text: `${key} in (${list})` })
    else if (operator === 'NotIn') requirements.push({ key, text: `${key} notin (${list})` })
    else return undefined
  }
  return requirements
    .sort((a, b) => compare(a.key, b.key))
    .map(r => r.text)
    .join(',')
}

export const formatSelector = (selector: LabelSelector | null | undefined): string =>
  (selectorText(selector) ?? '<error>') || '<none>'

interface HasTemplate {
  spec?: { containers?: readonly { name?: string; image?: string }[] | null } | null
}

/** The wide columns of whatever has a Pod template. */
export const containerColumns = <T extends KubeObject>(
  template: (o: T) => HasTemplate | null | undefined,
): Column<T>[] => [
  {
    name: 'Containers',
    priority: 1,
    cell: o => (template(o)?.spec?.containers ?? []).map(c => c.name).join(','),
  },
  {
    name: 'Images',
    priority: 1,
    cell: o => (template(o)?.spec?.containers ?? []).map(c => c.image).join(','),
  },
]

/** The first few of a list, and how many more there are. */
export function firstOf(list: readonly string[], max: number): string {
  const shown = list.slice(0, max).join(',')
  return list.length > max ? `${shown} + ${list.length - max} more...` : shown
}

const ACCESS_MODES: readonly (readonly [string, string])[] = [
  ['ReadWriteOnce', 'RWO'],
  ['ReadOnlyMany', 'ROX'],
  ['ReadWriteMany', 'RWX'],
  ['ReadWriteOncePod', 'RWOP'],
]
export const accessModes = (modes: readonly string[] | null | undefined): string =>
  ACCESS_MODES.filter(([mode]) => modes?.includes(mode))
    .map(([, short]) => short)
    .join(',')

/** The `storage` of a resource list; '0' for none. */
export const storageOf = (list: Readonly<Record<string, string | number>> | null | undefined): string =>
  String(new Map(Object.entries(list ?? {})).get('storage') ?? '0')
