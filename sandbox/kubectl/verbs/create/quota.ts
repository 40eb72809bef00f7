/** kubectl create quota. */
import { parseQuantity } from '../../../api/resources/quantity.ts'
import { KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import { createGenerated, newMeta, oneName } from './generate.ts'

export async function run(k: Kubectl): Promise<void> {
  const name = await oneName(k)
  const hard: Record<string, string> = {}
  for (const pair of k.flags.str('hard').split(',').filter(Boolean)) {
    const parts = pair.split('=')
    if (parts.length !== 2) throw new KubectlError(`Invalid argument syntax ${pair}, expected <resource>=<value>`)
    try {
      hard[parts[0]!] = parseQuantity(parts[1]!).text
    } catch (e) {
      throw new KubectlError((e as Error).message)
    }
  }
  const scopes = k.flags.str('scopes') ? k.flags.str('scopes').split(',') : []
  if (scopes.includes('')) throw new KubectlError('invalid resource quota scope ""')
  await createGenerated(k, {
    namespaced: true,
    noun: 'quota',
    object: {
      kind: 'ResourceQuota',
      apiVersion: 'v1',
      metadata: newMeta(name),
      spec: { ...(Object.keys(hard).length && { hard }), ...(scopes.length && { scopes }) },
      status: {},
    },
  })
}
