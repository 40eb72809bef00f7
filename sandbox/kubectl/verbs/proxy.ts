/** kubectl proxy: there is no port that a page could open. */
import { KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'

export async function run(_k: Kubectl): Promise<void> {
  throw new KubectlError(
    'not simulated: proxy opens a port of this computer, and this kubectl has none to open; use "kubectl get --raw PATH" to ask the API directly',
  )
}
