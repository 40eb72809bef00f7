/** kubectl create cronjob. */
import type { Kubectl } from '../../kubectl.ts'
import { afterDash, createGenerated, newMeta, oneName } from './generate.ts'
import { jobSpec } from './job.ts'

export async function run(k: Kubectl): Promise<void> {
  const name = await oneName(k)
  const restart = k.flags.str('restart') || 'OnFailure'
  await createGenerated(k, {
    namespaced: true,
    noun: 'cronjob',
    object: {
      kind: 'CronJob',
      apiVersion: 'batch/v1',
      metadata: newMeta(name),
      spec: {
        schedule: k.flags.str('schedule'),
        jobTemplate: { metadata: newMeta(name), spec: jobSpec(name, k.flags.str('image'), afterDash(k), restart) },
      },
      status: {},
    },
  })
}
