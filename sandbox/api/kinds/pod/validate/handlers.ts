/** Probes and hooks: what is run, and when. */
import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../../fields.ts'
import type { Draft } from '../../../kind.ts'
import { check, complaints, httpHeaderName, portName, portNumber } from '../../validation/content.ts'
import { nonNegative } from '../../validation/metadata.ts'
import { type Check, isSet, needs, onlyOne } from './rules.ts'

const SCHEMES = ['HTTP', 'HTTPS']

const portOrName: Check = (port, field) =>
  typeof port === 'string' ? check(portName, field, port) : complaints(field, port ?? 0, portNumber(port ?? 0))

const httpGet: Check = (get, field) => [
  ...needs(get, field, 'path'),
  ...portOrName(get.port, `${field}.port`),
  ...(SCHEMES.includes(get.scheme) ? [] : [notSupported(`${field}.scheme`, get.scheme ?? '', SCHEMES)]),
  ...(get.httpHeaders ?? []).flatMap((h: Draft) => check(httpHeaderName, `${field}.httpHeaders`, h?.name)),
]

function sleep(action: Draft, field: string, grace: number | undefined): FieldError[] {
  const seconds = action.seconds ?? 0
  if (grace === undefined || (seconds >= 0 && seconds <= grace)) return []
  return [invalid(field, seconds, `must be non-negative and less than terminationGracePeriodSeconds (${grace})`)]
}

/** @param grace the Pod's terminationGracePeriodSeconds, which a sleep must fit into */
function handler(given: Draft, field: string, grace: number | undefined): FieldError[] {
  const { errors, found } = onlyOne(
    given,
    field,
    {
      exec: (action, path) => needs(action, path, 'command'),
      httpGet,
      tcpSocket: (action, path) => portOrName(action.port, `${path}.port`),
      grpc: (action, path) => portOrName(action.port, `${path}.port`),
      sleep: (action, path) => sleep(action, path, grace),
    },
    'may not specify more than 1 handler type',
  )
  return found ? errors : [...errors, required(field, 'must specify a handler type')]
}

const COUNTS = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold']

function probe(given: Draft, field: string, grace: number | undefined): FieldError[] {
  const { exec, httpGet, tcpSocket, grpc, terminationGracePeriodSeconds: own } = given
  return [
    ...handler({ exec, httpGet, tcpSocket, grpc }, field, grace),
    ...COUNTS.flatMap(key => nonNegative(given[key], `${field}.${key}`)),
    ...(isSet(own) && own <= 0
      ? [invalid(`${field}.terminationGracePeriodSeconds`, own, 'must be greater than 0')]
      : []),
  ]
}

/** A container that failed is restarted: one success proves that it is well. */
function probeOfLife(given: Draft, field: string, grace: number | undefined): FieldError[] {
  if (!given) return []
  const errors = probe(given, field, grace)
  if (given.successThreshold !== 1)
    errors.push(invalid(`${field}.successThreshold`, given.successThreshold ?? 0, 'must be 1'))
  return errors
}

function readiness(given: Draft, field: string, grace: number | undefined): FieldError[] {
  if (!given) return []
  const errors = probe(given, field, grace)
  const own = given.terminationGracePeriodSeconds
  if (isSet(own))
    errors.push(invalid(`${field}.terminationGracePeriodSeconds`, own, 'must not be set for readinessProbes'))
  return errors
}

export const probes = (container: Draft, field: string, grace: number | undefined): FieldError[] => [
  ...probeOfLife(container.livenessProbe, `${field}.livenessProbe`, grace),
  ...readiness(container.readinessProbe, `${field}.readinessProbe`, grace),
  ...probeOfLife(container.startupProbe, `${field}.startupProbe`, grace),
]

export function lifecycle(given: Draft, field: string, grace: number | undefined): FieldError[] {
  const hooks = ['postStart', 'preStop'].filter(key => isSet(given?.[key]))
  return hooks.flatMap(key => {
    const { exec, httpGet, tcpSocket, sleep } = given[key]
    return handler({ exec, httpGet, tcpSocket, sleep }, `${field}.${key}`, grace)
  })
}

/** Containers that run to their end before the others have no life to look after. */
export const noHandlers = (container: Draft, field: string): FieldError[] =>
  ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe']
    .filter(key => isSet(container[key]))
    .map(key => forbiddenField(`${field}.${key}`, 'may not be set for init containers without restartPolicy=Always'))
