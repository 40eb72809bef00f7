/** Controllers that count: how many may be, how many must be, how many should be. */
export { disruptionController } from './disruption.ts'
export { horizontalPodAutoscalerController } from './hpa/index.ts'
export { resourceQuotaController } from './resourcequota.ts'
