/** Controllers that count: how many may be, how many must be, how many should be. */

export { horizontalPodAutoscalerController } from '../hpa/index.ts'
export { disruptionController } from '../policy/disruption.ts'
export { resourceQuotaController } from '../policy/resourcequota.ts'
