/** All images that the registries of the simulation have. */
import { agnhostImage, kitten, nautilus } from './agnhost/index.ts'
import { bitnamiImages } from './bitnami.ts'
import { busybox } from './busybox.ts'
import { cassandra } from './cassandra.ts'
import { daemons } from './daemons.ts'
import { alpine, bash, debian, others, ubuntu } from './distributions.ts'
import { httpdImage } from './httpd.ts'
import type { Image } from './image.ts'
import { kubectlImages, sampleApiserver } from './kubectl.ts'
import { languages } from './languages.ts'
import { helloFrontend, nginxImage, nginxUnprivilegedImage } from './nginx.ts'
import { pause } from './pause.ts'
import { redis, redisReplicas } from './redis.ts'
import { scripted } from './scripted.ts'
import { smallServers } from './small-servers.ts'
import { stressImages } from './stress.ts'
import { artifact, curlImage, distroless, dnsutils, helloWorld, nonewprivs, nonroot, socatImage } from './tools.ts'
import { xtrabackup } from './xtrabackup.ts'
import { zookeeper } from './zookeeper.ts'

export const IMAGES: readonly Image[] = [
  busybox,
  alpine,
  debian,
  ubuntu,
  ...others,
  bash,
  nginxImage,
  nginxUnprivilegedImage,
  helloFrontend,
  httpdImage,
  pause,
  redis,
  ...redisReplicas,
  artifact,
  agnhostImage,
  ...stressImages,
  helloWorld,
  curlImage,
  distroless,
  cassandra,
  zookeeper,
  xtrabackup,
  socatImage,
  dnsutils,
  kitten,
  nautilus,
  nonewprivs,
  nonroot,
  ...kubectlImages,
  sampleApiserver,
  ...smallServers,
  ...scripted,
  ...daemons,
  ...languages,
  ...bitnamiImages,
]
