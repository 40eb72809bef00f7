/** Placement of parameters: those that all operations of a path have in common stand once, at the path. */
import type { Operation, PathItem } from './operations.ts'
import { PARAMETERS, type Parameter } from './parameters.ts'
import { published } from './published.ts'

export interface Placed {
  name: string
  in: string
  type: string
  description: string
  required: boolean
  /** The name under which v2 shares it; it does not share all. */
  shared?: string
}

const known = (parameter: Parameter): Placed => {
  const key = PARAMETERS[parameter]
  const [name, where, type, description] = published.PARAMETERS[key]!
  return { name, in: where, type, description, required: where === 'path', ...(key !== name && { shared: key }) }
}

const ofName = (kind: string): Placed => ({
  name: 'name',
  in: 'path',
  type: 'string',
  description: `name of the ${kind}`,
  required: true,
})

const sorted = (parameters: Placed[]): Placed[] =>
  parameters.sort((a, b) => (a.name === b.name ? (a.in < b.in ? -1 : 1) : a.name < b.name ? -1 : 1))

/** @returns those of the path, and those of an operation, each by name */
export function placed({ parameters, named, operations }: PathItem): {
  common: Placed[]
  of(operation: Operation): Placed[]
} {
  const inAll = (p: Parameter): boolean => operations.every(o => o.parameters.includes(p))
  const shared = [...new Set([...parameters, ...(operations[0]?.parameters ?? []).filter(inAll)])]
  return {
    common: sorted([...shared.map(known), ...(named ? [ofName(named)] : [])]),
    of: operation => sorted(operation.parameters.filter(p => !shared.includes(p)).map(known)),
  }
}
