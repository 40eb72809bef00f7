/**
 * Hints of a Service with the annotation `service.kubernetes.io/topology-mode: Auto`: each zone is to have about as large a share of the
 * ready endpoints as it has of the nodes' CPU. Where that cannot be done, nobody has hints, and an event says why.
 */
import { deepEqual } from '../../api/formats/json.ts'
import { quantityMilliValue } from '../../api/resources/quantity.ts'
import type { EndpointSlice, Node, Service } from '../../api/types.ts'

type Endpoint = NonNullable<EndpointSlice['endpoints']>[number]

/** A slice as it is, and the endpoints that it shall have, without hints. */
export interface Planned {
  slice: EndpointSlice | undefined
  endpoints: Endpoint[]
}

export interface Told {
  type: 'Normal' | 'Warning'
  reason: string
  message: string
}

const ZONE = 'topology.kubernetes.io/zone'
const CONTROL_PLANE = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master']
/** How much more than its share an endpoint may have to bear. */
const OVERLOAD = 0.2

export function wantsTopologyHints({ metadata: { annotations } }: Service): boolean {
  const mode =
    annotations?.['service.kubernetes.io/topology-aware-hints'] ?? annotations?.['service.kubernetes.io/topology-mode']
  return mode === 'Auto' || mode === 'auto'
}

const disabled = (why: string): Told => told('Warning', 'TopologyAwareHintsDisabled', why)
const told = (type: Told['type'], reason: string, text: string): Told => ({
  type,
  reason,
  message: `${text}, addressType: IPv4`,
})

const isReady = (node: Node): boolean => node.status.conditions?.find(c => c.type === 'Ready')?.status === 'True'

/** The zone of a node and whether it takes part: all of it that matters here. */
export const sameToHints = (a: Node, b: Node): boolean =>
  isReady(a) === isReady(b) && a.metadata.labels?.[ZONE] === b.metadata.labels?.[ZONE]

type Counts = Map<string, number>
const add = (counts: Counts, zone: string, n: number): void => void counts.set(zone, (counts.get(zone) ?? 0) + n)

/** Which part of all CPU is in each zone; nothing when a node does not say, or there are not two zones. */
function sharesOf(nodes: readonly Node[]): Counts | undefined {
  const cpu: Counts = new Map()
  let total = 0
  for (const node of nodes) {
    const labels = node.metadata.labels ?? {}
    if (CONTROL_PLANE.some(key => key in labels) || !isReady(node)) continue
    const millis = quantityMilliValue((node.status.allocatable?.cpu as string | undefined) ?? '0')
    if (!labels[ZONE] || !millis) return undefined
    add(cpu, labels[ZONE], millis)
    total += millis
  }
  if (cpu.size < 2) return undefined
  return new Map([...cpu].map(([zone, millis]) => [zone, millis / total]))
}

interface Allotment {
  most: number
  desired: number
}

const leastFor = (desired: number): number => Math.ceil(desired / (1 + OVERLOAD))

/** How many endpoints each zone shall have, or why that cannot be said. */
function allot(shares: Counts | undefined, endpoints: number): Map<string, Allotment> | string {
  if (!shares) return 'Insufficient Node information: allocatable CPU or zone not specified on one or more nodes'
  const counted = `(${endpoints} endpoints, ${shares.size} zones)`
  if (shares.size > endpoints) return `Insufficient number of endpoints ${counted}`
  const least = new Map([...shares].map(([zone, share]) => [zone, leastFor(share * endpoints)]))
  const spare = endpoints - [...least.values()].reduce((sum, n) => sum + n, 0)
  if (spare < 0)
    return `Unable to allocate minimum required endpoints to each zone without exceeding overload threshold ${counted}`
  return new Map(
    [...least].map(([zone, n]) => [zone, { most: n + spare, desired: Math.max(shares.get(zone)! * endpoints, n) }]),
  )
}

const withoutHints = ({ hints: _, ...endpoint }: Endpoint): Endpoint => endpoint
const isUsed = (endpoint: Endpoint): boolean => endpoint.conditions?.ready === true
const hint = (endpoint: Endpoint, zone: string): void => void (endpoint.hints = { forZones: [{ name: zone }] })

/** What the hints of a slice add up to, if they may all stay. */
function kept(slice: EndpointSlice, allotted: ReadonlyMap<string, Allotment>, taken: Counts): Counts | undefined {
  const counts: Counts = new Map()
  for (const endpoint of slice.endpoints ?? []) {
    if (!isUsed(endpoint)) continue
    const zones = endpoint.hints?.forZones ?? []
    if (!zones.length || zones.some(({ name }) => !allotted.has(name))) return undefined
    for (const { name } of zones) add(counts, name, 1)
  }
  const fits = [...counts].every(([zone, n]) => n + (taken.get(zone) ?? 0) <= allotted.get(zone)!.most)
  return fits ? counts : undefined
}

/** Of the zones with too many endpoints, and of those with too few, how many go from the one to the other. */
function exchange(allotted: ReadonlyMap<string, Allotment>, taken: Counts): { giving: Counts; receiving: Counts } {
  const surplus = new Map([...allotted].map(([zone, { desired }]) => [zone, (taken.get(zone) ?? 0) - desired]))
  const giving: Counts = new Map()
  const receiving: Counts = new Map()
  for (;;) {
    const [giver, most] = [...surplus].reduce((a, b) => (b[1] > a[1] ? b : a))
    const [receiver, least] = [...surplus].reduce((a, b) => (b[1] < a[1] ? b : a))
    if ((most < 1 && -least < 1) || most < 0.5 || -least < 0.5) return { giving, receiving }
    add(giving, giver, 1)
    add(surplus, giver, -1)
    add(receiving, receiver, 1)
    add(surplus, receiver, 1)
  }
}

function redistribute(
  slices: readonly Planned[],
  { giving, receiving }: ReturnType<typeof exchange>,
  taken: Counts,
): void {
  for (const endpoint of slices.flatMap(s => s.endpoints)) {
    const giver = endpoint.zone!
    if (!isUsed(endpoint) || !giving.get(giver)) continue
    const receiver = [...receiving].find(([, n]) => n > 0)?.[0]
    if (receiver === undefined) return
    hint(endpoint, receiver)
    for (const [counts, zone] of [
      [giving, giver],
      [receiving, receiver],
      [taken, giver],
    ] as const)
      add(counts, zone, -1)
    add(taken, receiver, 1)
  }
}

/** What has been given out, by the namespace and name of the Service. */
export class TopologyHints {
  readonly #given = new Map<string, Counts>()

  /** Puts hints into what is planned. */
  give(service: string, slices: readonly Planned[], nodes: readonly Node[]): Told | undefined {
    const total = slices.flatMap(s => s.endpoints).filter(isUsed).length
    const allotted = allot(sharesOf(nodes), total)
    if (typeof allotted === 'string') return this.#refuse(service, allotted)
    const taken: Counts = new Map()
    const open: Planned[] = []
    for (const planned of slices) {
      const before = planned.slice?.endpoints ?? []
      const isSame = planned.slice && deepEqual(before.map(withoutHints), planned.endpoints)
      const counts = isSame ? kept(planned.slice!, allotted, taken) : undefined
      if (!counts) open.push(planned)
      else {
        for (const [zone, n] of counts) add(taken, zone, n)
        planned.endpoints.splice(0, before.length, ...before)
      }
    }
    const used = open.flatMap(s => s.endpoints).filter(isUsed)
    if (used.some(endpoint => !endpoint.zone))
      return this.#refuse(service, 'One or more endpoints do not have a zone specified')
    for (const endpoint of used) {
      add(taken, endpoint.zone!, 1)
      hint(endpoint, endpoint.zone!)
    }
    redistribute(open, exchange(allotted, taken), taken)
    const isNew = !this.#given.has(service)
    this.#given.set(service, taken)
    return isNew ? told('Normal', 'TopologyAwareHintsEnabled', 'Topology Aware Hints has been enabled') : undefined
  }

  #refuse(service: string, why: string): Told {
    this.#given.delete(service)
    return disabled(why)
  }

  /** The Service does not want them, or no longer. */
  drop(service: string): Told | undefined {
    return this.#given.delete(service) ? disabled('Topology Aware Hints has been disabled') : undefined
  }

  /** Services of which a zone has too few, now that the nodes are others. */
  overloaded(nodes: () => readonly Node[]): string[] {
    if (!this.#given.size) return []
    const shares = sharesOf(nodes())
    return [...this.#given].flatMap(([service, counts]) => {
      const total = [...counts.values()].reduce((sum, n) => sum + n, 0)
      const fits = shares && [...shares].every(([zone, share]) => (counts.get(zone) ?? -1) >= leastFor(total * share))
      return fits ? [] : [service]
    })
  }
}
