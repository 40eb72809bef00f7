/** kubectl create deployment. */
import { KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import { afterDash, createGenerated, newMeta, oneName } from './generate.ts'

/** The last word of an image's name, without registry, tag and digest; letters that no name may have make it a new one. */
function containerName(k: Kubectl, image: string): string {
  const name = image.split('/').at(-1)!.split('@')[0]!.split(':')[0]!
  return /[_.]/.test(name) ? `${name.replace(/[_.]/g, '-')}-${k.io.random(5)}` : name
}

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  const name = await oneName(k)
  const images = flags.list('image')
  const command = afterDash(k)
  if (images.length > 1 && command.length) throw new KubectlError('cannot specify multiple --image options and command')
  const port = flags.num('port')
  const labels = { app: name }
  await createGenerated(k, {
    namespaced: true,
    noun: 'deployment',
    object: {
      kind: 'Deployment',
      apiVersion: 'apps/v1',
      metadata: newMeta(name, { labels }),
      spec: {
        replicas: flags.num('replicas'),
        selector: { matchLabels: labels },
        template: {
          metadata: { creationTimestamp: null, labels },
          spec: {
            containers: images.map((image, i) => ({
              name: containerName(k, image),
              image,
              ...(command.length && { command }),
              ...(port >= 0 && i === 0 && { ports: [{ containerPort: port }] }),
              resources: {},
            })),
          },
        },
        strategy: {},
      },
      status: {},
    },
  })
}
