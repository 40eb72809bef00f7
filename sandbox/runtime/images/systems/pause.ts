/** pause: waits until it is told to stop. */

import { forever } from '../../network/serving.ts'
import type { Program } from '../../processes/process.ts'
import { executable, type Image, PATH, scratch } from '../image.ts'

export const pauseProgram: Program = process => {
  process.memory = 400_000
  const stop = (): never => process.exit(0)
  process.on('TERM', stop)
  process.on('INT', stop)
  process.on('CHLD', 'ignore')
  return forever(process)
}

export const pause: Image = {
  repositories: [
    'registry.k8s.io/pause',
    'k8s.gcr.io/pause',
    'gcr.io/google-containers/pause',
    'gcr.io/google_containers/pause',
    'docker.io/kubernetes/pause',
  ],
  tags: /^(latest|\d+\.\d+(\.\d+)?|go)$/,
  megabytes: 0.3,
  entrypoint: ['/pause'],
  env: { PATH },
  user: '65535:65535',
  base: scratch,
  files: root => executable(root, '/pause', 'pause'),
  programs: { pause: pauseProgram },
}
