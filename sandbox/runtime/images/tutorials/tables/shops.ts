/** The applications of several services that service meshes and clouds are shown with. */
import { alpine, debian, type SmallServer } from './row.ts'

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

export const SHOPS: readonly SmallServer[] = [
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
    name: 'tcp-echo',
    repositories: 'docker.io/istio/tcp-echo-server',
    tags: /^1\.[1-3]$/,
    megabytes: 2,
    port: 9000,
  },
]
