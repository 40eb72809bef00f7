/** kubectl create service externalname. */
import { KubectlError } from '../../../errors.ts'
import type { Kubectl } from '../../../kubectl.ts'
import { createService } from './common.ts'

const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/

export async function run(k: Kubectl): Promise<void> {
  const externalName = k.flags.str('external-name')
  if (!SUBDOMAIN.test(externalName)) throw new KubectlError(`invalid service external name ${externalName}`)
  await createService(k, 'ExternalName', { externalName })
}
