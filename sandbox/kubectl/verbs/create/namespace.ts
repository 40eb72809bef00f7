/** kubectl create namespace. */
import type { Kubectl } from '../../kubectl.ts'
import { createGenerated, newMeta, oneName } from './generate.ts'

export const run = async (k: Kubectl): Promise<void> =>
  createGenerated(k, {
    namespaced: false,
    object: { kind: 'Namespace', apiVersion: 'v1', metadata: newMeta(await oneName(k)), spec: {}, status: {} },
  })
