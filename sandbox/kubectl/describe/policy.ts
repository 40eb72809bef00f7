/** Describes disruption budgets, autoscalers and priority classes. */
import { parseQuantity } from '../../api/resources/quantity.ts'
import { type Obj, printLabels } from '../objects.ts'
import type { Describer } from './index.ts'
import { formatSelector } from './selector.ts'
import { longTime, orNone, type Writer } from './writer.ts'

export const podDisruptionBudget: Describer = async (w, p, c) => {
  w.field('Name', p.metadata.name)
  w.field('Namespace', p.metadata.namespace)
  if (p.spec.minAvailable !== undefined) w.field('Min available', p.spec.minAvailable)
  else if (p.spec.maxUnavailable !== undefined) w.field('Max unavailable', p.spec.maxUnavailable)
  w.field('Selector', p.spec.selector ? formatSelector(p.spec.selector) : '<unset>')
  w.line(0, 'Status:')
  w.field('Allowed disruptions', p.status.disruptionsAllowed ?? 0, 2)
  w.field('Current', p.status.currentHealthy ?? 0, 2)
  w.field('Desired', p.status.desiredHealthy ?? 0, 2)
  w.field('Total', p.status.expectedPods ?? 0, 2)
  await c.events(p)
}

export const horizontalPodAutoscaler: Describer = async (w, h, c) => {
  const { spec, status = {} } = h
  w.meta(h)
  w.field('CreationTimestamp', longTime(h.metadata.creationTimestamp))
  w.field('Reference', `${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`)
  w.field('Metrics', '( current / target )')
  for (const [i, m] of (spec.metrics ?? []).entries()) metric(w, m, status.currentMetrics?.[i])
  w.field('Min replicas', spec.minReplicas ?? '<unset>')
  w.field('Max replicas', spec.maxReplicas)
  if (spec.behavior) {
    w.line(0, 'Behavior:')
    behavior(w, 'Scale Up', spec.behavior.scaleUp)
    behavior(w, 'Scale Down', spec.behavior.scaleDown)
  }
  w.field(
    `${spec.scaleTargetRef.kind} pods`,
    `${status.currentReplicas ?? 0} current / ${status.desiredReplicas ?? 0} desired`,
  )
  if (status.conditions?.length) {
    w.line(0, 'Conditions:')
    w.line(1, 'Type\tStatus\tReason\tMessage')
    w.line(1, '----\t------\t------\t-------')
    for (const x of status.conditions) w.line(1, `${x.type}\t${x.status}\t${x.reason}\t${x.message}`)
  }
  await c.events(h)
}

/** As Go writes the quantity. */
const amount = (quantity: string | undefined): string =>
  quantity === undefined ? '<unknown>' : parseQuantity(quantity).text

function metric(w: Writer, m: Obj, current: Obj | undefined): void {
  switch (m.type) {
    case 'Resource':
    case 'ContainerResource': {
      const r = m.resource ?? m.containerResource
      const now = (current?.resource ?? current?.containerResource)?.current
      const name =
        m.type === 'Resource'
          ? `resource ${r.name} on pods`
          : `resource ${r.name} of container "${r.container}" on pods`
      if (r.target.averageValue !== undefined)
        w.line(1, `${name}:\t${amount(now?.averageValue)} / ${amount(r.target.averageValue)}`)
      else {
        const is =
          now?.averageUtilization !== undefined
            ? `${now.averageUtilization}% (${amount(now.averageValue)})`
            : '<unknown>'
        const wants = r.target.averageUtilization !== undefined ? `${r.target.averageUtilization}%` : '<auto>'
        w.line(1, `${name}  (as a percentage of request):\t${is} / ${wants}`)
      }
      break
    }
    case 'Pods':
      w.line(
        1,
        `"${m.pods.metric.name}" on pods:\t${amount(current?.pods?.current?.averageValue)} / ${amount(m.pods.target.averageValue)}`,
      )
      break
    case 'Object': {
      const t = m.object.target
      const average = t.type === 'AverageValue'
      const now = current?.object?.current
      w.line(
        1,
        `"${m.object.metric.name}" on ${m.object.describedObject.kind}/${m.object.describedObject.name} (target ${average ? 'average value' : 'value'}):\t${amount(average ? now?.averageValue : now?.value)} / ${amount(average ? t.averageValue : t.value)}`,
      )
      break
    }
    case 'External': {
      const t = m.external.target
      const average = t.averageValue !== undefined
      const now = current?.external?.current
      w.line(
        1,
        `"${m.external.metric.name}" (target ${average ? 'average value' : 'value'}):\t${amount(average ? now?.averageValue : now?.value)} / ${amount(average ? t.averageValue : t.value)}`,
      )
      break
    }
    default:
      w.line(1, `<unknown metric type "${m.type}">`)
  }
}

function behavior(w: Writer, name: string, rules: Obj): void {
  if (!rules) return
  w.line(1, `${name}:`)
  if (rules.stabilizationWindowSeconds !== undefined)
    w.line(2, `Stabilization Window: ${rules.stabilizationWindowSeconds} seconds`)
  if (!rules.policies?.length) return
  w.line(2, `Select Policy: ${rules.selectPolicy ?? 'Max'}`)
  w.line(2, 'Policies:')
  for (const p of rules.policies) w.line(3, `- Type: ${p.type}\tValue: ${p.value}\tPeriod: ${p.periodSeconds} seconds`)
}

export const priorityClass: Describer = async (w, p, c) => {
  w.field('Name', p.metadata.name)
  w.field('Value', p.value)
  w.field('GlobalDefault', !!p.globalDefault)
  w.field('PreemptionPolicy', p.preemptionPolicy)
  w.field('Description', p.description ?? '')
  w.field('Annotations', orNone(printLabels(p.metadata.annotations)))
  await c.events(p)
}
