/** kubectl set resources. */
import { parseQuantity } from '../../../api/resources/quantity.ts'
import { KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import { podSpecOf } from '../../pods/selectors.ts'
import { refuseAllWithSelector, selectContainers, setEach } from './common.ts'

function list(text: string): Record<string, string> {
  const out: Record<string, string> = {}
  for (const pair of text.split(',').filter(Boolean)) {
    const parts = pair.split('=')
    if (parts.length !== 2) throw new KubectlError(`Invalid argument syntax ${pair}, expected <resource>=<value>`)
    try {
      out[parts[0]!] = parseQuantity(parts[1]!).text
    } catch (e) {
      throw new KubectlError((e as Error).message)
    }
  }
  return out
}

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  let limits: Record<string, string> = {}
  let requests: Record<string, string> = {}
  const pattern = flags.str('containers')
  await setEach(k, {
    resources: k.args,
    check() {
      refuseAllWithSelector(k)
      if (!flags.str('limits') && !flags.str('requests'))
        throw new KubectlError('you must specify an update to requests or limits (in the form of --requests/--limits)')
      limits = list(flags.str('limits'))
      requests = list(flags.str('requests'))
    },
    done: 'resource requirements updated',
    refused: 'failed to patch resources update to pod template',
    update(object, _info, complain) {
      const spec = podSpecOf(object)!
      const targets = [
        ...selectContainers(spec.initContainers ?? [], pattern),
        ...selectContainers(spec.containers ?? [], pattern),
      ]
      if (!targets.length) complain(`error: unable to find container named ${pattern}`)
      for (const c of targets) {
        c.resources ??= {}
        if (Object.keys(limits).length) c.resources.limits = { ...c.resources.limits, ...limits }
        if (Object.keys(requests).length) c.resources.requests = { ...c.resources.requests, ...requests }
      }
    },
  })
}
