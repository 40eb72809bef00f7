/** kubectl plugin list: programs called kubectl-… on the PATH. */
import { KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'

export async function list(k: Kubectl): Promise<void> {
  const found: string[] = []
  for (const folder of (k.io.env.PATH ?? '').split(':').filter(Boolean))
    for (const name of (await k.io.files.list(folder)) ?? [])
      if (name.startsWith('kubectl-')) found.push(k.flags.bool('name-only') ? name : `${folder}/${name}`)
  if (!found.length) throw new KubectlError('unable to find any kubectl plugins in your PATH')
  await k.out(`The following compatible plugins are available:\n\n${found.map(f => `${f}\n`).join('')}`)
}
