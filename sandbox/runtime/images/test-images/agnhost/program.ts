/** agnhost: the test program of Kubernetes, with many subcommands. */
import type { Program } from '../../../processes/process.ts'
import { readFlags, type Subcommand } from './go.ts'
import { inclusterclient } from './inclusterclient.ts'
import { mounttest } from './mounttest.ts'
import { netexec } from './netexec.ts'
import { guestbook, nettest } from './nettest.ts'
import { testServiceAccountIssuerDiscovery } from './openidmetadata.ts'
import { grpcHealthChecking, liveness, porter, serveHostname, testWebserver } from './servers.ts'
import * as tools from './tools.ts'
import { crdConversionWebhook, webhook } from './webhook.ts'

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  connect: tools.connect,
  'crd-conversion-webhook': crdConversionWebhook,
  'dns-server-list': tools.dnsServerList,
  'dns-suffix': tools.dnsSuffix,
  'entrypoint-tester': tools.entrypointTester,
  'etc-hosts': tools.etcHosts,
  'grpc-health-checking': grpcHealthChecking,
  guestbook,
  inclusterclient,
  liveness,
  'logs-generator': tools.logsGenerator,
  mounttest,
  netexec,
  nettest,
  nonewprivs: tools.nonewprivs,
  pause: tools.pause,
  porter,
  'serve-hostname': serveHostname,
  'test-service-account-issuer-discovery': testServiceAccountIssuerDiscovery,
  'test-webserver': testWebserver,
  webhook,
}

const USAGE = `Usage:\n  app [command]\n\nAvailable Commands:\n${Object.keys(SUBCOMMANDS)
  .map(name => `  ${name}\n`)
  .join('')}`

const BOOLEANS = new Set([
  'alsologtostderr',
  'break_on_expected_content',
  'close',
  'help',
  'http',
  'json-response',
  'tcp',
  'udp',
])
const SHORT = { t: 'log-lines-total', d: 'run-duration' }

export const agnhost: Program = async process => {
  const [name = 'help', ...args] = process.argv.slice(1)
  process.memory = 8_000_000
  if (name === '--version') return process.write(1, 'app version 2.53\n').then(() => 0)
  if (name === 'help' || name === '--help') return process.write(1, USAGE).then(() => 0)
  const subcommand = SUBCOMMANDS[name]
  if (!subcommand) {
    await process.write(2, `agnhost: ${name}: not simulated\n`)
    return 126
  }
  // Go's runtime ends a program that asks for no signals with 2 where the kernel spares it, as it does PID 1.
  if (process.pid === 1) for (const signal of ['HUP', 'INT', 'TERM'] as const) process.on(signal, () => process.exit(2))
  return subcommand(process, readFlags(args, BOOLEANS, SHORT))
}
