/** agnhost no-snat-test and no-snat-test-proxy: whether other Pods see this one's own address. */
import { forever } from '../../../network/serving.ts'
import type { Process } from '../../../processes/process.ts'
import { type Got, getUrl, isAddress, listenAt, notFound, type Subcommand, text } from './go.ts'

const say = async (process: Process, words: string): Promise<number> => {
  await process.write(2, `${words}\n`)
  return 1
}

/** @returns what speaks against the address that another Pod has seen */
function verdict(got: Got, pod: string, node: string): string | undefined {
  if ('error' in got) return got.error
  const seen = got.body.split(':')[0]!
  const [returned, own, nodes] = [seen, pod, node].map(word => JSON.stringify(word))
  if (seen === pod) return undefined
  if (seen === node) return `Returned ip ${returned} != my Pod ip ${own}, == my Node ip ${nodes} - SNAT`
  return `Returned ip ${returned} != my Pod ip ${own} or my Node ip ${nodes} - SNAT to unexpected ip (possible SNAT through unexpected interface on the way into another node)`
}

const whoami = (process: Process, ip: string): Promise<Got> =>
  process.block(wake => {
    getUrl(process, ip, '/whoami', wake)
  })

export const noSnatTest: Subcommand = async (process, flags) => {
  const addresses: string[] = []
  for (const name of ['POD_IP', 'NODE_IP']) {
    const value = process.env[name]
    if (value === undefined) return say(process, `${name} env var was not present in the environment`)
    if (!isAddress(value))
      return say(process, `${name} env var contained ${JSON.stringify(value)}, which is not an IP address`)
    addresses.push(value)
  }
  const [pod, node] = addresses as [string, string]
  const failed = await listenAt(
    process,
    `:${flags.text('port')}`,
    ({ path, remote, query }, respond) => {
      if (path === '/whoami') return respond(text(`${remote.ip}:${remote.port}`))
      if (path !== '/checknosnat') return respond(notFound)
      return process.spawn({
        argv: process.argv,
        program: async thread => {
          const errors: string[] = []
          for (const ip of (query.get('ips') ?? '').split(',')) {
            const problem = verdict(await whoami(thread, ip), pod, node)
            if (problem !== undefined) errors.push(problem)
          }
          respond(errors.length ? text(errors.join(', '), 500) : text(''))
          return 0
        },
      })
    },
    problem => say(process, problem),
  )
  return failed ?? forever(process)
}

export const noSnatTestProxy: Subcommand = async (process, flags) => {
  const failed = await listenAt(
    process,
    `:${flags.text('port')}`,
    ({ path, query }, respond) => {
      if (path !== '/checknosnat') return respond(notFound)
      const [host, wanted] = [query.get('target') ?? '', `/checknosnat?ips=${query.get('ips') ?? ''}`]
      return getUrl(process, host, wanted, got =>
        respond(
          'error' in got
            ? text(`error querying "http://${host}${wanted}", err: ${got.error}`, 500)
            : text(got.body, got.status),
        ),
      )
    },
    problem => say(process, problem),
  )
  return failed ?? forever(process)
}
