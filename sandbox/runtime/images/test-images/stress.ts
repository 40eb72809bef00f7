/** Images that eat CPU and memory: stress, and a program of the same name in Go. */
import { lazily } from '../../programs.ts'
import { alpineBase, executable, type Image, PATH, scratch } from '../image.ts'

const stress = lazily(
  () => import('./stress-program.ts'),
  m => m.stress,
)

const polinux: Image = {
  repositories: ['docker.io/polinux/stress'],
  tags: /^(latest|1\.0\.4)$/,
  megabytes: 4,
  env: { PATH },
  cmd: ['/bin/sh'],
  base: alpineBase('3.12.0'),
  files: root => executable(root, '/usr/local/bin/stress', 'stress'),
  programs: { stress },
}

const progrium: Image = {
  ...polinux,
  repositories: ['docker.io/progrium/stress'],
  tags: /^latest$/,
  entrypoint: ['/usr/local/bin/stress', '--verbose'],
  cmd: [],
}

const vish: Image = {
  repositories: ['docker.io/vish/stress'],
  tags: /^latest$/,
  megabytes: 2,
  env: { PATH },
  entrypoint: ['/stress', '-logtostderr'],
  base: scratch,
  files: root => executable(root, '/stress', 'stress-go'),
  programs: {
    'stress-go': lazily(
      () => import('./stress-go.ts'),
      m => m.stress,
    ),
  },
}

export const stressImages: readonly Image[] = [polinux, progrium, vish]
