/** Konnectivity's proxy-server: reads its certificates and listens for agents. What would go through it does not: the API server reaches its nodes without it. */
import { isErrno } from '../../errno.ts'
import { forever, serveHttp } from '../../network/serving.ts'
import type { Program } from '../../processes/process.ts'
import { flagsOf, klogLine } from './klog.ts'

export const proxyServer: Program = async process => {
  process.memory = 25_000_000
  const flags = flagsOf(process.argv)
  const fail = async (text: string): Promise<number> => {
    await process.write(2, klogLine(process, 'E', 'main.go:48', `"Server failed" err="${text}"`))
    await process.write(2, `Error: ${text}\n`)
    return 1
  }
  const read = (path: string): string | undefined => {
    try {
      return process.fs.readFile(path)
    } catch (error) {
      if (!isErrno(error)) throw error
      return undefined
    }
  }
  const mode = flags.get('mode') ?? 'grpc'
  if (mode !== 'grpc' && mode !== 'http-connect')
    return fail(
      `failed to validate server options with:mode must be set to either 'grpc' or 'http-connect', got "${mode}"`,
    )
  for (const [certificate, key] of [
    ['cluster-cert', 'cluster-key'],
    ['server-cert', 'server-key'],
  ] as const) {
    const [cert, own] = [flags.get(certificate), flags.get(key)]
    for (const path of [own, cert])
      if (path && read(path) === undefined)
        return fail(
          `failed to validate server options with:error checking ${path === own ? key.replace('-', ' ') : certificate.replace('-', ' ')} ${path}, got stat ${path}: no such file or directory`,
        )
  }
  const kubeconfig = flags.get('kubeconfig')
  if (kubeconfig && !read(kubeconfig)?.includes('clusters'))
    return fail(
      'failed to load kubernetes client config: invalid configuration: no configuration has been provided, try setting KUBERNETES_MASTER environment variable',
    )
  const port = (name: string, fallback: number): number => Number(flags.get(name) ?? fallback)
  for (const name of ['agent-port', 'server-port'] as const) {
    const at = port(name, name === 'agent-port' ? 8091 : 8090)
    if (at) process.net.listen('TCP', at, connection => connection.onData(() => connection.close()))
  }
  for (const [name, usual] of [
    ['admin-port', 8095],
    ['health-port', 8092],
  ] as const)
    serveHttp(process, {
      port: port(name, usual),
      go: true,
      handle({ path }, respond) {
        if (path === '/healthz' || path === '/livez') respond({ status: 200, body: 'ok' })
        else if (path === '/readyz' || path === '/ready')
          respond({ status: 503, body: 'no proxy server is connected\n' })
        else respond({ status: 404, body: '404 page not found\n' })
      },
    })
  await process.write(2, klogLine(process, 'I', 'main.go:170', `"Starting agent server for tunnel connections."`))
  for (const signal of ['TERM', 'INT'] as const) process.on(signal, () => process.exit(0))
  return forever(process)
}
