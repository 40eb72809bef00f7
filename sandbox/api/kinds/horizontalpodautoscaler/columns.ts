/** Printer columns of a HorizontalPodAutoscaler. */
import type { Column, Draft } from '../../kind.ts'
import type { HorizontalPodAutoscaler } from '../../types.ts'
import { age, name } from '../columns.ts'

/** Where each type of metric keeps its target and its current value. */
const PART: Record<string, string> = {
  External: 'external',
  Pods: 'pods',
  Object: 'object',
  Resource: 'resource',
  ContainerResource: 'containerResource',
}

function metric(spec: Draft, status: Draft): string {
  const part = PART[spec.type]
  const source = part && spec[part]
  if (!source) return '<unknown type>'
  const { target } = source
  const current = status?.[part]?.current
  const unknown = '<unknown>'
  if (part === 'resource' || part === 'containerResource') {
    if (target.averageValue != null) return `${source.name}: ${current?.averageValue ?? unknown}/${target.averageValue}`
    const percent = (value: Draft, none: string): string => (value == null ? none : `${value}%`)
    return `${source.name}: ${percent(current?.averageUtilization, unknown)}/${percent(target.averageUtilization, '<auto>')}`
  }
  if (part === 'pods') return `${current?.averageValue ?? unknown}/${target.averageValue}`
  if (target.averageValue != null) return `${current?.averageValue ?? unknown}/${target.averageValue} (avg)`
  return `${current?.value ?? unknown}/${target.value}`
}

function targets({ spec, status }: HorizontalPodAutoscaler): string {
  const metrics = spec.metrics ?? []
  if (!metrics.length) return '<none>'
  const shown = metrics.slice(0, 2).map((m, i) => metric(m, (status as Draft)?.currentMetrics?.[i]))
  return shown.join(', ') + (metrics.length > 2 ? ` + ${metrics.length - 2} more...` : '')
}

export const hpaColumns: Column<HorizontalPodAutoscaler>[] = [
  name,
  { name: 'Reference', cell: h => `${h.spec.scaleTargetRef.kind}/${h.spec.scaleTargetRef.name}` },
  { name: 'Targets', cell: targets },
  { name: 'MinPods', cell: h => String(h.spec.minReplicas ?? '<unset>') },
  { name: 'MaxPods', cell: h => h.spec.maxReplicas },
  { name: 'Replicas', cell: h => h.status?.currentReplicas ?? 0 },
  age,
]
