/** kubectl create service externalname. */
import type { Kubectl } from '../../../kubectl.ts'
import { createService } from './common.ts'

export const run = (k: Kubectl): Promise<void> =>
  createService(k, 'ExternalName', { externalName: k.flags.str('external-name') })
