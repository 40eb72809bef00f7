/** kubectl set selector: of a Service. */
import { KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import type { Obj } from '../../objects.ts'
import { parseSelector } from '../create/selector.ts'
import { setEach } from './common.ts'

export async function run(k: Kubectl): Promise<void> {
  if (!k.args.length) throw new KubectlError('one selector is required')
  const [resources, selectorText] = [k.args.slice(0, -1), k.args.at(-1) ?? '']
  const version = k.flags.str('resource-version')
  await setEach(k, {
    resources,
    done: 'selector updated',
    template: false,
    always: true,
    bare: true,
    update(object) {
      if (object.kind !== 'Service') throw new KubectlError('setting a selector is only supported for Services')
      const selector = parseSelector(selectorText)
      if (selector.matchExpressions)
        throw new KubectlError(
          `match expression [${selector.matchExpressions
            .map((e: Obj) => `{${e.key} ${e.operator} [${(e.values ?? []).join(' ')}]}`)
            .join(' ')}] not supported on this object`,
        )
      object.spec.selector = selector.matchLabels ?? {}
      if (version) object.metadata.resourceVersion = version
    },
  })
}
