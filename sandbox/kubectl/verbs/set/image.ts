/** kubectl set image. */
import { KubectlError, throwAll } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import type { Obj } from '../../objects.ts'
import { podSpecOf } from '../../pods/selectors.ts'
import { resourcesAndPairs } from '../pairs.ts'
import { setEach } from './common.ts'

export async function run(k: Kubectl): Promise<void> {
  const { resources, pairs } = resourcesAndPairs(k.args, 'image')
  const wrong = pairs.filter(p => !p.includes('='))
  if (wrong.length) throw new KubectlError(`invalid image format: ${wrong.join(', ')}`)
  const none = !resources.length && !k.flags.list('filename').length && !k.flags.str('kustomize')
  const check = (): void => {
    const problems: Error[] = []
    if (k.flags.bool('all') && k.flags.str('selector'))
      problems.push(new KubectlError('cannot set --all and --selector at the same time'))
    if (none)
      problems.push(
        new KubectlError('one or more resources must be specified as <resource> <name> or <resource>/<name>'),
      )
    if (!pairs.length) problems.push(new KubectlError('at least one image update is required'))
    else if (pairs.length > 1 && pairs.some(p => p.startsWith('*=')))
      problems.push(
        new KubectlError(
          'all containers are already specified by *, but saw more than one container_name=container_image pairs',
        ),
      )
    throwAll(problems)
  }
  await setEach(k, {
    resources,
    check,
    done: 'image updated',
    refused: 'failed to patch image update to pod template:',
    update(object, _info, complain) {
      const spec = podSpecOf(object)!
      for (const pair of pairs) {
        const at = pair.indexOf('=')
        const [name, image] = [pair.slice(0, at), pair.slice(at + 1)]
        const all: Obj[] = [...(spec.initContainers ?? []), ...(spec.containers ?? [])]
        const targets = name === '*' ? all : all.filter(c => c.name === name)
        if (!targets.length) complain(`error: unable to find container named ${JSON.stringify(name)}`)
        for (const c of targets) c.image = image
      }
    },
  })
}
