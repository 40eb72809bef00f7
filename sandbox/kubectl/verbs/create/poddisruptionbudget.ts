/** kubectl create poddisruptionbudget. */
import { KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import { createGenerated, newMeta, oneName } from './generate.ts'
import { parseSelector } from './selector.ts'

const amount = (text: string): string | number => (/^\d+$/.test(text) ? Number(text) : text)

export async function run(k: Kubectl): Promise<void> {
  const name = await oneName(k)
  const [selector, min, max] = [k.flags.str('selector'), k.flags.str('min-available'), k.flags.str('max-unavailable')]
  if (!selector) throw new KubectlError('a selector must be specified')
  if (!min && !max) throw new KubectlError('one of min-available or max-unavailable must be specified')
  if (min && max) throw new KubectlError('min-available and max-unavailable cannot be both specified')
  for (const v of [min, max])
    if (v && !/^\d+%?$/.test(v))
      throw new KubectlError(`invalid format specified for ${v === min ? 'min-available' : 'max-unavailable'}`)
  await createGenerated(k, {
    namespaced: true,
    noun: 'poddisruptionbudgets',
    object: {
      kind: 'PodDisruptionBudget',
      apiVersion: 'policy/v1',
      metadata: newMeta(name),
      spec: {
        ...(min && { minAvailable: amount(min) }),
        selector: parseSelector(selector),
        ...(max && { maxUnavailable: amount(max) }),
      },
      status: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
    },
  })
}
