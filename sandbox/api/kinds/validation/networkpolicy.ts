/** NetworkPolicies as they must be. */
import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../fields.ts'
import type { Draft } from '../../kind.ts'
import type { NetworkPolicy } from '../../types.ts'
import { cidr, isWithin, networkBits } from './addresses.ts'
import { check, portName } from './content.ts'
import { labelSelector, objectMeta, objectMetaUpdate } from './metadata.ts'
import { portNumber } from './service.ts'

const PROTOCOLS = ['TCP', 'UDP', 'SCTP']
const TYPES = ['Ingress', 'Egress']

function port({ protocol, port, endPort }: Draft, path: string): FieldError[] {
  const errors: FieldError[] = []
  const end = (value: number, why: string): void => void errors.push(invalid(`${path}.endPort`, value, why))
  if (protocol != null && !PROTOCOLS.includes(protocol))
    errors.push(notSupported(`${path}.protocol`, protocol, PROTOCOLS))
  if (port == null) {
    if (endPort != null) end(endPort, 'may not be specified when `port` is not specified')
  } else if (typeof port === 'number') {
    errors.push(...portNumber(port, `${path}.port`))
    if (endPort != null) {
      if (endPort < port) end(port, 'must be greater than or equal to `port`')
      errors.push(...portNumber(endPort, `${path}.endPort`))
    }
  } else {
    if (endPort != null) end(endPort, 'may not be specified when `port` is non-numeric')
    errors.push(...check(portName, `${path}.port`, port))
  }
  return errors
}

function ipBlock({ cidr: block, except = [] }: Draft, path: string): FieldError[] {
  if (!block) return [required(`${path}.cidr`)]
  const errors = check(cidr, `${path}.cidr`, block)
  const outer = networkBits(block)
  if (!outer) return errors
  for (const [i, hole] of (except ?? []).entries()) {
    const at = `${path}.except[${i}]`
    errors.push(...check(cidr, at, hole))
    const inner = networkBits(hole)
    if (inner && (inner.length <= outer.length || !isWithin(inner, outer)))
      errors.push(invalid(at, hole, 'must be a strict subset of `cidr`'))
  }
  return errors
}

function peer({ podSelector, namespaceSelector, ipBlock: block }: Draft, path: string): FieldError[] {
  const errors = [
    ...labelSelector(podSelector, `${path}.podSelector`),
    ...labelSelector(namespaceSelector, `${path}.namespaceSelector`),
    ...(block ? ipBlock(block, `${path}.ipBlock`) : []),
  ]
  if (!podSelector && !namespaceSelector && !block) errors.push(required(path, 'must specify a peer'))
  else if (block && (podSelector || namespaceSelector))
    errors.push(forbiddenField(path, 'may not specify both ipBlock and another peer'))
  return errors
}

const rules = (list: Draft, path: string, peers: string): FieldError[] =>
  (list ?? []).flatMap((rule: Draft, i: number) => [
    ...(rule.ports ?? []).flatMap((p: Draft, j: number) => port(p, `${path}[${i}].ports[${j}]`)),
    ...(rule[peers] ?? []).flatMap((p: Draft, j: number) => peer(p, `${path}[${i}].${peers}[${j}]`)),
  ])

function validateSpec(spec: Draft): FieldError[] {
  const types: string[] = spec.policyTypes ?? []
  return [
    ...labelSelector(spec.podSelector, 'spec.podSelector'),
    ...rules(spec.ingress, 'spec.ingress', 'from'),
    ...rules(spec.egress, 'spec.egress', 'to'),
    ...(types.length > 2
      ? [invalid('spec.policyTypes', types, 'may not specify more than two policyTypes')]
      : types.flatMap((type, i) =>
          TYPES.includes(type) ? [] : [notSupported(`spec.policyTypes[${i}]`, type, TYPES)],
        )),
  ]
}

export const validateNetworkPolicy = ({ metadata, spec }: NetworkPolicy): FieldError[] => [
  ...objectMeta(metadata, true),
  ...validateSpec(spec ?? {}),
]
export const validateNetworkPolicyUpdate = (policy: NetworkPolicy, old: NetworkPolicy): FieldError[] => [
  ...objectMetaUpdate(policy, old),
  ...validateSpec(policy.spec ?? {}),
]
