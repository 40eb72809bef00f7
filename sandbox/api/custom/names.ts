/**
 * Acceptance of a definition's names: a name that another definition of the group has is refused; one that is accepted
 * stays so.
 */
import type { CustomResourceDefinition } from '../types.ts'

type Names = CustomResourceDefinition['spec']['names']
type Condition = NonNullable<NonNullable<CustomResourceDefinition['status']>['conditions']>[number]

export interface Verdict {
  acceptedNames: Names
  conditions: Omit<Condition, 'lastTransitionTime'>[]
}

const inUse = (name: string): string => `${JSON.stringify(name)} is already in use`
const aggregate = (faults: readonly string[]): string => (faults.length === 1 ? faults[0]! : `[${faults.join(', ')}]`)

const isEstablished = ({ status }: CustomResourceDefinition): boolean =>
  Boolean(status?.conditions?.some(c => c.type === 'Established' && c.status === 'True'))

/** @param others the other definitions of its group */
export function judgeNames(definition: CustomResourceDefinition, others: readonly CustomResourceDefinition[]): Verdict {
  const wanted = definition.spec.names
  const had = (definition.status?.acceptedNames ?? {}) as Partial<Names>
  const taken = others.map(o => (o.status?.acceptedNames ?? {}) as Partial<Names>)
  const resources = new Set(taken.flatMap(n => [n.plural, n.singular, ...(n.shortNames ?? [])]))
  const kinds = new Set(taken.flatMap(n => [n.kind, n.listKind]))
  const accepted: Partial<Names> = { ...had }
  let conflict: { reason: string; message: string } | undefined
  const free = (name: string | undefined, before: string | undefined, used: ReadonlySet<string | undefined>): boolean =>
    !name || name === before || !used.has(name)
  const take = (key: 'plural' | 'singular' | 'kind' | 'listKind', used: ReadonlySet<string | undefined>): void => {
    const name = wanted[key]
    if (free(name, had[key], used)) Object.assign(accepted, { [key]: name })
    else conflict = { reason: `${key[0]!.toUpperCase()}${key.slice(1)}Conflict`, message: inUse(name!) }
  }
  take('plural', resources)
  take('singular', resources)
  const faults = (wanted.shortNames ?? []).filter(s => !had.shortNames?.includes(s) && resources.has(s)).map(inUse)
  if (faults.length) conflict = { reason: 'ShortNamesConflict', message: aggregate(faults) }
  else if (wanted.shortNames?.length) accepted.shortNames = wanted.shortNames
  else delete accepted.shortNames
  take('kind', kinds)
  take('listKind', kinds)
  if (wanted.categories) accepted.categories = wanted.categories
  else delete accepted.categories
  const names: Verdict['conditions'][number] = {
    type: 'NamesAccepted',
    status: conflict ? 'False' : 'True',
    reason: conflict?.reason ?? 'NoConflicts',
    message: conflict?.message ?? 'no conflicts found',
  }
  const established =
    isEstablished(definition) || !conflict
      ? { status: 'True', reason: 'InitialNamesAccepted', message: 'the initial names have been accepted' }
      : { status: 'False', reason: 'NotAccepted', message: 'not all names are accepted' }
  return { acceptedNames: accepted as Names, conditions: [names, { type: 'Established', ...established }] }
}
