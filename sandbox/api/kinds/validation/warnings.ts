/**
 * Warnings for Services, Nodes, NetworkPolicies, Ingresses, volumes, claims and Secrets that are accepted although
 * something in them is deprecated, spelled otherwise than it should be, or has no effect.
 */

import { decodeBase64 } from '../../formats/go-base64.ts'
import type { Draft } from '../../kind.ts'
import { spelling } from './addresses.ts'
import { isWholeBytes } from './bytes.ts'
import { NODE_LABELS } from './node-labels.ts'

export function serviceWarnings({ metadata, spec }: Draft): string[] {
  const headless = spec.type === 'ClusterIP' && spec.clusterIP === 'None'
  const external = spec.type === 'ExternalName'
  const ips = spec.externalIPs?.length > 0
  const old = 'service.kubernetes.io/topology-aware-hints'
  const said = (text: string): [unknown, string] => [true, text]
  const spelled = (field: string, list: string[] | undefined) =>
    (list ?? []).flatMap((value, i) => spelling(value, `spec.${field}[${i}]`)).map(said)
  const rules: [holds: unknown, text: string][] = [
    [
      metadata.annotations?.[old] !== undefined,
      `annotation ${old} is deprecated, please use service.kubernetes.io/topology-mode instead`,
    ],
    ...spelled('clusterIPs', headless ? [] : spec.clusterIPs),
    [headless && spec.loadBalancerIP, 'spec.loadBalancerIP is ignored for headless services'],
    [headless && ips, 'spec.externalIPs is ignored for headless services'],
    [headless && spec.sessionAffinity !== 'None', 'spec.SessionAffinity is ignored for headless services'],
    ...spelled('externalIPs', spec.externalIPs),
    [ips && !headless && !external, 'spec.externalIPs is deprecated and may no longer be implemented in some clusters'],
    ...spelling(spec.loadBalancerIP, 'spec.loadBalancerIP').map(said),
    ...spelled('loadBalancerSourceRanges', spec.loadBalancerSourceRanges),
    [ips && external, 'spec.externalIPs is ignored when spec.type is "ExternalName"'],
    [!external && spec.externalName, 'spec.externalName is ignored when spec.type is not "ExternalName"'],
    [
      spec.trafficDistribution === 'PreferClose',
      'spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"',
    ],
  ]
  return rules.filter(([holds]) => holds).map(([, text]) => text)
}

export const nodeWarnings = ({ spec }: Draft): string[] => [
  ...(spec.configSource ? ['spec.configSource: the feature is removed'] : []),
  ...(spec.externalID ? ['spec.externalID: this field is deprecated, and is unused by Kubernetes'] : []),
  ...(spec.podCIDRs ?? []).flatMap((range: string, i: number) => spelling(range, `spec.podCIDRs[${i}]`)),
]

export const networkPolicyWarnings = ({ spec }: Draft): string[] =>
  (['ingress', 'egress'] as const).flatMap(direction => {
    const side = direction === 'ingress' ? 'from' : 'to'
    return (spec[direction] ?? []).flatMap((rule: Draft, i: number) =>
      (rule[side] ?? []).flatMap(({ ipBlock }: Draft, j: number) => {
        const path = `spec.${direction}[${i}].${side}[${j}].ipBlock`
        const except: string[] = ipBlock?.except ?? []
        return [
          ...spelling(ipBlock?.cidr, `${path}.cidr`),
          ...except.flatMap((cidr, k) => spelling(cidr, `${path}.except[${k}]`)),
        ]
      }),
    )
  })

const INGRESS_CLASS = 'kubernetes.io/ingress.class'

export function ingressWarnings({ metadata, spec }: Draft, old: Draft | undefined): string[] {
  if (old || metadata.annotations?.[INGRESS_CLASS] === undefined || spec.ingressClassName) return []
  return [`annotation "${INGRESS_CLASS}" is deprecated, please use 'spec.ingressClassName' instead`]
}

const USE_CLASS = 'deprecated since v1.8; use "storageClassName" attribute instead'
const VOLUME_ANNOTATIONS = {
  'volume.beta.kubernetes.io/storage-class': USE_CLASS,
  'volume.beta.kubernetes.io/mount-options': 'deprecated since v1.31; use "mountOptions" attribute instead',
}
const GONE = {
  cephfs: 'deprecated in v1.28, non-functional in v1.31+',
  photonPersistentDisk: 'deprecated in v1.11, non-functional in v1.16+',
  scaleIO: 'deprecated in v1.16, non-functional in v1.22+',
  storageos: 'deprecated in v1.22, non-functional in v1.25+',
  glusterfs: 'deprecated in v1.25, non-functional in v1.26+',
  rbd: 'deprecated in v1.28, non-functional in v1.31+',
}

export function volumeWarnings({ metadata, spec }: Draft): string[] {
  const recycled = spec.persistentVolumeReclaimPolicy === 'Recycle'
  return [
    ...Object.entries(VOLUME_ANNOTATIONS)
      .filter(([key]) => metadata.annotations?.[key] !== undefined)
      .map(([key, text]) => `metadata.annotations[${key}]: ${text}`),
    ...(recycled
      ? [
          'spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.',
        ]
      : []),
    ...Object.entries(GONE)
      .filter(([source]) => spec[source])
      .map(([source, text]) => `spec.${source === 'storageos' ? 'storageOS' : source}: ${text}`),
  ]
}

/** Bytes are whole. */
export const claimSpecWarnings = (spec: Draft, field: string): string[] =>
  ['requests', 'limits'].flatMap(list => {
    const amount = spec?.resources?.[list]?.storage
    if (amount === undefined || isWholeBytes(amount)) return []
    return [`${field}.resources.${list}[storage]: fractional byte value "${amount}" is invalid, must be an integer`]
  })

export function claimWarnings({ metadata, spec }: Draft): string[] {
  const beta = 'volume.beta.kubernetes.io/storage-class'
  return [
    ...(metadata.annotations?.[beta] === undefined ? [] : [`metadata.annotations[${beta}]: ${USE_CLASS}`]),
    ...claimSpecWarnings(spec, 'spec'),
  ]
}

const MOUNTABLE = 'kubernetes.io/enforce-mountable-secrets'

export function accountWarnings({ metadata }: Draft, old: Draft | undefined): string[] {
  if (metadata.annotations?.[MOUNTABLE] === undefined || old?.metadata.annotations?.[MOUNTABLE] !== undefined) return []
  const instead = 'prefer separate namespaces to isolate access to mounted secrets'
  return [`metadata.annotations[${MOUNTABLE}]: deprecated in v1.32+; ${instead}`]
}

export const storageClassWarnings = ({ allowedTopologies = [] }: Draft): string[] =>
  (allowedTopologies ?? []).flatMap(({ matchLabelExpressions = [] }: Draft, i: number) =>
    matchLabelExpressions.flatMap(({ key }: Draft, j: number) =>
      NODE_LABELS[key] ? [`allowedTopologies[${i}].matchLabelExpressions[${j}].key: ${NODE_LABELS[key]}`] : [],
    ),
  )

export const runtimeClassWarnings = ({ scheduling }: Draft): string[] =>
  Object.keys(scheduling?.nodeSelector ?? {}).flatMap(key =>
    NODE_LABELS[key] ? [`scheduling.nodeSelector: ${NODE_LABELS[key]}`] : [],
  )

/** A certificate and its key are looked at as far as their PEM form; what is inside is not read. */
export function secretWarnings({ type, data }: Draft): string[] {
  if (type !== 'kubernetes.io/tls') return []
  const fault = certificateFault(pemTypes(data?.['tls.crt'])) ?? keyFault(pemTypes(data?.['tls.key']))
  return fault ? [`tls: ${fault}`] : []
}

const AFTER = 'input after skipping PEM blocks of the following types'

function certificateFault(types: readonly string[]): string | undefined {
  if (types.includes('CERTIFICATE')) return undefined
  if (!types.length) return 'failed to find any PEM data in certificate input'
  if (types.length === 1 && types[0]!.endsWith('PRIVATE KEY'))
    return 'failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched'
  return `failed to find "CERTIFICATE" PEM block in certificate ${AFTER}: [${types.join(' ')}]`
}

function keyFault(types: readonly string[]): string | undefined {
  if (types.some(type => /^(.* )?PRIVATE KEY$/.test(type))) return undefined
  if (!types.length) return 'failed to find any PEM data in key input'
  if (types.length === 1 && types[0] === 'CERTIFICATE')
    return 'found a certificate rather than a key in the PEM for the private key'
  return `failed to find PEM block with type ending in "PRIVATE KEY" in key ${AFTER}: [${types.join(' ')}]`
}

/** What the blocks of a file in PEM form say they are; a block whose content is no base64 is passed over. */
function pemTypes(base64: string | undefined): string[] {
  const text = new TextDecoder().decode(decodeBase64(base64 ?? ''))
  const blocks = text.matchAll(/^-----BEGIN ([^\n]*)-----[ \t\r]*\n((?:[^\n:]+: .*\n)*)([^-]*?)^-----END \1-----/gm)
  return [...blocks].filter(([, , , body]) => decodeBase64(body!.replace(/\s/g, '')) !== undefined).map(b => b[1]!)
}
