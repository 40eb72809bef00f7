/** Paths of no kind: what the server tells of itself, its groups and their versions. */
import { FORMS, idsOf, OLD_FORMS, type Operation, type PathItem } from './operations.ts'

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.'

/** @param model what is answered; 'string' for text */
const told = (
  path: string,
  tag: string,
  operation: Pick<Operation, 'id' | 'description'>,
  model: string,
  { produces, consumes = produces }: { produces: readonly string[]; consumes?: readonly string[] | undefined },
): PathItem => ({
  path,
  parameters: [],
  operations: [
    {
      method: 'get',
      tag,
      ...operation,
      parameters: [],
      produces,
      ...(consumes.length && { consumes }),
      answers: { 200: model },
    },
  ],
})

const old = { produces: OLD_FORMS }
const versions = 'get available API versions'

const rootOf = (group: string): string => (group ? `/apis/${group}/` : '/api/')

/** What a group says of its versions; of the group without a name, which these are. */
export function groupPath(group: string): PathItem {
  const { tag, id } = idsOf(group)
  const [what, description] = group ? ['APIGroup', 'get information of a group'] : ['APIVersions', versions]
  return told(rootOf(group), tag, { id: id('get', what), description }, `${META}${what}`, old)
}

/** What a version says of its resources. */
export function versionPath(group: string, version: string): PathItem {
  const { tag, id } = idsOf(group, version)
  const operation = { id: id('get', 'APIResources'), description: 'get available resources' }
  return told(`${rootOf(group)}${version}/`, tag, operation, `${META}APIResourceList`, { produces: FORMS })
}

/** Documents of v3 by their paths that are of no version. */
export const OF_NO_VERSION: Readonly<Record<string, PathItem>> = {
  '.well-known/openid-configuration': told(
    '/.well-known/openid-configuration/',
    'WellKnown',
    {
      id: 'getServiceAccountIssuerOpenIDConfiguration',
      description: "get service account issuer OpenID configuration, also known as the 'OIDC discovery doc'",
    },
    'string',
    { produces: ['application/json'], consumes: [] },
  ),
  api: groupPath(''),
  apis: told('/apis/', 'apis', { id: 'getAPIVersions', description: versions }, `${META}APIGroupList`, old),
  'openid/v1/jwks': told(
    '/openid/v1/jwks/',
    'openid',
    {
      id: 'getServiceAccountIssuerOpenIDKeyset',
      description: 'get service account issuer OpenID JSON Web Key Set (contains public token verification keys)',
    },
    'string',
    { produces: ['application/jwk-set+json'], consumes: [] },
  ),
  version: told(
    '/version/',
    'version',
    { id: 'getCodeVersion', description: 'get the version information for this server' },
    'io.k8s.apimachinery.pkg.version.Info',
    { produces: ['application/json'] },
  ),
}
