/** stress: what is in its image. */
import { lazily } from '../programs.ts'
import { alpineBase, executable, type Image, PATH } from './image.ts'

const stress = lazily(
  () => import('./stress-program.ts'),
  m => m.stress,
)

export const stressImage: Image = {
  repositories: ['docker.io/polinux/stress', 'docker.io/vish/stress', 'docker.io/progrium/stress'],
  tags: /^(latest|1\.0\.4)$/,
  megabytes: 4,
  env: { PATH },
  cmd: ['/bin/sh'],
  base: alpineBase('3.12.0'),
  files: root => executable(root, '/usr/local/bin/stress', 'stress'),
  programs: { stress },
}
