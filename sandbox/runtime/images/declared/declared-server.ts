/** The server of an image that a course declares: fixed answers, with the Pod's own facts put in. */

import { forever, type HttpRequest, serveHttp } from '../../network/serving.ts'
import type { Process } from '../../processes/process.ts'
import type { DeclaredImage } from './declared.ts'

type Serve = NonNullable<DeclaredImage['serve']> & { tag: string }

export async function declaredServer(process: Process, carried: string): Promise<number> {
  const { tag, port, greeting, log, after = 0, answers } = JSON.parse(carried) as Serve
  process.memory = 6_000_000
  process.on('TERM', () => process.exit(0))
  if (after) await process.sleep(after * 1000)
  let requests = 0
  const fill = (text: string, request?: HttpRequest): string =>
    text.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (whole, name: string) => {
      const known: Readonly<Record<string, string>> = {
        hostname: process.hostname,
        tag,
        path: request?.path ?? '',
        requests: String(requests),
      }
      return name.startsWith('env.') ? (process.env[name.slice(4)] ?? '') : (known[name] ?? whole)
    })
  const say = (text: string): void => void process.fds[1]?.write(process, `${text}\n`)
  try {
    serveHttp(process, {
      port,
      handle(request, respond) {
        requests++
        if (log) say(fill(log, request))
        const answer = answers.find(({ path }) => path === undefined || path === request.path)
        const body = fill(answer?.body ?? '', request)
        const type = /^\s*</.test(body) ? 'text/html' : /^\s*[[{]/.test(body) ? 'application/json' : 'text/plain'
        respond({ status: answer ? (answer.status ?? 200) : 404, headers: { 'Content-Type': type }, body })
      },
    })
  } catch {
    await process.write(2, `listen on port ${port}: address already in use\n`)
    return 1
  }
  if (greeting) say(fill(greeting))
  return forever(process)
}
