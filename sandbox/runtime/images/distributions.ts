/** alpine, debian and ubuntu: distributions with a shell. */
import { alpineBase, debianBase, type Image, PATH } from './image.ts'

export const alpine: Image = {
  repositories: ['docker.io/library/alpine'],
  tags: /^(latest|edge|3(\.(1\d|2[0-2]))?(\.\d+)?)$/,
  megabytes: 4,
  cmd: ['/bin/sh'],
  env: { PATH },
  base: alpineBase(),
}

export const debian: Image = {
  repositories: ['docker.io/library/debian'],
  tags: /^(latest|stable|testing|sid|trixie|bookworm|bullseye|buster|1[0-3](\.\d+)?)(-slim)?$/,
  megabytes: 49,
  cmd: ['bash'],
  env: { PATH },
  base: debianBase(),
}

export const ubuntu: Image = {
  repositories: ['docker.io/library/ubuntu'],
  tags: /^(latest|rolling|noble|jammy|focal|bionic|14\.04|16\.04|18\.04|20\.04|22\.04|24\.04|24\.10|25\.\d\d)$/,
  megabytes: 30,
  cmd: ['/bin/bash'],
  env: { PATH },
  base: debianBase({ id: 'ubuntu', name: 'Ubuntu 24.04.1 LTS', version: '24.04' }),
}
