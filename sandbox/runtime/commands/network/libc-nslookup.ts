/** nslookup of busybox before 1.29: it asks as every other program of the system does, search list and all. */
import type { Process, Program } from '../../processes/process.ts'
import { ask, lookupHost, resolvConf, waitForSilence } from './resolve.ts'

/** The name of an address, where its name server has one. */
function nameOf(process: Process, ip: string): string | undefined {
  const found = ask(process, `${ip.split('.').reverse().join('.')}.in-addr.arpa`, 'PTR')
  return found === 'silence' ? undefined : found?.[0]
}

/** @returns whether there is such a host */
async function show(process: Process, head: string, host: string): Promise<boolean> {
  const { ips } = await lookupHost(process, host)
  if (!ips.length) return false
  const addresses = ips.map((ip, i) => `Address ${i + 1}: ${[ip, nameOf(process, ip)].filter(Boolean).join(' ')}\n`)
  await process.write(1, `${head.padEnd(10)} ${host}\n${addresses.join('')}`)
  return true
}

export const libcNslookup: Program = async process => {
  const [host, server = resolvConf(process).nameserver] = process.argv.slice(1).filter(word => !word.startsWith('-'))
  if (host === undefined) {
    await process.write(
      2,
      'BusyBox v1.28.4 (2018-05-22 17:00:17 UTC) multi-call binary.\n\nUsage: nslookup [HOST] [SERVER]\n',
    )
    return 1
  }
  await show(process, 'Server:', server)
  await process.write(1, '\n')
  if (server !== resolvConf(process).nameserver && ask(process, host, 'A', server) === 'silence')
    await waitForSilence(process, host)
  else if (await show(process, 'Name:', host)) return 0
  await process.write(2, `nslookup: can't resolve '${host}'\n`)
  return 1
}
