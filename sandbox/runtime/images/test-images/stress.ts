/** Images that eat CPU and memory: stress, and a program of the same name in Go. */
import type { Proc } from '../../processes/proc.ts'
import { lazily } from '../../programs.ts'
import { alpineBase, executable, type Image, PATH, scratch } from '../image.ts'

const stress = lazily(
  () => import('./stress-program.ts'),
  m => m.stress,
)

const polinux: Image = {
  repositories: ['docker.io/polinux/stress', 'docker.io/jfusterm/stress'],
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
  repositories: ['docker.io/vish/stress', 'registry.k8s.io/stress'],
  tags: /^(latest|v1)$/,
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

const stressNg: Image = {
  repositories: [
    'docker.io/alexeiled/stress-ng',
    'docker.io/polinux/stress-ng',
    'docker.io/colinianking/stress-ng',
    'ghcr.io/colinianking/stress-ng',
    'docker.io/lorel/docker-stress-ng',
  ],
  tags: /^[\w.-]+$/,
  megabytes: 15,
  entrypoint: ['/usr/bin/stress-ng'],
  cmd: ['--help'],
  env: { PATH },
  base: alpineBase('3.22.1'),
  files: root => executable(root, '/usr/bin/stress-ng', 'stress-ng'),
  programs: {
    'stress-ng': lazily(
      () => import('./stress-ng.ts'),
      m => m.stressNg(process => (process as Proc).kernel.cpu.cores),
    ),
  },
}

export const stressImages: readonly Image[] = [polinux, progrium, vish, stressNg]
