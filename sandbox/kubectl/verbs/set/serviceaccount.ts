/** kubectl set serviceaccount. */
import { KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import { podSpecOf } from '../../pods/selectors.ts'
import { resultPrinter } from '../../print/done.ts'
import { setEach } from './common.ts'

export async function run(k: Kubectl): Promise<void> {
  k.dryRun()
  await resultPrinter(k)
  if (!k.args.length) throw new KubectlError('serviceaccount is required')
  const name = k.args.at(-1)!
  await setEach(k, {
    resources: k.flags.bool('local') ? [] : k.args.slice(0, -1),
    done: 'serviceaccount updated',
    always: true,
    refused: 'failed to patch ServiceAccountName',
    update(object) {
      podSpecOf(object)!.serviceAccountName = name
    },
  })
}
