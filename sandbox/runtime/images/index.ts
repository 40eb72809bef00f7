/** All images that the registries of the simulation have. */

import { bitnamiImages } from './bitnami.ts'
import { zookeeper } from './brokers/zookeeper.ts'
import { addons } from './cluster/addons.ts'
import { daemons } from './daemons/daemons.ts'
import { cassandra } from './databases/cassandra.ts'
import { redis, redisReplicas } from './databases/redis/redis.ts'
import { xtrabackup } from './databases/xtrabackup.ts'
import type { Image } from './image.ts'
import { languages } from './languages/languages.ts'
import { busybox } from './systems/busybox.ts'
import { alpine, bash, debian, kubernetesDebian, others, ubuntu } from './systems/distributions.ts'
import { pause } from './systems/pause.ts'
import { agnhostImage, kitten, nautilus } from './test-images/agnhost/index.ts'
import { stressImages } from './test-images/stress.ts'
import { commandImages } from './tools/commands.ts'
import { kubectlImages, sampleApiserver } from './tools/kubectl.ts'
import {
  artifact,
  curlImage,
  distroless,
  helloWorld,
  netToolImages,
  nonewprivs,
  nonroot,
  socatImage,
} from './tools/tools.ts'

import { scripted } from './tutorials/scripted.ts'
import { smallServers } from './tutorials/small-servers.ts'
import { haproxyImage } from './web/haproxy/haproxy.ts'
import { httpdImage } from './web/httpd/httpd.ts'
import { nginxImage, nginxUnprivilegedImage } from './web/nginx/nginx.ts'
import { sites } from './web/nginx/sites.ts'

export const IMAGES: readonly Image[] = [
  busybox,
  alpine,
  debian,
  kubernetesDebian,
  ubuntu,
  ...others,
  bash,
  nginxImage,
  nginxUnprivilegedImage,
  ...sites,
  httpdImage,
  haproxyImage,
  pause,
  redis,
  ...redisReplicas,
  artifact,
  agnhostImage,
  ...stressImages,
  helloWorld,
  curlImage,
  ...commandImages,
  distroless,
  cassandra,
  zookeeper,
  xtrabackup,
  socatImage,
  ...netToolImages,
  kitten,
  nautilus,
  nonewprivs,
  nonroot,
  ...kubectlImages,
  sampleApiserver,
  ...addons,
  ...smallServers,
  ...scripted,
  ...daemons,
  ...languages,
  ...bitnamiImages,
]
