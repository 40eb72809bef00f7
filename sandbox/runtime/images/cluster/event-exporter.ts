/** event-exporter: watches the cluster's Events. What it would send to Google's logs, its own log tells, one line of JSON each. */
import type { Process, Program } from '../../processes/process.ts'
import { type InCluster, inCluster, NOT_IN_CLUSTER } from './api-client.ts'
import { klogLine } from './klog.ts'

const PATH = '/api/v1/events'
/** How long it waits before it begins anew when a watch has ended. */
const AGAIN_MS = 1000

export const eventExporter: Program = async process => {
  process.memory = 20_000_000
  const say = (level: 'I' | 'E' | 'F', text: string): Promise<void> =>
    process.write(2, klogLine(process, level, 'main.go:79', text))
  const api = inCluster(process, 'event-exporter')
  if (!api) {
    await say('F', `Failed to initialize kubernetes client: ${NOT_IN_CLUSTER}`)
    return 255
  }
  for (const signal of ['TERM', 'INT'] as const) process.on(signal, () => process.exit(0))
  await say('I', 'Starting the event exporter')
  for (;;) {
    const problem = await follow(process, api)
    if (problem !== undefined) await say('E', `Failed to list *v1.Event: ${problem}`)
    await process.sleep(AGAIN_MS)
  }
}

/** Events from now on, as long as the watch goes on; what was there before has been told by somebody else. */
async function follow(process: Process, api: InCluster): Promise<string | undefined> {
  const listed = await api.ask(`${PATH}?limit=1`)
  if ('problem' in listed) return listed.problem
  const { resourceVersion } = listed.value.metadata as { resourceVersion: string }
  let rest = ''
  const watched = await api.ask(`${PATH}?watch=true&resourceVersion=${resourceVersion}`, {
    live(piece) {
      const lines = (rest + piece).split('\n')
      rest = lines.pop()!
      for (const line of lines) void process.fds[1]?.write(process, entryOf(line))
    },
  })
  return 'problem' in watched ? watched.problem : undefined
}

interface Watched {
  type: string
  object: { type?: string; message?: string; reason?: string; metadata?: { namespace?: string } }
}

function entryOf(line: string): string {
  if (!line) return ''
  const { type, object } = JSON.parse(line) as Watched
  if (type !== 'ADDED' && type !== 'MODIFIED') return ''
  const severity = object.type === 'Warning' ? 'WARNING' : 'INFO'
  return `${JSON.stringify({ severity, resource: { type: 'gke_cluster' }, jsonPayload: object })}\n`
}
