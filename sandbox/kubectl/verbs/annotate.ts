/** kubectl annotate. */
import { editMetadata } from './metadata.ts'
import type { Kubectl } from '../kubectl.ts'

export const run = (k: Kubectl): Promise<void> => editMetadata(k, 'annotation')
