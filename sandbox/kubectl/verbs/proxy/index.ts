/** kubectl proxy: a port of this machine that leads to the API server, and perhaps to files. */
import { Exit, KubectlError } from '../../errors.ts'
import { restConfig } from '../../kubeconfig/kubeconfig.ts'
import type { Kubectl } from '../../kubectl.ts'
import { toApi } from './api.ts'
import { Filter } from './filter.ts'
import { withSlash } from './replies.ts'
import { routed } from './routes.ts'

export async function run(k: Kubectl): Promise<void> {
  const { flags, io } = k
  const config = await restConfig(io, flags, await k.config())
  const prefix = withSlash(flags.str('api-prefix'))
  const filter = flags.bool('disable-filter') ? undefined : await filterOf(k)
  if (!filter && !flags.str('unix-socket'))
    await k.log(
      'W',
      'proxy.go:177',
      'Request filter disabled, your proxy is vulnerable to XSRF attacks, please be cautious',
    )
  const port = flags.num('port')
  if (port !== DEFAULT_PORT && flags.str('unix-socket'))
    throw new KubectlError('cannot set --unix-socket and --port at the same time')
  const www = flags.str('www')
  if (www) await warnOfFolder(k, www)
  if (flags.str('unix-socket')) throw new KubectlError('not simulated: --unix-socket')
  if (!io.serve) throw new KubectlError('not simulated: this kubectl has no ports to open')
  const host = addressOf(flags.str('address'), port)
  if (port < 0 || port > 65535) throw new KubectlError(`listen tcp: address ${port}: invalid port`)
  const api = toApi(config, { prefix, filter, failed: words => k.log('E', 'proxy_server.go:147', words) })
  const files = www ? { prefix: withSlash(flags.str('www-prefix')), folder: www } : undefined
  const serving = await io.serve(host, port, routed(prefix, api, files))
  if ('error' in serving) throw new KubectlError(`listen tcp ${host}:${port}: bind: ${serving.error}`)
  // Any address is told as IPv6's.
  const told = host === '0.0.0.0' ? '[::]' : host.includes(':') ? `[${host}]` : host
  await k.out(`Starting to serve on ${told}:${serving.port}\n`)
  await serving.forever()
}

const DEFAULT_PORT = 8001

async function filterOf(k: Kubectl): Promise<Filter> {
  try {
    return new Filter(flag => k.flags.str(flag))
  } catch (error) {
    await k.log('F', 'proxy_server.go:83', `Error compiling re: ${(error as Error).message}`)
    throw new Exit(255, '')
  }
}

async function warnOfFolder(k: Kubectl, folder: string): Promise<void> {
  const kind = await k.io.files.kind(folder)
  const warn = (words: string): Promise<void> => k.log('W', kind ? 'proxy.go:202' : 'proxy.go:200', words)
  if (!kind) await warn(`Failed to stat static file directory ${folder}: stat ${folder}: no such file or directory`)
  else if (kind === 'file') await warn(`Static file directory ${folder} is not a directory`)
}

function addressOf(name: string, port: number): string {
  if (name === '' || name === '0.0.0.0' || name === '[::]') return '0.0.0.0'
  if (name === 'localhost') return '127.0.0.1'
  if (/^\d+(\.\d+){3}$/.test(name)) return name
  const [, inBrackets] = /^\[(.*)\]$/.exec(name) ?? []
  if (inBrackets) return inBrackets
  throw new KubectlError(
    name.includes(':')
      ? `listen tcp: address ${name}:${port}: too many colons in address`
      : `listen tcp: lookup ${name}: no such host`,
  )
}
