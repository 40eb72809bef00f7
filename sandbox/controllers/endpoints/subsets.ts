/** Subsets of Endpoints: ports that the same addresses have stand together, sorted, so that equal contents are equal objects. */
import type { Endpoints } from '../../api/types.ts'
import { inOrder } from './service-ports.ts'

export type Subset = NonNullable<Endpoints['subsets']>[number]
export type Address = NonNullable<Subset['addresses']>[number]
export type Port = NonNullable<Subset['ports']>[number]

/** That an address offers a port, or that it is there when there is no port. */
export interface Offer {
  port: Port | undefined
  address: Address
  ready: boolean
}

/** Subsets as Kubernetes would write them. */
export const repack = (subsets: readonly Subset[]): Subset[] =>
  pack(
    subsets.flatMap(({ addresses = [], notReadyAddresses = [], ports = [] }) =>
      (ports.length ? ports : [undefined]).flatMap(port => [
        ...addresses.map(address => ({ port, address, ready: true })),
        ...notReadyAddresses.map(address => ({ port, address, ready: false })),
      ]),
    ),
  )

/** An address that comes twice is taken as it comes first, and is ready only if it is so each time. */
export function pack(offers: readonly Offer[]): Subset[] {
  const known = new Map<string, Address>()
  const byPort = new Map<string, { port: Port | undefined; states: Map<string, boolean> }>()
  for (const { port, address, ready } of offers) {
    const id = idOf(address)
    if (!known.has(id)) known.set(id, address)
    const key = JSON.stringify(port) ?? ''
    const group = byPort.get(key) ?? { port, states: new Map<string, boolean>() }
    byPort.set(key, group)
    group.states.set(id, ready && group.states.get(id) !== false)
  }
  const byAddresses = new Map<string, { ports: Port[]; states: Map<string, boolean> }>()
  for (const { port, states } of byPort.values()) {
    const key = [...states]
      .map(state => state.join())
      .sort()
      .join(';')
    const group = byAddresses.get(key) ?? { ports: [], states }
    byAddresses.set(key, group)
    if (port) group.ports.push(port)
  }
  const those = (states: ReadonlyMap<string, boolean>, ready: boolean): Address[] =>
    [...states].flatMap(([id, is]) => (is === ready ? [known.get(id)!] : [])).sort(byAddress)
  return [...byAddresses.values()]
    .map(({ ports, states }) => {
      const [addresses, notReadyAddresses] = [those(states, true), those(states, false)]
      return {
        ...(addresses.length && { addresses }),
        ...(notReadyAddresses.length && { notReadyAddresses }),
        ...(ports.length && { ports: inOrder(ports, print) }),
      }
    })
    .sort((a, b) => (JSON.stringify(a.ports) < JSON.stringify(b.ports) ? -1 : 1))
}

const idOf = ({ ip, targetRef }: Address): string => `${ip} ${targetRef?.uid ?? ''}`

const byAddress = (a: Address, b: Address): number => (idOf(a) < idOf(b) ? -1 : 1)

const print = ({ name = '', port, protocol, appProtocol = '<nil>' }: Port): string =>
  `(v1.EndpointPort){Name:(string)${name} Port:(int32)${port} Protocol:(v1.Protocol)${protocol} AppProtocol:(*string)${appProtocol}}`
