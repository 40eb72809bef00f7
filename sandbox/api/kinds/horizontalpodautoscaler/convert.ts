/** autoscaling/v1 has one CPU target; the rest of v2 travels through it in annotations, so that nothing gets lost. */
import type { Draft } from '../../kind.ts'

const METRICS = 'autoscaling.alpha.kubernetes.io/metrics'
const BEHAVIOR = 'autoscaling.alpha.kubernetes.io/behavior'
const CURRENT = 'autoscaling.alpha.kubernetes.io/current-metrics'
const CONDITIONS = 'autoscaling.alpha.kubernetes.io/conditions'

const isCpu = (m: Draft): boolean =>
  m?.type === 'Resource' && m.resource?.name === 'cpu' && m.resource.target?.averageUtilization != null

/** v1 names in annotations are flat: targetAverageUtilization where v2 has target.averageUtilization. */
const take = (object: Draft, annotation: string): Draft => {
  const text = object.metadata?.annotations?.[annotation]
  if (text === undefined) return undefined
  delete object.metadata.annotations[annotation]
  if (!Object.keys(object.metadata.annotations).length) delete object.metadata.annotations
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const keep = (object: Draft, annotation: string, value: Draft): void => {
  if (value == null || (Array.isArray(value) && !value.length)) return
  object.metadata.annotations = { ...object.metadata.annotations, [annotation]: JSON.stringify(value) }
}

export function fromV1(v1: Draft): Draft {
  const object: Draft = { ...v1, apiVersion: 'autoscaling/v2', metadata: { ...v1.metadata } }
  if (v1.metadata?.annotations) object.metadata.annotations = { ...v1.metadata.annotations }
  const { targetCPUUtilizationPercentage: target, ...spec } = v1.spec ?? {}
  const metrics = take(object, METRICS) ?? []
  if (target != null) {
    metrics.unshift({
      type: 'Resource',
      resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: target } },
    })
  }
  const behavior = take(object, BEHAVIOR)
  take(object, CURRENT)
  take(object, CONDITIONS)
  const { currentCPUUtilizationPercentage: current, ...status } = v1.status ?? {}
  if (v1.status) {
    const cpu = { type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: current } } }
    object.status = { ...status, ...(current != null && { currentMetrics: [cpu] }) }
  }
  object.spec = { ...spec, ...(metrics.length && { metrics }), ...(behavior && { behavior }) }
  return object
}

export function toV1(v2: Draft): Draft {
  const object: Draft = { ...v2, apiVersion: 'autoscaling/v1', metadata: { ...v2.metadata } }
  const { metrics = [], behavior, ...spec } = v2.spec ?? {}
  const cpu = metrics.find(isCpu)
  keep(
    object,
    METRICS,
    metrics.filter((m: Draft) => m !== cpu),
  )
  keep(object, BEHAVIOR, behavior)
  const { currentMetrics, conditions, ...status } = v2.status ?? {}
  keep(object, CURRENT, currentMetrics)
  keep(object, CONDITIONS, conditions)
  const current = currentMetrics?.find((m: Draft) => m?.type === 'Resource' && m.resource?.name === 'cpu')
  const utilization = current?.resource?.current?.averageUtilization
  object.spec = {
    ...spec,
    ...(cpu && { targetCPUUtilizationPercentage: cpu.resource.target.averageUtilization }),
  }
  object.status = {
    currentReplicas: 0,
    desiredReplicas: 0,
    ...status,
    ...(utilization != null && { currentCPUUtilizationPercentage: utilization }),
  }
  return object
}
