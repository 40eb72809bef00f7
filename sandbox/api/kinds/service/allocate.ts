/** Giving out what a Service does not choose itself: its cluster IP, IP family, node ports. */
import type { Draft, KindContext } from '../../kind.ts'

/** 10.96.0.0/16, of which the first 256 addresses are left to those who ask by number. */
const PREFIX = '10.96'
export const SERVICE_CIDR = '10.96.0.0/16'
export const ADDRESS_MANAGED_BY = 'ipaddress.kubernetes.io/managed-by'
export const ALLOCATOR = 'ipallocator.k8s.io'
export const NODE_PORTS = { first: 30000, count: 2768 }

const needsClusterIP = ({ type }: Draft): boolean => type !== 'ExternalName'
const mayHaveNodePorts = ({ type }: Draft): boolean => type === 'NodePort' || type === 'LoadBalancer'
const needsNodePort = (spec: Draft): boolean =>
  mayHaveNodePorts(spec) && (spec.type === 'NodePort' || spec.allocateLoadBalancerNodePorts !== false)
export const needsHealthCheckNodePort = (spec: Draft): boolean =>
  spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local'

/** FNV-1a over the Service's uid: chance that is the same in every run, drawn from the seeded uid. */
function hash(text: string): number {
  let h = 2166136261
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619)
  return h >>> 0
}

const others = (service: Draft, { list }: KindContext): Draft[] =>
  (list('services') as Draft[]).filter(s => s.metadata.uid !== service.metadata.uid)

const nodePortsOf = ({ ports }: Draft): number[] =>
  (ports ?? []).flatMap((port: Draft) => (port?.nodePort ? [port.nodePort] : []))

function usedPorts(services: readonly Draft[]): Set<number> {
  const used = new Set<number>()
  for (const { spec } of services) {
    for (const port of nodePortsOf(spec)) used.add(port)
    if (spec.healthCheckNodePort) used.add(spec.healthCheckNodePort)
  }
  return used
}

/** An address that is written down as somebody else's than a Service's. */
export function isReserved(ip: string, { find }: KindContext): boolean {
  const written = find('ipaddresses.networking.k8s.io', '', ip)
  return written !== undefined && written.metadata.labels?.[ADDRESS_MANAGED_BY] !== ALLOCATOR
}

function pickClusterIP(service: Draft, context: KindContext): string {
  const used = new Set<string>(others(service, context).flatMap(s => s.spec.clusterIPs ?? []))
  const start = hash(service.metadata.uid ?? '')
  for (let i = 0; ; i++) {
    const n = 256 + ((start + i) % 65279)
    const ip = `${PREFIX}.${n >> 8}.${n & 255}`
    if (!used.has(ip) && !isReserved(ip, context)) return ip
  }
}

function pickNodePort(seed: string, used: Set<number>): number {
  const start = hash(seed)
  for (let i = 0; i < NODE_PORTS.count; i++) {
    const port = NODE_PORTS.first + ((start + i) % NODE_PORTS.count)
    if (used.has(port)) continue
    used.add(port)
    return port
  }
  return 0
}

/** clusterIP and clusterIPs say the same thing; a client that knows only the first gets the second from it. */
export function normalizeClusterIPs(spec: Draft, old: Draft | undefined): void {
  const same = (a: Draft, b: Draft): boolean => JSON.stringify(a ?? []) === JSON.stringify(b ?? [])
  if (!old) {
    if (spec.clusterIP && !spec.clusterIPs?.length) spec.clusterIPs = [spec.clusterIP]
    return
  }
  if (old.clusterIPs?.length && !spec.clusterIPs?.length && old.clusterIP === spec.clusterIP)
    spec.clusterIPs = old.clusterIPs
  if ((old.clusterIP ?? '') === (spec.clusterIP ?? '') || !same(old.clusterIPs, spec.clusterIPs)) return
  if (old.clusterIP && !spec.clusterIP) delete spec.clusterIPs
  else spec.clusterIPs = [spec.clusterIP]
}

/** Keeps what the old Service was given when the new one leaves it out. */
export function keepAllocated(spec: Draft, old: Draft): void {
  if (needsClusterIP(old) && needsClusterIP(spec)) {
    if (!spec.clusterIP && old.clusterIP) spec.clusterIP = old.clusterIP
    if (!spec.clusterIPs?.length && old.clusterIPs?.length) spec.clusterIPs = [...old.clusterIPs]
    if (!spec.ipFamilies?.length && old.ipFamilies) spec.ipFamilies = [...old.ipFamilies]
    if (old.ipFamilyPolicy) spec.ipFamilyPolicy ??= old.ipFamilyPolicy
  }
  if (needsNodePort(old) && needsNodePort(spec)) {
    const kept = new Set(nodePortsOf(spec))
    const byName = new Map<string, number>((old.ports ?? []).map((p: Draft) => [p.name ?? '', p.nodePort]))
    for (const port of spec.ports ?? []) {
      const before = byName.get(port?.name ?? '')
      if (port && !port.nodePort && before && !kept.has(before)) port.nodePort = before
    }
  }
  if (needsHealthCheckNodePort(old) && needsHealthCheckNodePort(spec) && old.healthCheckNodePort) {
    spec.healthCheckNodePort ||= old.healthCheckNodePort
  }
}

/** Clears what was given for the old type and means nothing for the new, unless the client changed it. */
export function dropTypeDependent(spec: Draft, old: Draft): void {
  const same = (field: string): boolean => JSON.stringify(spec[field] ?? null) === JSON.stringify(old[field] ?? null)
  const dropSame = (...fields: string[]): void => {
    for (const field of fields) if (same(field)) delete spec[field]
  }
  if (needsClusterIP(old) && !needsClusterIP(spec)) {
    if (same('clusterIP') && same('clusterIPs')) dropSame('clusterIP', 'clusterIPs')
    dropSame('ipFamilies', 'ipFamilyPolicy')
  }
  if (mayHaveNodePorts(old) && !mayHaveNodePorts(spec)) {
    // Ports may come and go, as long as nobody asks for a node port that was not there.
    const given = nodePortsOf(old)
    if (nodePortsOf(spec).every(port => given.includes(port)))
      for (const port of spec.ports ?? []) delete port?.nodePort
  }
  if (needsHealthCheckNodePort(old) && !needsHealthCheckNodePort(spec)) dropSame('healthCheckNodePort')
  if (old.type === 'LoadBalancer' && spec.type !== 'LoadBalancer') {
    dropSame('allocateLoadBalancerNodePorts', 'loadBalancerClass')
  }
}

/** Fills in what is still open. Wrong input is left as it is, for validation to name. */
export function allocate(service: Draft, context: KindContext, isNew: boolean): void {
  const { spec } = service
  if (needsClusterIP(spec)) {
    const headless = spec.clusterIP === 'None'
    const dual = headless && !Object.keys(spec.selector ?? {}).length
    spec.ipFamilyPolicy ??= dual ? 'RequireDualStack' : 'SingleStack'
    // An address of a family that the cluster has not is for validation to name.
    if (!spec.ipFamilies?.length && !spec.clusterIPs?.some((ip: string) => ip.includes(':'))) {
      spec.ipFamilies = dual && spec.ipFamilyPolicy !== 'SingleStack' ? ['IPv4', 'IPv6'] : ['IPv4']
    }
    // Of families that the cluster has not there are no addresses, and validation says so.
    const isOffered = spec.ipFamilies?.every((family: string) => family === 'IPv4')
    if (!spec.clusterIP && !spec.clusterIPs?.length && isOffered) {
      spec.clusterIP = pickClusterIP(service, context)
      spec.clusterIPs = [spec.clusterIP]
    }
  }
  const used = usedPorts([...others(service, context), service])
  const ports: Draft[] = needsNodePort(spec) ? (spec.ports ?? []).filter(Boolean) : []
  // In a new Service ports of one number share a node port, if need be the one that a later of them asks for.
  const asked = (number: number): number | undefined =>
    isNew ? ports.find(p => p.port === number && p.nodePort)?.nodePort : undefined
  for (const port of ports)
    port.nodePort ||= asked(port.port) ?? pickNodePort(`${service.metadata.uid}/${port.name ?? ''}/${port.port}`, used)
  if (needsHealthCheckNodePort(spec)) spec.healthCheckNodePort ||= pickNodePort(`${service.metadata.uid}/health`, used)
}
