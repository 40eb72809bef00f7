/** kubectl kustomize: prints what a kustomization makes. */
import { KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import { build } from '../kustomize/build.ts'

const RESTRICTORS = ['LoadRestrictionsRootOnly', 'LoadRestrictionsNone']

export async function run(k: Kubectl): Promise<void> {
  if (k.args.length > 1) throw new KubectlError('specify one path to kustomization.yaml')
  const restrictor = k.flags.str('load-restrictor')
  if (!RESTRICTORS.includes(restrictor))
    throw new KubectlError(
      `illegal flag value --load-restrictor ${restrictor}; legal values: [${RESTRICTORS.join(' ')}]`,
    )
  const text = await build(k.io, k.args[0] ?? '.', restrictor === 'LoadRestrictionsNone')
  const output = k.flags.str('output')
  if (output) await k.io.files.write(output, text)
  else await k.out(text)
}
