/** Images whose programs are given to the runtime by who builds the cluster: kubectl, and an API server as an example. */
import { alpineBase, type Base, debianBase, executable, type Image, PATH, scratch } from '../image.ts'

interface Variant {
  repositories: string
  base: Base
  /** Where the binary is. */
  path: string
  entrypoint?: readonly string[]
  cmd?: readonly string[]
  user?: string
  megabytes: number
  env?: Readonly<Record<string, string>>
}

const alpine = alpineBase()

/** Of the ambassador container of a book: the API at localhost, for who knows nothing of tokens. */
const AMBASSADOR =
  'exec /kubectl proxy --server="https://$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT" --certificate-authority=/var/run/secrets/kubernetes.io/serviceaccount/ca.crt --token="$(cat /var/run/secrets/kubernetes.io/serviceaccount/token)" --accept-paths="^.*"'

const VARIANTS: readonly Variant[] = [
  {
    repositories: 'docker.io/bitnami/kubectl docker.io/bitnamilegacy/kubectl',
    base: debianBase(),
    path: '/opt/bitnami/kubectl/bin/kubectl',
    entrypoint: ['kubectl'],
    cmd: ['--help'],
    user: '1001',
    megabytes: 110,
    env: { PATH: `/opt/bitnami/kubectl/bin:${PATH}`, HOME: '/' },
  },
  {
    repositories: 'registry.k8s.io/kubectl docker.io/rancher/kubectl',
    base: scratch,
    path: '/bin/kubectl',
    entrypoint: ['/bin/kubectl'],
    megabytes: 25,
  },
  {
    repositories: 'docker.io/alpine/kubectl docker.io/lachlanevenson/k8s-kubectl',
    base: alpine,
    path: '/usr/local/bin/kubectl',
    entrypoint: ['kubectl'],
    cmd: ['--help'],
    megabytes: 30,
  },
  {
    repositories: 'docker.io/alpine/k8s docker.io/dtzar/helm-kubectl',
    base: alpine,
    path: '/usr/local/bin/kubectl',
    cmd: ['sh'],
    megabytes: 160,
  },
  {
    repositories: 'docker.io/luksa/kubectl-proxy',
    base: alpine,
    path: '/kubectl',
    entrypoint: ['/bin/sh', '-c', AMBASSADOR],
    megabytes: 30,
  },
]

/** An API server to be put behind an APIService; given to the runtime as kubectl is. */
export const sampleApiserver: Image = {
  repositories: [
    'registry.k8s.io/e2e-test-images/sample-apiserver',
    'k8s.gcr.io/e2e-test-images/sample-apiserver',
    'gcr.io/kubernetes-e2e-test-images/sample-apiserver',
  ],
  tags: /^v?\d+\.\d+(\.\d+)?$/,
  megabytes: 25,
  entrypoint: ['/kube-sample-apiserver'],
  env: { PATH },
  base: scratch,
  files: root => executable(root, '/kube-sample-apiserver', 'sample-apiserver'),
}

export const kubectlImages: readonly Image[] = VARIANTS.map(
  ({ repositories, base, path, entrypoint, cmd, user, megabytes, env = { PATH } }) => ({
    repositories: repositories.split(' '),
    tags: /^(latest|v?\d+(\.\d+){0,2}[\w.-]*)$/,
    megabytes,
    ...(entrypoint && { entrypoint }),
    ...(cmd && { cmd }),
    ...(user && { user }),
    env,
    base,
    files: root => executable(root, path, 'kubectl'),
  }),
)
