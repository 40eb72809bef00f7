/**
 * Resource requests of a Pod as a whole: containers together, init containers one after the other, sidecars all along.
 */
import { addQuantities, parseQuantity, type Quantity } from './quantity.ts'

export type Resources = Record<string, string>

interface ContainerLike {
  restartPolicy?: string
  resources?: { requests?: Resources; limits?: Resources }
}
/** The parts of a PodSpec that count; quantities of a stored one are texts. */
export interface PodSpecLike {
  containers?: readonly ContainerLike[]
  initContainers?: readonly ContainerLike[]
  overhead?: Resources
  resources?: { requests?: Resources; limits?: Resources }
}

type Amounts = Map<string, Quantity>

function add(to: Amounts, from: Resources | undefined): void {
  for (const [name, text] of Object.entries(from ?? {})) {
    const quantity = parseQuantity(text)
    const was = to.get(name)
    to.set(name, was ? addQuantities(was, quantity) : quantity)
  }
}

function raise(to: Amounts, from: Amounts): void {
  for (const [name, quantity] of from) {
    const was = to.get(name)
    if (!was || quantity.nano > was.nano) to.set(name, quantity)
  }
}

function total(spec: PodSpecLike, part: 'requests' | 'limits'): Resources {
  const sum: Amounts = new Map()
  for (const c of spec.containers ?? []) add(sum, c.resources?.[part])
  const sidecars: Amounts = new Map()
  const peak: Amounts = new Map()
  for (const c of spec.initContainers ?? []) {
    const now: Amounts = new Map(sidecars)
    add(now, c.resources?.[part])
    if (c.restartPolicy === 'Always') {
      add(sidecars, c.resources?.[part])
      add(sum, c.resources?.[part])
    }
    raise(peak, now)
  }
  raise(sum, peak)
  // What the Pod sets for itself counts instead.
  for (const [name, text] of Object.entries(spec.resources?.[part] ?? {})) sum.set(name, parseQuantity(text))
  if (spec.overhead) {
    for (const [name, text] of Object.entries(spec.overhead)) {
      const was = sum.get(name)
      if (part === 'requests' || was) sum.set(name, was ? addQuantities(was, parseQuantity(text)) : parseQuantity(text))
    }
  }
  return Object.fromEntries([...sum].map(([name, quantity]) => [name, quantity.text]))
}

export const podResources = (spec: PodSpecLike): { requests: Resources; limits: Resources } => ({
  requests: total(spec, 'requests'),
  limits: total(spec, 'limits'),
})
