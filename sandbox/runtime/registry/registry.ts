/** The image registries of the world, as far as they are simulated: which image a name means, or why there is none. */
import { RuntimeError } from '../cri.ts'
import { type DeclaredImage, declaredImage } from '../images/declared/declared.ts'
import type { Image } from '../images/image.ts'
import { IMAGES } from '../images/index.ts'
import { tagOf } from './digest.ts'
import { familiar, type ImageReference, parseReference } from './reference.ts'

const BY_REPOSITORY = new Map<string, Image>()
for (const image of IMAGES) for (const repository of image.repositories) BY_REPOSITORY.set(repository, image)

/** Declared images as images, made once. */
const made = new WeakMap<DeclaredImage, Image>()

function declaredAs(repository: string, declared: readonly DeclaredImage[]): Image | undefined {
  const found = declared.find(d => parseReference(d.name)?.repository === repository)
  if (!found) return undefined
  let image = made.get(found)
  if (!image) made.set(found, (image = declaredImage(found, repository)))
  return image
}

/** Registries that have the images of another, under names of their own. */
const MIRRORS: readonly (readonly [prefix: string, of: string])[] = [
  ['public.ecr.aws/docker/library/', 'docker.io/library/'],
  ['mirror.gcr.io/library/', 'docker.io/library/'],
  ['k8s.gcr.io/', 'registry.k8s.io/'],
  ['gcr.io/google_containers/', 'registry.k8s.io/'],
  ['gcr.io/google-containers/', 'registry.k8s.io/'],
  ['gcr.io/google_samples/', 'gcr.io/google-samples/'],
  ['mcr.microsoft.com/mirror/docker/library/', 'docker.io/library/'],
  ['public.ecr.aws/bitnami/', 'docker.io/bitnami/'],
  ['quay.io/bitnami/', 'docker.io/bitnami/'],
  ['public.ecr.aws/hashicorp/', 'docker.io/hashicorp/'],
  ['registry.aliyuncs.com/google_containers/', 'registry.k8s.io/'],
  ['registry.cn-hangzhou.aliyuncs.com/google_containers/', 'registry.k8s.io/'],
  ['registry.lank8s.cn/', 'registry.k8s.io/'],
  ['k8s.m.daocloud.io/', 'registry.k8s.io/'],
  ['docker.m.daocloud.io/', 'docker.io/'],
  ['m.daocloud.io/', ''],
  ['dockerproxy.com/', 'docker.io/'],
  ['hub.c.163.com/library/', 'docker.io/library/'],
]

function known(repository: string): Image | undefined {
  const own = BY_REPOSITORY.get(repository)
  if (own) return own
  const mirror = MIRRORS.find(([prefix]) => repository.startsWith(prefix))
  return mirror && BY_REPOSITORY.get(mirror[1] + repository.slice(mirror[0].length))
}

/** Registries that exist; a name at any other does not even resolve. */
const REGISTRIES = new Set([
  ...MIRRORS.map(([prefix]) => prefix.split('/')[0]!),
  'docker.io',
  'registry.k8s.io',
  'k8s.gcr.io',
  'gcr.io',
  'eu.gcr.io',
  'us.gcr.io',
  'quay.io',
  'ghcr.io',
  'public.ecr.aws',
  'mcr.microsoft.com',
  'us-docker.pkg.dev',
  'mirror.gcr.io',
  'registry.access.redhat.com',
  'registry.gitlab.com',
  'docker.elastic.co',
  'cr.fluentbit.io',
  'cgr.dev',
  'registry.cn-beijing.aliyuncs.com',
  'registry.cn-shanghai.aliyuncs.com',
  'ccr.ccs.tencentyun.com',
  'swr.cn-north-4.myhuaweicloud.com',
  'nvcr.io',
])

/** The world's registries, which all nodes share. */
export interface Registries {
  /** Whether they answer; one that is down answers with 503. */
  up: boolean
}

/** Docker's registry is not at the address that names of images bear. */
const hostOf = ({ domain }: ImageReference): string => (domain === 'docker.io' ? 'registry-1.docker.io' : domain)

const pathOf = ({ domain, repository }: ImageReference): string => repository.slice(domain.length + 1)

/** Where a node asks for an image first. */
const manifestOf = (reference: ImageReference): string =>
  `https://${hostOf(reference)}/v2/${pathOf(reference)}/manifests/${reference.tag ?? reference.digest}`

/** What registries say of a repository that is not theirs to show, where they say it otherwise than Docker's does. */
const REFUSALS: Readonly<Record<string, (reference: ImageReference) => string>> = {
  'ghcr.io': reference => {
    const scope = encodeURIComponent(`repository:${pathOf(reference)}:pull`)
    const request = `GET request to https://ghcr.io/token?scope=${scope}&service=ghcr.io`
    return `failed to authorize: failed to fetch anonymous token: unexpected status from ${request}: 403 Forbidden`
  },
  'quay.io': reference => `unexpected status from HEAD request to ${manifestOf(reference)}: 401 UNAUTHORIZED`,
}

/** Why nobody answers there: the node itself has no registry, other addresses are silent, and names are unknown. */
function undialled(domain: string): string {
  const [, host = '', port = '443'] = /^(.*?)(?::(\d+))?$/.exec(domain) ?? []
  if (host === 'localhost') return ` [::1]:${port}: connect: connection refused`
  if (/^127\.[\d.]+$/.test(host)) return ` ${host}:${port}: connect: connection refused`
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return ` ${host}:${port}: i/o timeout`
  return `: lookup ${host} on 127.0.0.53:53: no such host`
}

export interface Resolved {
  image: Image
  reference: ImageReference
  tag: string
}

/** @param declared images besides those of the world; they come first  @throws RuntimeError with containerd's words */
export function resolveImage(
  name: string,
  declared: readonly DeclaredImage[] = [],
  registries: Registries = { up: true },
): Resolved {
  const reference = parseReference(name)
  if (!reference)
    throw new RuntimeError('InvalidArgument', `failed to parse image name "${name}": invalid reference format`)
  const full = familiar(reference)
  const failed = (code: string, why: string): RuntimeError =>
    new RuntimeError(code, `failed to pull and unpack image "${full}": failed to resolve image: ${why}`)
  const image = declaredAs(reference.repository, declared) ?? known(reference.repository)
  if (!registries.up && (image || REGISTRIES.has(reference.domain))) {
    const url = manifestOf(reference)
    throw failed('Unknown', `unexpected status from HEAD request to ${url}: 503 Service Unavailable`)
  }
  if (image) {
    // Beside a digest a tag is no more than a note. Few digests of the real images are known here: then the note has to do.
    const { digest } = reference
    const tag = (digest && (tagOf(image.repositories[0] ?? '', digest) ?? image.digests?.[digest])) ?? reference.tag
    if (!tag || !image.tags.test(tag)) throw failed('NotFound', `${full}: not found`)
    return { image, reference, tag }
  }
  if (!REGISTRIES.has(reference.domain)) {
    const why = `dial tcp${undialled(reference.domain)}`
    throw failed('Unknown', `failed to do request: Head "${manifestOf(reference)}": ${why}`)
  }
  if (reference.domain === 'registry.k8s.io' || reference.domain === 'k8s.gcr.io')
    throw failed('NotFound', `${full}: not found`)
  const refused = REFUSALS[reference.domain]
  if (refused) throw failed('Unknown', refused(reference))
  throw failed(
    'Unknown',
    'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
  )
}
