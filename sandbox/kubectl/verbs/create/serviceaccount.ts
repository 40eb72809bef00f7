/** kubectl create serviceaccount. */
import type { Kubectl } from '../../kubectl.ts'
import { createGenerated, newMeta, oneName } from './generate.ts'

export const run = async (k: Kubectl): Promise<void> =>
  createGenerated(k, {
    namespaced: true,
    noun: 'serviceaccount',
    object: { kind: 'ServiceAccount', apiVersion: 'v1', metadata: newMeta(await oneName(k)) },
  })
