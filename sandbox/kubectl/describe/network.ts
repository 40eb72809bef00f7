/** Describes Services, what stands behind them, and what lets traffic in. */
import { isRecord, type Obj, printLabels } from '../objects.ts'
import type { Describer } from './index.ts'
import { formatSelector } from './selector.ts'
import { longTime, orNone, type Writer } from './writer.ts'

/** Addresses and ports of the ready endpoints, three at most. */
function endpointsText(slices: readonly Obj[], portName: string): string {
  if (!slices.length) return '<none>'
  const all: string[] = []
  for (const { ports, endpoints } of slices) {
    const ready = ((endpoints ?? []) as Obj[])
      .filter(e => e.conditions?.ready !== false)
      .map(e => String(e.addresses[0]))
    if (!ports?.length) all.push(...ready)
    for (const { name = '', port } of ports ?? [])
      if (name === portName) all.push(...ready.map(a => `${a.includes(':') ? `[${a}]` : a}:${port}`))
  }
  const more = all.length - SHOWN
  return all.slice(0, SHOWN).join(',') + (more > 0 ? ` + ${more} more...` : '')
}
const SHOWN = 3

const ingressAddresses = (status: Obj): string =>
  (status?.loadBalancer?.ingress ?? []).map((i: Obj) => i.ip ?? i.hostname).join(',')

export const service: Describer = async (w, s, c) => {
  const { spec } = s
  const slices = await c.list(
    'endpointslices.discovery.k8s.io',
    s.metadata.namespace,
    `kubernetes.io/service-name=${s.metadata.name}`,
  )
  w.meta(s)
  w.field('Selector', orNone(printLabels(spec.selector)))
  w.field('Type', spec.type)
  if (spec.ipFamilyPolicy) w.field('IP Family Policy', spec.ipFamilyPolicy)
  w.field('IP Families', orNone((spec.ipFamilies ?? []).join(',')))
  w.field('IP', spec.clusterIP ?? '')
  w.field('IPs', orNone((spec.clusterIPs ?? []).join(',')))
  if (spec.externalIPs?.length) w.field('External IPs', spec.externalIPs.join(','))
  if (spec.loadBalancerIP) w.field('Desired LoadBalancer IP', spec.loadBalancerIP)
  if (spec.externalName) w.field('External Name', spec.externalName)
  if (s.status?.loadBalancer?.ingress?.length)
    w.field(
      'LoadBalancer Ingress',
      s.status.loadBalancer.ingress
        .map((i: Obj) => `${i.ip ?? i.hostname}${i.ipMode ? ` (${i.ipMode})` : ''}`)
        .join(', '),
    )
  for (const p of spec.ports ?? []) {
    const name = p.name || '<unset>'
    w.line(0, `Port:\t${name}\t${p.port}/${p.protocol}`)
    w.line(0, `TargetPort:\t${p.targetPort}/${p.protocol}`)
    if (p.nodePort) w.line(0, `NodePort:\t${name}\t${p.nodePort}/${p.protocol}`)
    w.field('Endpoints', endpointsText(slices, p.name ?? ''))
  }
  w.field('Session Affinity', spec.sessionAffinity)
  if (spec.externalTrafficPolicy) w.field('External Traffic Policy', spec.externalTrafficPolicy)
  if (spec.internalTrafficPolicy) w.field('Internal Traffic Policy', spec.internalTrafficPolicy)
  if (spec.healthCheckNodePort) w.field('HealthCheck NodePort', spec.healthCheckNodePort)
  if (spec.loadBalancerSourceRanges?.length)
    w.field('LoadBalancer Source Ranges', spec.loadBalancerSourceRanges.join(','))
  await c.events(s)
}

export const endpoints: Describer = async (w, e, c) => {
  w.meta(e)
  w.line(0, 'Subsets:')
  for (const s of e.subsets ?? []) {
    const list = (a: Obj[] | undefined): string => orNone((a ?? []).map(x => x.ip).join(','))
    w.field('Addresses', list(s.addresses), 1)
    w.field('NotReadyAddresses', list(s.notReadyAddresses), 1)
    if (s.ports?.length) {
      w.line(1, 'Ports:')
      w.line(2, 'Name\tPort\tProtocol')
      w.line(2, '----\t----\t--------')
      for (const p of s.ports) w.line(2, `${p.name || '<unset>'}\t${p.port}\t${p.protocol}`)
    }
    w.line(0, '')
  }
  await c.events(e)
}

export const endpointSlice: Describer = async (w, s, c) => {
  w.meta(s)
  w.field('AddressType', s.addressType)
  if (!s.ports?.length) w.line(0, 'Ports: <unset>')
  else {
    w.line(0, 'Ports:')
    w.line(1, 'Name\tPort\tProtocol')
    w.line(1, '----\t----\t--------')
    for (const p of s.ports) w.line(1, `${p.name || '<unset>'}\t${p.port ?? '<unset>'}\t${p.protocol}`)
  }
  if (!s.endpoints?.length) w.line(0, 'Endpoints: <none>')
  else {
    w.line(0, 'Endpoints:')
    for (const e of s.endpoints) {
      w.field('- Addresses', orNone((e.addresses ?? []).join(', ')), 1)
      w.line(2, 'Conditions:')
      w.field('Ready', e.conditions?.ready ?? '<unset>', 3)
      w.field('Hostname', e.hostname ?? '<unset>', 2)
      if (e.targetRef) w.field('TargetRef', `${e.targetRef.kind}/${e.targetRef.name}`, 2)
      w.field('NodeName', e.nodeName ?? '<unset>', 2)
      w.field('Zone', e.zone ?? '<unset>', 2)
    }
  }
  await c.events(s)
}

export const ingress: Describer = async (w, i, c) => {
  const { spec } = i
  const ns: string = i.metadata.namespace
  const backend = async (b: Obj): Promise<string> => {
    if (b.resource)
      return `APIGroup: ${b.resource.apiGroup ?? '<none>'}, Kind: ${b.resource.kind}, Name: ${b.resource.name}`
    const { name, port = {} } = b.service
    const text = `${name}:${port.name ?? port.number}`
    const [found] = await c.list('services', ns, undefined, `metadata.name=${name}`)
    if (!found) return `${text} (<error: services ${JSON.stringify(name)} not found>)`
    const servicePort = (found.spec.ports ?? []).find((p: Obj) =>
      port.number ? p.port === port.number : p.name === port.name,
    )
    const slices = await c.list('endpointslices.discovery.k8s.io', ns, `kubernetes.io/service-name=${name}`)
    return `${text} (${endpointsText(slices, servicePort?.name ?? '')})`
  }
  w.field('Name', i.metadata.name)
  w.labels('Labels', i.metadata.labels)
  w.field('Namespace', ns)
  w.field('Address', ingressAddresses(i.status))
  w.field('Ingress Class', spec.ingressClassName ?? '<none>')
  const fallback = spec.defaultBackend ? await backend(spec.defaultBackend) : '<default>'
  w.field('Default backend', fallback)
  if (spec.tls?.length) {
    w.line(0, 'TLS:')
    for (const t of spec.tls)
      w.line(
        1,
        t.secretName
          ? `${t.secretName} terminates ${(t.hosts ?? []).join(',')}`
          : `SNI routes ${(t.hosts ?? []).join(',')}`,
      )
  }
  w.line(0, 'Rules:\n  Host\tPath\tBackends')
  w.line(1, '----\t----\t--------')
  let count = 0
  for (const rule of spec.rules ?? []) {
    if (!rule.http) continue
    count++
    w.line(1, `${rule.host || '*'}\t`)
    for (const p of rule.http.paths) w.line(2, `\t${p.path ?? ''} \t${await backend(p.backend)}`)
  }
  if (!count) w.line(1, `*\t*\t${fallback}`)
  w.annotations('Annotations', i.metadata.annotations)
  await c.events(i)
}

export const ingressClass: Describer = async (w, i, c) => {
  w.field('Name', i.metadata.name)
  w.labels('Labels', i.metadata.labels)
  w.annotations('Annotations', i.metadata.annotations)
  w.field('Controller', i.spec.controller)
  const p = i.spec.parameters
  if (p) {
    w.line(0, 'Parameters:')
    if (p.apiGroup) w.field('APIGroup', p.apiGroup, 1)
    w.field('Kind', p.kind, 1)
    w.field('Name', p.name, 1)
  }
  await c.events(i)
}

const isEmpty = (s: Obj): boolean =>
  !isRecord(s) || (!Object.keys(s.matchLabels ?? {}).length && !s.matchExpressions?.length)

export const networkPolicy: Describer = (w, p) => {
  const { spec } = p
  w.field('Name', p.metadata.name)
  w.field('Namespace', p.metadata.namespace)
  w.field(
    'Created on',
    `${new Date(p.metadata.creationTimestamp).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`,
  )
  w.labels('Labels', p.metadata.labels)
  w.annotations('Annotations', p.metadata.annotations)
  w.line(0, 'Spec:')
  w.write(1, 'PodSelector: ')
  w.line(
    2,
    isEmpty(spec.podSelector)
      ? '<none> (Allowing the specific traffic to all pods in this namespace)'
      : formatSelector(spec.podSelector),
  )
  const types: string[] = spec.policyTypes ?? ['Ingress']
  direction(w, 'ingress', 'From', 'source', types.includes('Ingress'), spec.ingress ?? [])
  direction(w, 'egress', 'To', 'destination', types.includes('Egress'), spec.egress ?? [])
  w.line(1, `Policy Types: ${types.join(', ')}`)
}

function direction(
  w: Writer,
  name: string,
  label: string,
  other: string,
  enabled: boolean,
  rules: readonly Obj[],
): void {
  if (!enabled) {
    w.line(1, `Not affecting ${name} traffic`)
    return
  }
  w.line(1, `Allowing ${name} traffic:`)
  const indent = '    '
  if (!rules.length) w.line(0, `${indent}<none> (Selected pods are isolated for ${name} connectivity)`)
  rules.forEach((rule, i) => {
    if (!rule.ports?.length) w.line(0, `${indent}To Port: <any> (traffic allowed to all ports)`)
    for (const p of rule.ports ?? [])
      w.line(
        0,
        p.endPort === undefined
          ? `${indent}To Port: ${p.port ?? '<nil>'}/${p.protocol ?? 'TCP'}`
          : `${indent}To Port Range: ${p.port}-${p.endPort}/${p.protocol ?? 'TCP'}`,
      )
    const peers: Obj[] = rule[label.toLowerCase()] ?? []
    if (!peers.length) w.line(0, `${indent}${label}: <any> (traffic not restricted by ${other})`)
    for (const peer of peers) {
      w.line(0, `${indent}${label}:`)
      if (peer.namespaceSelector) w.line(1, `${indent}NamespaceSelector: ${formatSelector(peer.namespaceSelector)}`)
      if (peer.podSelector) w.line(1, `${indent}PodSelector: ${formatSelector(peer.podSelector)}`)
      if (peer.ipBlock) {
        w.line(1, `${indent}IPBlock:`)
        w.line(2, `${indent}CIDR: ${peer.ipBlock.cidr}`)
        w.line(2, `${indent}Except: ${(peer.ipBlock.except ?? []).join(', ')}`)
      }
    }
    if (i < rules.length - 1) w.line(0, `${indent}----------`)
  })
}

/** A range of addresses for Services. */
export const serviceCIDR: Describer = async (w, o, c) => {
  head(w, o)
  w.field('CIDRs', (o.spec?.cidrs ?? []).join(', '))
  if (o.status?.conditions?.length) {
    w.line(0, 'Status:')
    w.line(0, 'Conditions:')
    w.line(1, 'Type\tStatus\tLastTransitionTime\tReason\tMessage')
    w.line(1, '----\t------\t------------------\t------\t-------')
    for (const x of o.status.conditions)
      w.line(1, `${x.type}\t${x.status}\t${longTime(x.lastTransitionTime)}\t${x.reason}\t${x.message}`)
  }
  await c.events(o)
}

export const ipAddress: Describer = async (w, o, c) => {
  head(w, o)
  const parent = o.spec?.parentRef
  if (parent) {
    w.line(0, 'Parent Reference:')
    for (const field of ['Group', 'Resource', 'Namespace', 'Name']) w.field(field, parent[field.toLowerCase()], 1)
  }
  await c.events(o)
}

function head(w: Writer, o: Obj): void {
  w.field('Name', o.metadata.name)
  w.labels('Labels', o.metadata.labels)
  w.annotations('Annotations', o.metadata.annotations)
}
