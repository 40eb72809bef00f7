/** Nodes as they must be. */
import { duplicate, type FieldError, forbiddenField, internal, invalid, notSupported, required } from '../../fields.ts'
import { deepEqual } from '../../formats/json.ts'
import type { Draft } from '../../kind.ts'
import type { Node } from '../../types.ts'
import { cidr } from './addresses.ts'
import { check, labelValue, qualifiedName } from './content.ts'
import { objectMeta, objectMetaUpdate } from './metadata.ts'
import { quantityOf } from './resourcenames.ts'

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

function taints(list: Draft, path: string): FieldError[] {
  const seen = new Set<string>()
  return (list ?? []).flatMap((taint: Draft, i: number) => {
    const at = `${path}[${i}]`
    const { key = '', value = '', effect = '' } = taint
    const wrong = labelValue(value)
    const errors = [
      ...check(qualifiedName, `${at}.key`, key),
      ...(wrong.length ? [invalid(`${at}.value`, value, wrong.join(';'))] : []),
    ]
    if (!effect) errors.push(required(`${at}.effect`))
    else if (!EFFECTS.includes(effect)) errors.push(notSupported(`${at}.effect`, effect, EFFECTS))
    if (seen.has(`${effect} ${key}`)) {
      const shown = JSON.stringify({ Key: key, Value: value, Effect: effect, TimeAdded: taint.timeAdded ?? null })
      errors.push({
        type: 'Duplicate value',
        field: at,
        body: `Duplicate value: ${shown}: taints must be unique by key and effect pair`,
      })
    }
    seen.add(`${effect} ${key}`)
    return errors
  })
}

/** The taints' path is under metadata: a slip of Kubernetes that clients see. */
const TAINTS = 'metadata.taints'

export const validateNode = ({ metadata, spec }: Node): FieldError[] => [
  ...objectMeta(metadata, false),
  ...taints(spec.taints, TAINTS),
  ...ranges(spec.podCIDRs ?? [], 'spec.podCIDRs'),
]

function ranges(list: readonly string[], path: string): FieldError[] {
  const errors = list.flatMap((value, i) => check(cidr, `${path}[${i}]`, value))
  if (list.length < 2) return errors
  // Whether they are of two families is not known of what is none.
  const bad = list.findIndex(value => check(cidr, path, value).length)
  if (bad >= 0) {
    const why = `invalid CIDR[${bad}]: <nil> (invalid CIDR address: ${list[bad]})`
    errors.push(internal(path, `invalid PodCIDRs. failed to check with dual stack with error:${why}`))
  }
  const families = new Set(list.map(value => value.includes(':')))
  if (list.length > 2 || families.size < 2 || bad >= 0)
    errors.push(invalid(path, list, 'may specify no more than one CIDR for each IP family'))
  return errors
}

function reported({ capacity, allocatable, addresses = [] }: Draft): FieldError[] {
  const amounts = Object.entries({ capacity, allocatable }).flatMap(([key, list]) =>
    Object.entries((list ?? {}) as Record<string, string>).flatMap(([name, amount]) =>
      quantityOf(name, amount, `status.${key}.${name}`),
    ),
  )
  const seen = new Set<string>()
  for (const [i, { type = '', address = '' }] of addresses.entries()) {
    const key = `${type} ${address}`
    if (seen.has(key)) amounts.push(duplicate(`status.addresses[${i}]`, { Type: type, Address: address }))
    seen.add(key)
  }
  return amounts
}

/** Of a node's status too: it is checked whenever the node is written. */
export function validateNodeUpdate(node: Node, old: Node): FieldError[] {
  const errors = [...validateNode(node), ...objectMetaUpdate(node, old), ...reported(node.status ?? {})]
  const only = (what: string): string => `node updates may not change ${what} except from "" to valid`
  if (old.spec.podCIDRs?.length && !deepEqual(old.spec.podCIDRs, node.spec.podCIDRs))
    errors.push(forbiddenField('spec.podCIDRs', only('podCIDR')))
  if (old.spec.providerID && old.spec.providerID !== node.spec.providerID)
    errors.push(forbiddenField('spec.providerID', only('providerID')))
  return [...errors, ...taints(node.spec.taints, TAINTS)]
}
