/** NetworkPolicies as they must be. */
import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../fields.ts'
import type { Draft } from '../../kind.ts'
import type { NetworkPolicy } from '../../types.ts'
import { check, cidr, isCIDR, portName } from './content.ts'
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

/** An address as a number, with its network's width. */
function network(text: string): { address: bigint; bits: number; width: number } {
  const [address = '', bits = '0'] = text.split('/')
  if (!address.includes(':')) {
    const value = address.split('.').reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
    return { address: value, bits: Number(bits), width: 32 }
  }
  const [head = '', tail] = address.split('::')
  const words = (part: string | undefined): string[] => (part ? part.split(':') : [])
  const zeros = 8 - words(head).length - words(tail).length
  const all = tail === undefined ? words(head) : [...words(head), ...Array<string>(zeros).fill('0'), ...words(tail)]
  return {
    address: all.reduce((sum, word) => sum * 65536n + BigInt(`0x${word}`), 0n),
    bits: Number(bits),
    width: 128,
  }
}

function isStrictSubset(inner: string, outer: string): boolean {
  const [a, b] = [network(inner), network(outer)]
  if (a.width !== b.width || a.bits <= b.bits) return false
  const shift = BigInt(b.width - b.bits)
  return a.address >> shift === b.address >> shift
}

function ipBlock({ cidr: block, except = [] }: Draft, path: string): FieldError[] {
  if (!block) return [required(`${path}.cidr`)]
  const errors = check(cidr, `${path}.cidr`, block)
  if (errors.length) return errors
  return (except ?? []).flatMap((hole: string, i: number) => {
    const at = `${path}.except[${i}]`
    if (!isCIDR(hole)) return check(cidr, at, hole)
    return isStrictSubset(hole, block) ? [] : [invalid(at, hole, 'must be a strict subset of `cidr`')]
  })
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
