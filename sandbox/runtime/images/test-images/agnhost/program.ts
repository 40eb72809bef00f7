/** agnhost: the test program of Kubernetes, with many subcommands. */
import type { Process, Program } from '../../../processes/process.ts'
import { commandHelp, type Line, Misuse, programUsage, readLine } from './cobra.ts'
import { COMMANDS } from './command-table.ts'
import { DESCRIPTIONS } from './descriptions.ts'
import type { Subcommand } from './go.ts'
import { inclusterclient } from './inclusterclient.ts'
import { mounttest } from './mounttest.ts'
import { net } from './net.ts'
import { netexec } from './netexec.ts'
import { guestbook, nettest } from './nettest.ts'
import { testServiceAccountIssuerDiscovery } from './openidmetadata.ts'
import { portForwardTester } from './port-forward-tester.ts'
import { resourceConsumerController } from './resource-consumer-controller.ts'
import { fakeGitserver, grpcHealthChecking, liveness, porter, serveHostname, testWebserver } from './servers.ts'
import { noSnatTest, noSnatTestProxy } from './snat.ts'
import { stress } from './stress.ts'
import * as tools from './tools.ts'
import { crdConversionWebhook, webhook } from './webhook.ts'

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  connect: tools.connect,
  'crd-conversion-webhook': crdConversionWebhook,
  'dns-server-list': tools.dnsServerList,
  'dns-suffix': tools.dnsSuffix,
  'entrypoint-tester': tools.entrypointTester,
  'etc-hosts': tools.etcHosts,
  'fake-gitserver': fakeGitserver,
  'grpc-health-checking': grpcHealthChecking,
  guestbook,
  inclusterclient,
  liveness,
  'logs-generator': tools.logsGenerator,
  mounttest,
  net,
  netexec,
  nettest,
  'no-snat-test': noSnatTest,
  'no-snat-test-proxy': noSnatTestProxy,
  nonewprivs: tools.nonewprivs,
  pause: tools.pause,
  'port-forward-tester': portForwardTester,
  porter,
  'resource-consumer-controller': resourceConsumerController,
  'serve-hostname': serveHostname,
  stress,
  'test-service-account-issuer-discovery': testServiceAccountIssuerDiscovery,
  'test-webserver': testWebserver,
  webhook,
}

export const agnhost: Program = async process => {
  process.memory = 8_000_000
  let line: Line
  try {
    line = readLine(process.argv.slice(1))
  } catch (error) {
    if (!(error instanceof Misuse)) throw error
    await process.write(2, `${error.withUsage ? `${programUsage()}\n` : ''}Error: ${error.message}\n`)
    return 1
  }
  if ('version' in line) return print(process, 1, 'app version 2.53\n')
  if ('help' in line) return help(process, line.help)
  if ('unknownTopic' in line) {
    const topic = line.unknownTopic.map(word => `\`${word}\``).join(' ')
    return print(process, 2, `Unknown help topic [${topic}]\n${programUsage(true)}`)
  }
  const subcommand = SUBCOMMANDS[line.run]
  if (!subcommand) return notSimulated(process, line.run)
  // Go's runtime ends a program that asks for no signals with 2 where the kernel spares it, as it does PID 1.
  if (process.pid === 1) for (const signal of ['HUP', 'INT', 'TERM'] as const) process.on(signal, () => process.exit(2))
  return subcommand(process, line.flags)
}

const print = (process: Process, fd: 1 | 2, text: string): Promise<number> => process.write(fd, text).then(() => 0)

async function notSimulated(process: Process, name: string): Promise<number> {
  await process.write(2, `agnhost: ${name}: not simulated\n`)
  return 126
}

function help(process: Process, name: string): Promise<number> {
  if (!name) return print(process, 1, programUsage())
  const row = COMMANDS[name]
  if (name === 'help') return print(process, 1, commandHelp(name, HELP))
  return row
    ? print(process, 1, commandHelp(name, DESCRIPTIONS[name] ?? row.short))
    : notSimulated(process, `help of ${name}`)
}

const HELP =
  'Help provides help for any command in the application.\nSimply type app help [path to command] for full details.'
