/** kubectl create priorityclass. */
import type { Kubectl } from '../../kubectl.ts'
import { createGenerated, newMeta, oneName } from './generate.ts'

export const run = async (k: Kubectl): Promise<void> => {
  const { flags } = k
  return createGenerated(k, {
    namespaced: false,
    noun: 'priorityclass',
    object: {
      kind: 'PriorityClass',
      apiVersion: 'scheduling.k8s.io/v1',
      metadata: newMeta(await oneName(k)),
      value: flags.num('value'),
      ...(flags.bool('global-default') && { globalDefault: true }),
      ...(flags.str('description') && { description: flags.str('description') }),
      preemptionPolicy: flags.str('preemption-policy'),
    },
  })
}
