/** kubectl create service loadbalancer. */
import type { Kubectl } from '../../../kubectl.ts'
import { createService } from './common.ts'

export const run = (k: Kubectl): Promise<void> => createService(k, 'LoadBalancer')
