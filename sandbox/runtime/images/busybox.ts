/** busybox: a shell and small tools, and nothing that runs for long by itself. */
import { busyboxBase, type Image, PATH } from './image.ts'

export const busybox: Image = {
  repositories: [
    'docker.io/library/busybox',
    'registry.k8s.io/e2e-test-images/busybox',
    'registry.k8s.io/busybox',
    'k8s.gcr.io/busybox',
    'gcr.io/google-containers/busybox',
  ],
  tags: /^(latest|stable|glibc|musl|uclibc|1(\.(2[4-9]|3[0-7])(\.\d)?)?)(-(glibc|musl|uclibc|\d))*$/,
  megabytes: 2,
  cmd: ['sh'],
  env: { PATH },
  base: busyboxBase,
}
