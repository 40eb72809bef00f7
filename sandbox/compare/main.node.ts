/**
 * Asks a real API server and ours the same questions, and prints where they answer otherwise.
 *   npm run compare -- --kubeconfig FILE [--by create|update|apply|merge|strategic] [--every N] [words …]
 *   npm run compare -- --kubeconfig FILE --stories|--record [words …]
 *   words      only manifests whose kind or name holds one of them, or stories whose name does
 *   --by       how a changed manifest is sent: as a new object, or to one that is there already
 *   --every    asks one question of so many, where the whole would take too long
 *   --stories  requests of every other sort, one after the other
 *   --record   keeps what the real server answers to them (recorded.json), which a test holds us to
 * Nothing is kept on the real one but, unless --by create, the objects of the manifests, and with --stories what is made in namespaces of their own. It should
 * be one that may be thrown away, with no objects of their names and no controllers running: the API server, etcd and the account `default` of the
 * namespace `default` are enough.
 */
import { parseArgs } from 'node:util'
import { helpIfAsked } from '../../tools/manual.mjs'
import { compareObjects, isWay } from './objects.node.ts'
import { own, realServer } from './servers.node.ts'
import { compareStories, record } from './stories.node.ts'

helpIfAsked(import.meta.filename)

const { values, positionals } = parseArgs({
  options: {
    kubeconfig: { type: 'string' },
    by: { type: 'string', default: 'create' },
    every: { type: 'string', default: '1' },
    stories: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
  },
  allowPositionals: true,
})
if (!values.kubeconfig) throw new Error('--kubeconfig FILE: which real cluster to ask')
const [real, ours] = [realServer(values.kubeconfig), await own()]
const servers = [real, ours.server] as const
if (values.record) await record(real, positionals)
else if (values.stories) await compareStories(servers, positionals, ours.pass)
else if (isWay(values.by))
  await compareObjects(servers, { words: positionals, by: values.by, every: Number(values.every) }, ours.pass)
else throw new Error(`--by ${values.by}: create, update, apply, merge or strategic`)
await ours.close()
