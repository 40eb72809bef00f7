/**
 * sample-apiserver, as Kubernetes' own example of an API server behind an APIService: flunders and fischers, kept as long as
 * its process lives. It believes whom the API server in front of it names, and lets everybody do everything.
 */

import { ADMIN } from '../../api/authentication/user.ts'
import { renaming } from '../../api/custom/conversion.ts'
import { kindsOf } from '../../api/custom/kinds.ts'
import { kinds } from '../../api/kinds/index.ts'
import { ApiServer } from '../../api/server.ts'
import type { CustomResourceDefinition } from '../../api/types.ts'
import { Api } from '../../http/api.ts'
import { certificateOf } from '../../network/tls.ts'
import { forever } from '../../runtime/network/serving.ts'
import type { Program } from '../../runtime/processes/process.ts'
import { Store } from '../../store/store.ts'
import { converse } from '../api-connection.ts'

const GROUP = 'wardle.example.com'
const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }
const version = (name: string, storage = true) => ({
  name,
  served: true,
  storage,
  schema: { openAPIV3Schema: open },
  ...(storage && { subresources: { status: {} } }),
})

/** As definitions that have never changed. */
const DEFINITIONS = [
  {
    metadata: { name: `flunders.${GROUP}`, generation: 1 },
    spec: {
      group: GROUP,
      scope: 'Namespaced',
      names: { plural: 'flunders', singular: 'flunder', kind: 'Flunder' },
      versions: [version('v1alpha1'), version('v1beta1', false)],
    },
  },
  {
    metadata: { name: `fischers.${GROUP}`, generation: 1 },
    spec: {
      group: GROUP,
      scope: 'Cluster',
      names: { plural: 'fischers', singular: 'fischer', kind: 'Fischer' },
      versions: [version('v1alpha1')],
    },
  },
] as unknown as readonly CustomResourceDefinition[]

const flag = (argv: readonly string[], name: string): string | undefined => {
  const at = argv.findIndex(word => word === `--${name}` || word.startsWith(`--${name}=`))
  return at < 0 ? undefined : (argv[at]!.split('=', 2)[1] ?? argv[at + 1])
}

export const sampleApiserver: Program = async process => {
  const { argv, fs, clock, random, net } = process
  process.memory = 40_000_000
  const file = flag(argv, 'tls-cert-file') ?? 'apiserver.local.config/certificates/apiserver.crt'
  const certificate = fs.exists(file) ? certificateOf(fs.readFile(file)) : undefined
  if (!certificate) {
    await process.write(2, `Error: unable to load server certificate: open ${file}: no such file or directory\n`)
    return 1
  }
  const server = new ApiServer({
    clock,
    random: random.fork('sample-apiserver'),
    store: new Store(),
    kinds,
    admission: [],
  })
  for (const definition of DEFINITIONS)
    for (const kind of kindsOf(definition, renaming(definition))) server.addKind(kind)
  const api = new Api({ server })
  const port = Number(flag(argv, 'secure-port') ?? 443)
  net.listen('TCP', port, connection => converse({ clock, api, certificate, user: ADMIN }, connection, () => {}))
  await process.write(2, `Serving securely on [::]:${port}\n`)
  return forever(process)
}
