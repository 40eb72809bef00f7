/** agnhost: what is in its image. */
import { lazily } from '../../../programs.ts'
import { alpineBase, executable, type Image, PATH } from '../../image.ts'

const agnhost = lazily(
  () => import('./program.ts'),
  m => m.agnhost,
)

/** In the form of such a file; what it holds means nothing. */
const pem = (what: string): string =>
  `-----BEGIN ${what}-----\n${btoa(`agnhost's own ${what.toLowerCase()}`)}\n-----END ${what}-----\n`

export const agnhostImage: Image = {
  repositories: [
    'registry.k8s.io/e2e-test-images/agnhost',
    'k8s.gcr.io/e2e-test-images/agnhost',
    'registry.k8s.io/agnhost',
    'gcr.io/kubernetes-e2e-test-images/agnhost',
  ],
  tags: /^2\.\d+(\.\d+)?$/,
  megabytes: 50,
  entrypoint: ['/agnhost'],
  cmd: ['pause'],
  env: { PATH },
  exposedPorts: [80, 8080, 8081, 9376, 5000],
  base: alpineBase('3.21.0'),
  files(root) {
    // The second name is there to tell whether a command was replaced.
    for (const path of ['/agnhost', '/agnhost-2']) executable(root, path, 'agnhost')
    for (const tool of ['curl', 'dig', 'host', 'nc', 'nslookup']) executable(root, `/usr/bin/${tool}`, `gnu/${tool}`)
    root.mkdir('/uploads')
    // For tests of the groups that an image gives a user.
    root.write('/etc/passwd', `${root.read('/etc/passwd')}user-defined-in-image:x:1000:1000::/home:/bin/sh\n`)
    root.write(
      '/etc/group',
      `${root.read('/etc/group')}user-defined-in-image:x:1000:\ngroup-defined-in-image:x:50000:user-defined-in-image\n`,
    )
    root.write('/localhost.crt', pem('CERTIFICATE'))
    root.write('/localhost.key', pem('PRIVATE KEY'), { mode: 0o600 })
  },
  programs: { agnhost },
}

/** Images that Kubernetes' own tests tell apart by what they serve: agnhost with one picture more. */
const served = (animal: string): Image => ({
  ...agnhostImage,
  repositories: [`registry.k8s.io/e2e-test-images/${animal}`],
  tags: /^1\.\d+$/,
  cmd: ['test-webserver'],
  files(root, tag) {
    agnhostImage.files?.(root, tag)
    root.write('/data.json', `{\n  "image": "${animal}.jpg"\n}\n`)
    root.write(`/${animal}.jpg`, 'pictures are not simulated\n')
  },
})
export const kitten = served('kitten')
export const nautilus = served('nautilus')
