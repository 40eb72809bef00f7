/** kubectl set image. */
import { KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import type { Obj } from '../../objects.ts'
import { podSpecOf } from '../../selectors.ts'
import { setEach } from './common.ts'

export async function run(k: Kubectl): Promise<void> {
  const pairs = k.args.filter(a => a.includes('=') && !a.startsWith('='))
  const resources = k.args.filter(a => !pairs.includes(a))
  if (!resources.length && !k.flags.list('filename').length && !k.flags.str('kustomize'))
    throw new KubectlError('one or more resources must be specified as <resource> <name> or <resource>/<name>')
  if (!pairs.length) throw new KubectlError('at least one image update is required')
  if (pairs.length > 1 && pairs.some(p => p.startsWith('*=')))
    throw new KubectlError(
      'all containers are already specified by *, but saw more than one container_name=container_image pairs',
    )
  await setEach(k, {
    resources,
    done: 'image updated',
    what: 'image',
    update(object) {
      const spec = podSpecOf(object)!
      const missing: string[] = []
      for (const pair of pairs) {
        const at = pair.indexOf('=')
        const [name, image] = [pair.slice(0, at), pair.slice(at + 1)]
        const all: Obj[] = [...(spec.initContainers ?? []), ...(spec.containers ?? [])]
        const targets = name === '*' ? all : all.filter(c => c.name === name)
        if (!targets.length) missing.push(name)
        for (const c of targets) c.image = image
      }
      if (missing.length) throw new KubectlError(`unable to find container named ${JSON.stringify(missing[0])}`)
    },
  })
}
