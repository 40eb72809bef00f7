/** kubectl annotate. */

import type { Kubectl } from '../kubectl.ts'
import { editMetadata } from './metadata.ts'

export const run = (k: Kubectl): Promise<void> => editMetadata(k, 'annotation')
