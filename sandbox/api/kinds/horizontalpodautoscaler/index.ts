/** HorizontalPodAutoscalers: kept as autoscaling/v2, served as v1 as well. */
import { within } from '../../../parts.ts'
import { type Draft, defineKind } from '../../kind.ts'
import type { HorizontalPodAutoscaler, HorizontalPodAutoscalerV1 } from '../../types.ts'
import { configuration } from '../validation/parts.ts'
import { hpaColumns } from './columns.ts'
import { fromV1, toV1 } from './convert.ts'

const NO_STATUS = { currentMetrics: null, desiredReplicas: 0 }

const SCALE_UP = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
}
const SCALE_DOWN = { selectPolicy: 'Max', policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] }

const withDefaults = (rules: Draft, defaults: object): Draft => ({
  ...structuredClone(defaults),
  ...Object.fromEntries(Object.entries(rules ?? {}).filter(([, value]) => value != null)),
})

export const horizontalPodAutoscaler = defineKind<HorizontalPodAutoscaler>({
  group: 'autoscaling',
  version: 'v2',
  kind: 'HorizontalPodAutoscaler',
  plural: 'horizontalpodautoscalers',
  shortNames: ['hpa'],
  categories: ['all'],
  namespaced: true,
  subresources: ['status'],
  setDefaults(autoscaler) {
    const spec = (autoscaler.spec ??= {})
    spec.minReplicas ??= 1
    if (!spec.metrics?.length) {
      spec.metrics = [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
      ]
    }
    if (spec.behavior) {
      spec.behavior.scaleUp = withDefaults(spec.behavior.scaleUp, SCALE_UP)
      spec.behavior.scaleDown = withDefaults(spec.behavior.scaleDown, SCALE_DOWN)
    }
    autoscaler.status = { ...NO_STATUS, ...autoscaler.status }
  },
  prepareForCreate(autoscaler) {
    autoscaler.status = { ...NO_STATUS }
  },
  checks: within(configuration, checks => checks.horizontalPodAutoscaler),
  columns: hpaColumns,
})

export const horizontalPodAutoscalerV1 = defineKind<HorizontalPodAutoscalerV1>({
  group: 'autoscaling',
  version: 'v1',
  kind: 'HorizontalPodAutoscaler',
  plural: 'horizontalpodautoscalers',
  shortNames: ['hpa'],
  categories: ['all'],
  namespaced: true,
  subresources: ['status'],
  stored: { as: horizontalPodAutoscaler, toStored: fromV1, fromStored: toV1 },
  columns: hpaColumns.map(column => ({ ...column, cell: (o, now) => column.cell(fromV1(o), now) })),
})
