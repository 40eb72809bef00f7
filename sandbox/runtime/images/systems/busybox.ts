/** busybox: a shell and small tools, and nothing that runs for long by itself. */
import { lazily } from '../../programs.ts'
import { busyboxBase, executable, type Image, PATH } from '../image.ts'

/** Whose nslookup knows the search list. */
const OLD = /^1\.2[4-8]/

export const busybox: Image = {
  repositories: [
    'docker.io/library/busybox',
    'registry.k8s.io/e2e-test-images/busybox',
    'registry.k8s.io/busybox',
    'k8s.gcr.io/busybox',
    'gcr.io/google-containers/busybox',
  ],
  tags: /^(latest|stable|glibc|musl|uclibc|1(\.(2[4-9]|3[0-8])(\.\d)?)?)(-(glibc|musl|uclibc|\d))*$/,
  megabytes: 2,
  cmd: ['sh'],
  env: { PATH },
  base: busyboxBase,
  files(root, tag) {
    if (OLD.test(tag)) executable(root, '/bin/nslookup', 'libc-nslookup')
  },
  programs: {
    'libc-nslookup': lazily(
      () => import('../../commands/network/libc-nslookup.ts'),
      m => m.libcNslookup,
    ),
  },
}
