/** agnhost net: connections of which one side has finished sending and the other has not, for tests of the node's NAT. */
import type { Connection } from '../../../../network/network.ts'
import { resolveHost } from '../../../commands/network/resolve.ts'
import { isErrno } from '../../../errno.ts'
import { dial } from '../../../network/http-client.ts'
import { forever } from '../../../network/serving.ts'
import type { Process } from '../../../processes/process.ts'
import { addressOf, exitWith, fatal, fault, klog, listenAt, log, type Subcommand, text } from './go.ts'

type Kind = 'string' | 'number' | 'boolean'
type Values = Readonly<Record<string, string | number | boolean>>

interface Runner {
  /** Go's name of its options, and their kinds. */
  options: { struct: string; fields: Readonly<Record<string, Kind>> }
  /** @returns what went wrong */
  run(process: Process, options: Values, note: (line: number, words: string) => void): Promise<string | undefined>
}

const STANDARD: Readonly<Record<Kind, string | number | boolean>> = { string: '', number: 0, boolean: false }
const GO_KIND: Readonly<Record<Kind, string>> = { string: 'string', number: 'int', boolean: 'bool' }

const RUNNERS: Readonly<Record<string, Runner>> = {
  'nat-closewait-client': {
    options: {
      struct: 'CloseWaitClientOptions',
      fields: {
        RemoteAddr: 'string',
        TimeoutSeconds: 'number',
        PostFinTimeoutSeconds: 'number',
        LeakConnection: 'boolean',
      },
    },
    async run(process, options, note) {
      note(151, `Run &{${Object.values(options).join(' ')}}`)
      const address = String(options.RemoteAddr)
      const at = addressOf(address)
      if (typeof at === 'string') return at
      const ip = at.host ? resolveHost(process, at.host).ips[0] : '127.0.0.1'
      if (ip === undefined) return `dial tcp: lookup ${at.host}: no such host`
      const opened = await process.block<{ connection: Connection } | { error: string }>(wake =>
        dial(process.clock, process.net, { ip, port: at.port }, Number.POSITIVE_INFINITY, wake),
      )
      if ('error' in opened) return opened.error
      const { connection } = opened
      note(166, 'Connected to server')
      const seconds = Number(options.TimeoutSeconds)
      const { local, remote } = connection
      const heard = await process.block<'end' | 'data' | 'late'>(wake => {
        const timer = seconds > 0 ? process.clock.after(seconds * 1000, () => wake('late')) : undefined
        connection.onData(() => wake('data'))
        connection.onClose(() => wake('end'))
        return () => process.clock.cancel(timer)
      })
      const close = (): void => {
        if (!options.LeakConnection) connection.close()
      }
      if (heard !== 'end') {
        close()
        return heard === 'data'
          ? 'Got data but expected EOF'
          : `read tcp ${local.ip}:${local.port}->${remote.ip}:${remote.port}: i/o timeout`
      }
      note(184, `Server has half-closed the connection, waiting ${options.PostFinTimeoutSeconds} seconds`)
      if (options.LeakConnection) note(188, 'Leaking client connection (assigning to global variable)')
      await process.sleep(Number(options.PostFinTimeoutSeconds) * 1000)
      note(195, 'Done')
      close()
      return undefined
    },
  },
  'nat-closewait-server': {
    options: { struct: 'CloseWaitServerOptions', fields: { LocalAddr: 'string', PostFinTimeoutSeconds: 'number' } },
    async run(process, options, note) {
      note(75, `Run &{${Object.values(options).join(' ')}}`)
      const address = String(options.LocalAddr)
      const at = addressOf(address)
      if (typeof at === 'string') return at
      let accepted: (() => void) | undefined
      try {
        const listener = process.net.listen(
          'TCP',
          at.port,
          connection => {
            // Its end is sent at once; what the client holds open is closed when the test is over.
            connection.close()
            accepted?.()
          },
          at.host || '::',
        )
        note(88, `Server listening on ${address}`)
        await process.block<void>(wake => {
          accepted = () => wake()
        })
        listener.close()
      } catch (error) {
        if (!isErrno(error) && !(error instanceof Error)) throw error
        return `listen tcp ${address}: bind: ${error.message.toLowerCase()}`
      }
      note(96, 'Client connected')
      note(105, `Server sent FIN, waiting ${options.PostFinTimeoutSeconds} seconds`)
      await process.sleep(Number(options.PostFinTimeoutSeconds) * 1000)
      note(110, 'Done')
      return undefined
    },
  },
}

/** Options from JSON, those that are missing as Go has them. @returns what Go says of what is none */
function optionsOf({ options: { struct, fields } }: Runner, json: string): Values | string {
  let read: unknown
  try {
    read = JSON.parse(json)
  } catch {
    return json.trim() && !/[{[,:"]\s*$/.test(json) ? 'invalid character in options' : 'unexpected end of JSON input'
  }
  const goKind = (value: unknown): string =>
    Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value
  if (read === null) read = {}
  if (typeof read !== 'object' || Array.isArray(read))
    return `json: cannot unmarshal ${goKind(read)} into Go value of type nat.${struct}`
  const values: Record<string, string | number | boolean> = {}
  for (const [name, kind] of Object.entries(fields)) {
    const given =
      Object.entries(read as object).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1] ?? STANDARD[kind]
    const is: string = typeof given
    if (is !== kind)
      return `json: cannot unmarshal ${goKind(given)} into Go struct field ${struct}.${name} of type ${GO_KIND[kind]}`
    values[name] = given as string | number | boolean
  }
  return values
}

/** Go's log of this subcommand names lines of its own source. */
const logAt = (process: Process, line: number, words: string): void => log(process, `main.go:${line}: ${words}`)

async function execute(process: Process, name: string, json: string): Promise<{ output: string; problem?: string }> {
  const runner = Object.hasOwn(RUNNERS, name) ? RUNNERS[name] : undefined
  if (!runner) return { output: '', problem: "Invalid runner: '<nil>', see --help" }
  const options = optionsOf(runner, json)
  if (typeof options === 'string') return { output: '', problem: `Invalid options JSON: ${options}` }
  const pairs = Object.entries(options).map(([key, value]) => `${key}:${value}`)
  logAt(process, 140, `Options: &{${pairs.join(' ')}}`)
  let output = ''
  const problem = await runner.run(process, options, (line, words) => {
    output += `# closewait.go:${line}: ${words}\n`
  })
  return { output, ...(problem !== undefined && { problem }) }
}

export const net: Subcommand = async (process, flags) => {
  const [runner, serve] = [flags.text('runner'), flags.text('serve')]
  const delay = flags.number('delay-shutdown')
  if (!runner && !serve) return fatal(process, 'Must set either --runner or --serve, see --help')
  if (delay > 0)
    process.on('TERM', () => {
      log(process, `Sleeping ${delay} seconds before terminating...`)
      process.clock.after(delay * 1000, () => exitWith(process, 0))
    })
  if (!serve) {
    const { output, problem } = await execute(process, runner, flags.text('options'))
    if (problem !== undefined) logAt(process, 113, `Error: ${problem}`)
    await process.write(1, `output:\n\n${output}`)
    return problem === undefined ? 0 : 1
  }
  logAt(process, 119, `Running server on ${serve}`)
  const failed = await listenAt(
    process,
    serve,
    ({ path, body }, respond) => {
      if (!path.startsWith('/run/')) return respond(fault('404 page not found', 404))
      const parts = path.split('/')
      if (parts.length !== 3) return respond(fault(`invalid request to run: [${parts.join(' ')}]`, 400))
      if (!body) return respond(fault('Missing request body', 400))
      process.spawn({
        argv: process.argv,
        program: async thread => {
          const { output, problem } = await execute(thread, parts[2]!, body)
          respond(
            problem === undefined
              ? text(`ok\noutput:\n\n${output}`)
              : fault(`Error from runner: ${problem}\noutput:\n\n${output}`, 500),
          )
          return 0
        },
      })
    },
    problem => process.write(2, klog(process, `main.go:120: ${problem}`)).then(() => 1),
  )
  return failed ?? forever(process)
}
