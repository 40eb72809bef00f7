/** bash's `/dev/tcp/host/port` and `/dev/udp/host/port`: connections as what a redirection leads to. */
import { connect, lookupFailure } from '../commands/network/connect.ts'
import { words } from '../errno.ts'
import type { Stream } from '../processes/process.ts'
import type { Shell } from './shell.ts'

const ADDRESS = /^\/dev\/(tcp|udp)\/([^/]+)\/([^/]+)$/

/** A name of the network among the paths of redirections, which bash alone knows. */
export const isAddress = (shell: Shell, path: string): boolean => shell.dialect.name === 'bash' && ADDRESS.test(path)

/** Connects. @returns the stream; or, once the reason has been printed, what is said of the redirection */
export async function openAddress(shell: Shell, path: string): Promise<Stream | string> {
  const [, protocol, host, port] = ADDRESS.exec(path)!
  if (!/^\d+$/.test(port!)) {
    // No image has /etc/services.
    await shell.complain(`${port}: Servname not supported for ai_socktype`)
    return `${path}: ${words('EINVAL')}`
  }
  const opened = await connect(shell.process, host!, Number(port) & 0xffff, {
    protocol: protocol === 'tcp' ? 'TCP' : 'UDP',
  })
  if (!('failure' in opened)) return opened.stream
  if (opened.failure === 'ENOTFOUND') {
    await shell.complain(`${host}: ${lookupFailure(opened.resolving)}`)
    return `${path}: ${words('EINVAL')}`
  }
  await shell.process.write(2, `${shell.name}: connect: ${opened.message}\n`)
  return `${path}: ${opened.message}`
}
