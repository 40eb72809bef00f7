/** TLS for the commands that fetch: the first exchange, and what curl thinks of a certificate. */
import type { Connection } from '../../../network/network.ts'
import { distrust, type Secured, startTls } from '../../../network/tls.ts'
import type { Process } from '../../processes/process.ts'
import type { Options } from '../command.ts'

/** @param deadline instant at which to give up */
export function secure(
  process: Process,
  connection: Connection,
  host: string,
  deadline?: number,
): Promise<Secured | 'timeout'> {
  return process.block<Secured | 'timeout'>(wake => {
    const timer =
      deadline === undefined ? undefined : process.clock.after(deadline - process.clock.now(), () => wake('timeout'))
    startTls(connection, host, result => {
      process.clock.cancel(timer)
      wake(result)
    })
    return () => process.clock.cancel(timer)
  })
}

const MORE =
  'More details here: https://curl.se/docs/sslcerts.html\n\ncurl failed to verify the legitimacy of the server and therefore could not\nestablish a secure connection to it. To learn more about this situation and\nhow to fix it, please visit the webpage mentioned above.'

export interface Failure {
  code: number
  words: string
}

/** A connection that curl believes in, by --cacert, $CURL_CA_BUNDLE or -k; or its complaint. */
export async function curlTls(
  process: Process,
  connection: Connection,
  host: string,
  flags: Options,
  deadline: number | undefined,
): Promise<{ connection: Connection } | Failure | 'timeout'> {
  const bundle = flags.value('cacert') ?? process.env.CURL_CA_BUNDLE
  const unreadable = bundle && !flags.has('k') && !process.fs.exists(bundle)
  if (unreadable) return { code: 77, words: `error setting certificate file: ${bundle}` }
  const secured = await secure(process, connection, host, deadline)
  if (secured === 'timeout') return secured
  if (!secured) return { code: 35, words: 'TLS connect error: error:00000000:lib(0)::reason(0)' }
  if ('plain' in secured)
    return { code: 35, words: 'TLS connect error: error:0A00010B:SSL routines::wrong version number' }
  if (flags.has('k')) return secured
  const problem = distrust(secured.certificate, host, bundle ? process.fs.readFile(bundle) : undefined)
  if (problem === 'unknown issuer')
    return { code: 60, words: `SSL certificate problem: unable to get local issuer certificate\n${MORE}` }
  if (problem === 'wrong name') {
    const what = /^[\d.]+$/.test(host) ? 'ipv4 address' : 'host name'
    return {
      code: 60,
      words: `SSL: no alternative certificate subject name matches target ${what} '${host}'\n${MORE}`,
    }
  }
  return secured
}
