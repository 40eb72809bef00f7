/** agnhost: what is in its image. */
import { lazily } from '../programs.ts'
import { alpineBase, executable, type Image, PATH } from './image.ts'

const agnhost = lazily(
  () => import('./agnhost-program.ts'),
  m => m.agnhost,
)

export const agnhostImage: Image = {
  repositories: [
    'registry.k8s.io/e2e-test-images/agnhost',
    'k8s.gcr.io/e2e-test-images/agnhost',
    'registry.k8s.io/agnhost',
  ],
  tags: /^2\.\d+(\.\d+)?$/,
  megabytes: 50,
  entrypoint: ['/agnhost'],
  cmd: ['pause'],
  env: { PATH },
  exposedPorts: [80, 8080, 8081, 9376, 5000],
  base: alpineBase('3.21.0'),
  files(root) {
    executable(root, '/agnhost', 'agnhost')
    executable(root, '/usr/bin/curl', 'gnu/curl')
  },
  programs: { agnhost },
}
