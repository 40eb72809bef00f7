/** kubectl kustomize: prints what a kustomization makes. */
import { KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import { build } from '../kustomize/build.ts'

export async function run(k: Kubectl): Promise<void> {
  if (k.args.length > 1) throw new KubectlError('specify one path to kustomization.yaml')
  for (const f of ['enable-helm', 'enable-alpha-plugins', 'network'] as const)
    if (k.flags.bool(f)) throw new KubectlError(`not simulated: --${f}`)
  const text = await build(k.io, k.args[0] ?? '.')
  const output = k.flags.str('output')
  if (output) await k.io.files.write(output, text)
  else await k.out(text)
}
