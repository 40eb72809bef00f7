/** Kubernetes' resource consumer: uses as much CPU and memory as it is told to, for as long as it is told to. */
import type { Process } from '../../processes/process.ts'
import { type Answering, type Behaviour, text } from './small-server.ts'

const MIB = 1024 ** 2

/** Go's `http.Error`. */
const fault = (message: string, status: number) => text(`${message}\n`, status)

const SLICE_MS = 1000

/** Part of a core: so much of every second, in a process of its own as in the image. */
function consumeCpu(process: Process, millicores: number, seconds: number): void {
  const until = process.clock.now() + seconds * 1000
  process.spawn({
    argv: ['./consume-cpu/consume-cpu', `-millicores=${millicores}`, `-duration-sec=${seconds}`],
    async program(child) {
      const cores = Math.max(1, Math.ceil(millicores / 1000))
      for (let i = 1; i < cores; i++)
        child.spawn({ argv: child.argv, program: core => share(core, until, millicores / cores) })
      await share(child, until, millicores / cores)
    },
  })
}

/** @param millicores of one core */
async function share(process: Process, until: number, millicores: number): Promise<void> {
  while (process.clock.now() < until) {
    const began = process.clock.now()
    await process.compute(millicores)
    const rest = SLICE_MS - (process.clock.now() - began)
    if (rest > 0) await process.sleep(rest)
  }
}

function consumeMemory(process: Process, megabytes: number, seconds: number): void {
  process.spawn({
    argv: ['stress', '-m', '1', '--vm-bytes', `${megabytes}M`, '--vm-hang', '0', '-t', String(seconds)],
    async program(child) {
      child.memory = megabytes * MIB
      await child.sleep(seconds * 1000)
    },
  })
}

/** What has been raised with BumpMetric, by the servers that it was asked of. */
const metrics = new WeakMap<object, Map<string, number>>()

function metricsOf({ state }: Answering): Map<string, number> {
  let own = metrics.get(state)
  if (!own) metrics.set(state, (own = new Map()))
  return own
}

const INTEGER = /^[-+]?\d+$/

export const resourceConsumer: Behaviour = {
  plainLog: true,
  port: (process, port) => {
    const given = process.argv.find(word => /^--?port=/.test(word))
    return given ? Number(given.split('=')[1]) : port
  },
  answer(request, answering) {
    const { process } = answering
    process.on('CHLD', 'ignore')
    const all = metricsOf(answering)
    if (request.path === '/metrics')
      return text(
        [...all]
          .map(([name, value]) => `# HELP ${name} info message.\n# TYPE ${name} gauge\n${name} ${value.toFixed(6)}\n`)
          .join(''),
      )
    if (request.method !== 'POST') return fault('Bad request. Not a POST request', 400)
    const form = new URLSearchParams(request.body)
    const value = (name: string): string => form.get(name) ?? request.query.get(name) ?? ''
    const seconds = value('durationSec')
    const what = request.path.slice(1)
    const wanted: Readonly<Record<string, readonly string[]>> = {
      ConsumeCPU: ['millicores'],
      ConsumeMem: ['megabytes'],
      BumpMetric: ['metric', 'delta'],
      GetCurrentStatus: [],
    }
    const names = wanted[what]
    if (!names) return fault(`unknown function: ${request.path}`, 404)
    if (what === 'GetCurrentStatus') return text('Warning: not implemented!\nGetCurrentStatus')
    if (!seconds || names.some(name => !value(name))) return fault('not given function argument', 400)
    const amount = value(names.at(-1)!)
    const numeric = what === 'BumpMetric' ? Number.isFinite(Number(amount)) : INTEGER.test(amount)
    if (!INTEGER.test(seconds) || !numeric) return fault('incorrect function argument', 400)
    if (what === 'ConsumeCPU') consumeCpu(process, Number(amount), Number(seconds))
    else if (what === 'ConsumeMem') consumeMemory(process, Number(amount), Number(seconds))
    else {
      const name = value('metric')
      const add = (delta: number): void => void all.set(name, (all.get(name) ?? 0) + delta)
      add(Number(amount))
      process.clock.after(Number(seconds) * 1000, () => add(-Number(amount)))
    }
    return text(`${what}\n${names.map(name => `${value(name)} ${name}\n`).join('')}${seconds} durationSec\n`)
  },
}
