/** The sources of metrics: the size that each calls for, or why it gives none. Use of resources is counted; the rest has no source. */

import type { LabelSelector } from '../../api/requests/selectors.ts'
import { makeQuantity, quantityMilliValue } from '../../api/resources/quantity.ts'
import type { HorizontalPodAutoscaler, Pod } from '../../api/types.ts'
import { goSelector } from '../go-selector.ts'
import { type PodMetrics, proposeReplicas } from './calculator.ts'

export type Spec = NonNullable<HorizontalPodAutoscaler['spec']['metrics']>[number]

export interface Finding {
  replicas: number
  /** What the size follows from, as conditions and events name it. */
  name: string
  status: object
}

/** Why a metric says nothing. `message` is what its event tells, `whole` how it is told as one of several. */
export class NoMetric extends Error {
  readonly reason: string
  readonly whole: string
  constructor(reason: string, message: string, whole: string) {
    super(message)
    this.reason = reason
    this.whole = whole
  }
}

export interface Scene {
  namespace: string
  pods(): readonly Pod[]
  current: number
  tolerance: { up: number; down: number }
  now: number
  /** Absent: a cluster without a metrics server. */
  podMetrics: PodMetrics | undefined
}

const NO_METRICS_SERVER =
  'unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)'
const NO_CUSTOM_METRICS =
  'unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered'

/** @throws NoMetric */
export function propose(spec: Spec, scene: Scene): Finding {
  switch (spec.type) {
    case 'Resource': {
      const { name, target } = spec.resource!
      const fail = (message: string): never => {
        throw new NoMetric(
          'FailedGetResourceMetric',
          message,
          `failed to get ${name} resource metric value: ${message}`,
        )
      }
      const { current, ...found } = fromUse(scene, name, undefined, target, fail)
      return { ...found, status: { type: 'Resource', resource: { name, current } } }
    }
    case 'ContainerResource': {
      const { name, container, target } = spec.containerResource!
      const fail = (message: string): never => {
        throw new NoMetric(
          'FailedGetContainerResourceMetric',
          message,
          `failed to get ${container} container metric value: ${message}`,
        )
      }
      const { current, ...found } = fromUse(scene, name, container, target, fail)
      return { ...found, status: { type: 'ContainerResource', containerResource: { name, container, current } } }
    }
    case 'Pods': {
      const message = `unable to get metric ${spec.pods!.metric.name}: ${NO_CUSTOM_METRICS}`
      throw new NoMetric('FailedGetPodsMetric', message, `failed to get pods metric value: ${message}`)
    }
    case 'Object': {
      const { describedObject, metric, target } = spec.object!
      const message = `unable to get metric ${metric.name}: ${describedObject.kind} on ${scene.namespace} ${describedObject.name}/${NO_CUSTOM_METRICS}`
      const average = target.type === 'AverageValue' ? `failed to get ${metric.name} object metric: ` : ''
      throw new NoMetric('FailedGetObjectMetric', message, `failed to get object metric value: ${average}${message}`)
    }
    case 'External': {
      const { metric, target } = spec.external!
      const { name, selector } = metric
      const message = `unable to get external metric ${scene.namespace}/${name}/${goSelector(selector as LabelSelector | undefined)}: unable to fetch metrics from external metrics API: the server could not find the requested resource (get ${name}.external.metrics.k8s.io)`
      const what =
        target.averageValue === undefined
          ? `failed to get external metric ${name}: `
          : `failed to get ${name} external metric: `
      throw new NoMetric(
        'FailedGetExternalMetric',
        message,
        `failed to get ${name} external metric value: ${what}${message}`,
      )
    }
    default:
      throw new Error(`unknown metric source type ${JSON.stringify(spec.type)}`)
  }
}

function fromUse(
  { podMetrics, pods, current, tolerance, now }: Scene,
  resource: string,
  container: string | undefined,
  wanted: { averageUtilization?: number; averageValue?: unknown },
  fail: (message: string) => never,
): Omit<Finding, 'status'> & { current: object } {
  const raw = wanted.averageValue !== undefined
  const told = `failed to get ${resource} ${raw ? 'usage' : 'utilization'}`
  if (!podMetrics) return fail(`${told}: unable to get metrics for resource ${resource}: ${NO_METRICS_SERVER}`)
  try {
    const { replicas, utilization, averageMillis } = proposeReplicas(
      {
        pods: pods(),
        current,
        resource,
        container,
        target: raw
          ? { averageMillis: quantityMilliValue(wanted.averageValue as string) }
          : { utilization: wanted.averageUtilization! },
        tolerance,
        now,
      },
      podMetrics,
    )
    const format = resource === 'memory' ? 'BinarySI' : 'DecimalSI'
    const averageValue = makeQuantity(BigInt(averageMillis) * 1_000_000n, format).text
    const ofContainer = container === undefined ? '' : 'container '
    return {
      replicas,
      name: raw ? `${resource} resource` : `${resource} ${ofContainer}resource utilization (percentage of request)`,
      current: { averageValue, ...(utilization !== undefined && { averageUtilization: utilization }) },
    }
  } catch (error) {
    return fail(`${told}: ${(error as Error).message}`)
  }
}
