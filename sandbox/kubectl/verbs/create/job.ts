/** kubectl create job: from an image, or now instead of at the next time of a cron job. */
import { KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import type { Obj } from '../../objects.ts'
import { infos } from '../../resources/resources.ts'
import { afterDash, createGenerated, newMeta, oneName } from './generate.ts'

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  const name = await oneName(k)
  const image = flags.str('image')
  const from = flags.str('from')
  const command = afterDash(k)
  if (!image === !from) throw new KubectlError('either --image or --from must be specified')
  if (from && command.length) throw new KubectlError('cannot specify --from and command')
  const object = from ? await fromCronJob(k, name, from) : ofImage(name, image, command)
  await createGenerated(k, { namespaced: true, noun: 'job', object })
}

export const jobSpec = (name: string, image: string, command: readonly string[], restartPolicy = 'Never'): Obj => ({
  template: {
    metadata: { creationTimestamp: null },
    spec: { containers: [{ name, image, ...(command.length && { command }), resources: {} }], restartPolicy },
  },
})

const ofImage = (name: string, image: string, command: readonly string[]): Obj => ({
  kind: 'Job',
  apiVersion: 'batch/v1',
  metadata: newMeta(name),
  spec: jobSpec(name, image, command),
  status: {},
})

async function fromCronJob(k: Kubectl, name: string, from: string): Promise<Obj> {
  const found = await infos(k, { args: [from], latest: true })
  if (found.infos.length !== 1) throw new KubectlError(`from must be an existing cronjob`)
  const cron = found.infos[0]!.object
  if (cron.kind !== 'CronJob')
    throw new KubectlError(`unknown object type *${cron.apiVersion.split('/').at(-1)}.${cron.kind}`)
  const template = cron.spec.jobTemplate
  return {
    kind: 'Job',
    apiVersion: 'batch/v1',
    metadata: newMeta(name, {
      ...(template.metadata?.labels && { labels: template.metadata.labels }),
      annotations: { 'cronjob.kubernetes.io/instantiate': 'manual', ...template.metadata?.annotations },
      ownerReferences: [
        {
          apiVersion: cron.apiVersion,
          kind: cron.kind,
          name: cron.metadata.name,
          uid: cron.metadata.uid,
          controller: true,
        },
      ],
    }),
    spec: {
      ...template.spec,
      template: {
        ...template.spec.template,
        metadata: { creationTimestamp: null, ...template.spec.template.metadata },
      },
    },
    status: {},
  }
}
