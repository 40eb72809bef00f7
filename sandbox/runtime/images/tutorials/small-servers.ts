/** Servers that answer every request with a line or two: what tutorials deploy. What they say is in `small-server-programs.ts`. */
import { binary, type CarryingProgram } from '../../programs.ts'
import { alpineBase, type Base, debianBase, type Image, PATH, SLIM_LACKS, scratch } from '../image.ts'

interface SmallServer {
  name: string
  repositories: string
  tags: RegExp
  megabytes: number
  port: number
  base?: Base
  /** What it answers depends on the tag. */
  byTag?: boolean
}

const alpine = alpineBase()
const debian = debianBase(undefined, SLIM_LACKS)
const GKE = 'us-docker.pkg.dev/google-samples/containers/gke'

/** Google's Online Boutique, and Weaveworks' Sock Shop. */
const BOUTIQUE: readonly (readonly [name: string, port: number])[] = [
  ['frontend', 8080],
  ['adservice', 9555],
  ['cartservice', 7070],
  ['checkoutservice', 5050],
  ['currencyservice', 7000],
  ['emailservice', 8080],
  ['paymentservice', 50_051],
  ['productcatalogservice', 3550],
  ['recommendationservice', 8080],
  ['shippingservice', 50_051],
  ['loadgenerator', 0],
]
const BOUTIQUE_HOSTS = [
  'gcr.io/google-samples',
  'us-central1-docker.pkg.dev/google-samples',
  'us-central1-docker.pkg.dev/online-boutique-ci',
]
const SOCKS = ['front-end', 'carts', 'catalogue', 'orders', 'payment', 'queue-master', 'shipping', 'user']

const SERVERS: readonly SmallServer[] = [
  {
    name: 'hello-app',
    repositories: `gcr.io/google-samples/hello-app ${GKE}/hello-app ${GKE}/hello-app-cdn`,
    tags: /^[12]\.0$/,
    megabytes: 5,
    port: 8080,
    base: alpine,
    byTag: true,
  },
  {
    name: 'hello-go-gke',
    repositories: `gcr.io/google-samples/hello-go-gke ${GKE}/hello-go-gke`,
    tags: /^1\.0$/,
    megabytes: 5,
    port: 80,
  },
  {
    name: 'node-hello',
    repositories: 'gcr.io/google-samples/node-hello',
    tags: /^[12]\.0$/,
    megabytes: 250,
    port: 8080,
    base: debian,
  },
  {
    name: 'gb-frontend',
    repositories: `gcr.io/google-samples/gb-frontend gcr.io/google_samples/gb-frontend ${GKE}/gb-frontend`,
    tags: /^v[3-6]$/,
    megabytes: 190,
    port: 80,
    base: debian,
    byTag: true,
  },
  {
    name: 'guestbook',
    repositories: 'registry.k8s.io/guestbook k8s.gcr.io/guestbook',
    tags: /^v[1-4]$/,
    megabytes: 10,
    port: 3000,
  },
  {
    name: 'kubernetes-bootcamp',
    repositories: 'gcr.io/google-samples/kubernetes-bootcamp docker.io/jocatalin/kubernetes-bootcamp',
    tags: /^(v1|v2|latest)$/,
    megabytes: 80,
    port: 8080,
    base: alpine,
    byTag: true,
  },
  {
    name: 'hpa-example',
    repositories: 'registry.k8s.io/hpa-example k8s.gcr.io/hpa-example',
    tags: /^latest$/,
    megabytes: 160,
    port: 80,
    base: alpine,
  },
  {
    name: 'http-echo',
    repositories: 'docker.io/hashicorp/http-echo',
    tags: /^(latest|alpine|0\.\d\.\d|1\.0(\.0)?)$/,
    megabytes: 4,
    port: 5678,
  },
  {
    name: 'echoserver',
    repositories:
      'registry.k8s.io/echoserver k8s.gcr.io/echoserver gcr.io/google_containers/echoserver registry.k8s.io/e2e-test-images/echoserver',
    tags: /^(1\.\d+|2\.\d)$/,
    megabytes: 45,
    port: 8080,
    base: alpine,
  },
  {
    name: 'whoami',
    repositories: 'docker.io/traefik/whoami docker.io/containous/whoami',
    tags: /^(latest|v1\.\d+(\.\d)?)$/,
    megabytes: 3,
    port: 80,
  },
  {
    name: 'kuard',
    repositories: 'gcr.io/kuar-demo/kuard-amd64',
    tags: /^(1|2|3|blue|green|purple)$/,
    megabytes: 12,
    port: 8080,
    base: alpine,
    byTag: true,
  },
  {
    name: 'nginx-hello',
    repositories: 'docker.io/nginxdemos/hello docker.io/nginxdemos/nginx-hello',
    tags: /^(latest|plain-text|\d[\d.]*(-plain-text)?)$/,
    megabytes: 16,
    port: 80,
    base: alpine,
    byTag: true,
  },
  {
    name: 'podinfo',
    repositories: 'docker.io/stefanprodan/podinfo ghcr.io/stefanprodan/podinfo',
    tags: /^(latest|[1-6](\.\d+){0,2})$/,
    megabytes: 18,
    port: 9898,
    base: alpine,
    byTag: true,
  },
  {
    name: 'hello-kubernetes',
    repositories: 'docker.io/paulbouwer/hello-kubernetes',
    tags: /^(latest|1\.\d+(\.\d+)?)$/,
    megabytes: 40,
    port: 8080,
    base: alpine,
  },
  {
    name: 'hello-world-page',
    repositories:
      'docker.io/tutum/hello-world docker.io/dockercloud/hello-world docker.io/dockersamples/static-site mcr.microsoft.com/azuredocs/aks-helloworld docker.io/docker/getting-started docker.io/rancher/hello-world',
    tags: /^(latest|v1)$/,
    megabytes: 9,
    port: 80,
    base: alpine,
  },
  {
    name: 'serve_hostname',
    repositories:
      'registry.k8s.io/serve_hostname registry.k8s.io/serve-hostname registry.k8s.io/e2e-test-images/serve-hostname',
    tags: /^(latest|v?\d\.\d(\.\d)?)$/,
    megabytes: 3,
    port: 9376,
  },
  {
    name: 'webapp-color',
    repositories: 'docker.io/kodekloud/webapp-color docker.io/mmumshad/simple-webapp-color',
    tags: /^(latest|v[1-3])$/,
    megabytes: 32,
    port: 8080,
    base: alpine,
    byTag: true,
  },
  {
    name: 'azure-vote-front',
    repositories: 'mcr.microsoft.com/azuredocs/azure-vote-front docker.io/microsoft/azure-vote-front',
    tags: /^(latest|v[12])$/,
    megabytes: 340,
    port: 80,
    base: debian,
  },
  {
    name: 'kubia',
    repositories: 'docker.io/luksa/kubia',
    tags: /^(latest|v[1-4])$/,
    megabytes: 250,
    port: 8080,
    base: debian,
    byTag: true,
  },
  {
    name: 'echo-server',
    repositories: 'docker.io/jmalloc/echo-server',
    tags: /^(latest|0\.\d\.\d)$/,
    megabytes: 3,
    port: 8080,
  },
  {
    name: 'json-echo',
    repositories: 'docker.io/ealen/echo-server docker.io/mendhak/http-https-echo',
    tags: /^(latest|\d+|0\.\d\.\d)$/,
    megabytes: 30,
    port: 80,
    base: alpine,
  },
  {
    name: 'httpbin',
    repositories: 'docker.io/kennethreitz/httpbin docker.io/kong/httpbin',
    tags: /^(latest|[\d.]+)$/,
    megabytes: 150,
    port: 80,
    base: debian,
  },
  {
    name: 'go-httpbin',
    repositories: 'docker.io/mccutchen/go-httpbin ghcr.io/mccutchen/go-httpbin',
    tags: /^(latest|v?\d[\d.]*)$/,
    megabytes: 12,
    port: 8080,
  },
  {
    name: 'goproxy',
    repositories: 'registry.k8s.io/goproxy k8s.gcr.io/goproxy',
    tags: /^0\.1$/,
    megabytes: 2,
    port: 8080,
  },
  {
    name: 'echo-server-kicbase',
    repositories: 'docker.io/kicbase/echo-server',
    tags: /^(latest|1\.0)$/,
    megabytes: 3,
    port: 8080,
  },
  {
    name: 'server',
    repositories: 'registry.k8s.io/liveness k8s.gcr.io/liveness docker.io/cnych/liveness',
    tags: /^(latest|0\.\d)$/,
    megabytes: 4,
    port: 8080,
  },
  {
    name: 'test-webserver',
    repositories: 'registry.k8s.io/test-webserver gcr.io/google_containers/test-webserver',
    tags: /^[\w.-]+$/,
    megabytes: 2,
    port: 80,
  },
  {
    name: 'kubia-unhealthy',
    repositories: 'docker.io/luksa/kubia-unhealthy',
    tags: /^latest$/,
    megabytes: 250,
    port: 8080,
    base: debian,
  },
  {
    name: 'kubia-pet',
    repositories: 'docker.io/luksa/kubia-pet docker.io/luksa/kubia-pet-peers docker.io/luksa/kubia-pet-image',
    tags: /^(latest|v\d)$/,
    megabytes: 250,
    port: 8080,
    base: debian,
  },
  {
    name: 'rollouts-demo',
    repositories: 'docker.io/argoproj/rollouts-demo',
    tags: /^(blue|green|yellow|orange|red|purple|(bad|slow)-(blue|green|yellow|orange|red|purple))$/,
    megabytes: 6,
    port: 8080,
    byTag: true,
  },
  ...['productpage-v1', 'details-v1', 'ratings-v1', 'reviews-v1', 'reviews-v2', 'reviews-v3'].map(part => ({
    name: `bookinfo-${part}`,
    repositories: `docker.io/istio/examples-bookinfo-${part} registry.istio.io/release/examples-bookinfo-${part}`,
    tags: /^[\d.]+(-distroless)?$/,
    megabytes: 70,
    port: 9080,
    base: debian,
  })),
  {
    name: 'helloworld-istio',
    repositories:
      'docker.io/istio/examples-helloworld-v1 docker.io/istio/examples-helloworld-v2 registry.istio.io/release/examples-helloworld-v1 registry.istio.io/release/examples-helloworld-v2',
    tags: /^(latest|[\d.]+)$/,
    megabytes: 50,
    port: 5000,
    base: debian,
  },
  {
    name: 'vote',
    repositories:
      'docker.io/dockersamples/examplevotingapp_vote docker.io/kodekloud/examplevotingapp_vote docker.io/kodekloud/vote',
    tags: /^(latest|before|after|v\d)$/,
    megabytes: 60,
    port: 80,
    base: debian,
  },
  {
    name: 'result',
    repositories: 'docker.io/dockersamples/examplevotingapp_result docker.io/kodekloud/examplevotingapp_result',
    tags: /^(latest|before|after|v\d)$/,
    megabytes: 90,
    port: 80,
    base: debian,
  },
  {
    name: 'webapp-conntest',
    repositories: 'docker.io/kodekloud/webapp-conntest',
    tags: /^latest$/,
    megabytes: 30,
    port: 8080,
    base: alpine,
  },
  {
    name: 'ecommerce',
    repositories: 'docker.io/kodekloud/ecommerce',
    tags: /^(apparels|video|pay|404|wear|food|streaming)$/,
    megabytes: 40,
    port: 8080,
    base: alpine,
    byTag: true,
  },
  {
    name: 'simple-webapp',
    repositories:
      'docker.io/kodekloud/simple-webapp docker.io/kodekloud/simple-webapp-mysql docker.io/kodekloud/rollout-app docker.io/mmumshad/simple-webapp',
    tags: /^(latest|v[1-4])$/,
    megabytes: 32,
    port: 8080,
    base: alpine,
  },
  {
    name: 'bmuschko-node',
    repositories: 'docker.io/bmuschko/nodejs-hello-world docker.io/bmuschko/nodejs-read-config',
    tags: /^(latest|\d\.\d\.\d)$/,
    megabytes: 90,
    port: 3000,
    base: alpine,
  },
  {
    name: 'k8sbook',
    repositories:
      'docker.io/nigelpoulton/k8sbook docker.io/nigelpoulton/getting-started-k8s docker.io/nigelpoulton/ps-pod docker.io/nigelpoulton/pluralsight-docker-ci docker.io/nigelpoulton/acg-web',
    tags: /^(latest|edge|\d\.\d|0\.1)$/,
    megabytes: 60,
    port: 8080,
    base: alpine,
  },
  {
    name: 'aspnetapp',
    repositories: 'mcr.microsoft.com/dotnet/samples mcr.microsoft.com/dotnet/core/samples',
    tags: /^aspnetapp([-\w.]*)$/,
    megabytes: 50,
    port: 8080,
    base: alpine,
  },
  ...BOUTIQUE.map(([name, port]) => ({
    name: `boutique-${name}`,
    repositories: BOUTIQUE_HOSTS.map(host => `${host}/microservices-demo/${name}`).join(' '),
    tags: /^v\d+(\.\d+)*([-.][\w.]+)*$/,
    megabytes: 30,
    port,
    base: alpine,
  })),
  ...SOCKS.map(name => ({
    name: `socks-${name}`,
    repositories: `docker.io/weaveworksdemos/${name}`,
    tags: /^(latest|\d+\.\d+\.\d+|master-\w+)$/,
    megabytes: 80,
    port: name === 'front-end' ? 8079 : 80,
    base: alpine,
  })),
  {
    name: 'hellok8s',
    repositories: 'docker.io/guangzhengli/hellok8s',
    tags: /^(v[1-6]|liveness|bad)$/,
    megabytes: 8,
    port: 3000,
    byTag: true,
  },
  {
    name: 'wordpress',
    repositories: 'docker.io/library/wordpress',
    tags: /^(latest|apache|php[\d.]+(-apache)?|[4-6](\.\d+){0,2}(-php[\d.]+)?(-apache)?)$/,
    megabytes: 240,
    port: 80,
    base: debian,
  },
]

/** Loaded with the first of them that starts. */
let behaviours: typeof import('./small-server-programs.ts') | undefined

const serve =
  (name: string, port: number): CarryingProgram =>
  async (process, tag) => {
    behaviours ??= await process.load(import('./small-server-programs.ts'))
    return behaviours.serve(process, name, port, tag)
  }

export const smallServers: readonly Image[] = SERVERS.map(
  ({ name, repositories, tags, megabytes, port, base, byTag }) => ({
    repositories: repositories.split(' '),
    tags,
    megabytes,
    entrypoint: [`/${name}`],
    env: { PATH },
    exposedPorts: [port],
    base: base ?? scratch,
    files: (root, tag) => root.write(`/${name}`, binary(name, byTag ? tag : ''), { mode: 0o755 }),
    programs: { [name]: serve(name, port) },
  }),
)
