/** Ports of containers. */
import { duplicate, type FieldError, invalid, notSupported, required } from '../../../fields.ts'
import type { Draft } from '../../../kind.ts'
import { complaints, portName, portNumber } from '../../validation/content.ts'
import { type Check, each } from './rules.ts'

const PROTOCOLS = ['SCTP', 'TCP', 'UDP']

export const ports: Check = (list, field) => {
  const names = new Set<string>()
  return each(list, field, (port, path) => {
    const errors: FieldError[] = []
    if (port.name) {
      const wrong = complaints(`${path}.name`, port.name, portName(port.name))
      if (wrong.length) errors.push(...wrong)
      else if (names.has(port.name)) errors.push(duplicate(`${path}.name`, port.name))
      else names.add(port.name)
    }
    if (!port.containerPort) errors.push(required(`${path}.containerPort`))
    else errors.push(...complaints(`${path}.containerPort`, port.containerPort, portNumber(port.containerPort)))
    if (port.hostPort) errors.push(...complaints(`${path}.hostPort`, port.hostPort, portNumber(port.hostPort)))
    if (!port.protocol) errors.push(required(`${path}.protocol`))
    else if (!PROTOCOLS.includes(port.protocol)) errors.push(notSupported(`${path}.protocol`, port.protocol, PROTOCOLS))
    return errors
  })
}

/** Two containers can't have one port of the node. */
export function hostPortConflicts(containers: Draft, field: string): FieldError[] {
  const taken = new Set<string>()
  return each(containers, field, (container, path) =>
    each(container.ports, `${path}.ports`, (port, portPath) => {
      if (!port.hostPort) return []
      const text = `${port.protocol ?? ''}/${port.hostIP ?? ''}/${port.hostPort}`
      if (taken.has(text)) return [duplicate(`${portPath}.hostPort`, text)]
      taken.add(text)
      return []
    }),
  )
}

/** In the node's network a container's port is the node's port. */
export function hostNetworkPorts(spec: Draft, field: string, isPod: boolean): FieldError[] {
  if (!spec.hostNetwork) return []
  return each(spec.containers, `${field}.containers`, (container, path) =>
    each(container.ports, `${path}.ports`, (port, portPath) =>
      (isPod || port.hostPort) && (port.hostPort ?? 0) !== (port.containerPort ?? 0)
        ? [invalid(`${portPath}.hostPort`, port.hostPort ?? 0, 'must match `containerPort` when `hostNetwork` is true')]
        : [],
    ),
  )
}
