/** curl's `--write-out`: what it prints when a transfer is over, also of one that has failed. */
import { type Call, print } from '../command.ts'

/** What is known of a transfer, filled as it goes on. Times are milliseconds since it began. */
export interface Transfer {
  url: string
  method: string
  scheme?: string
  status?: number
  redirects: number
  retries: number
  connected?: { ip: string; port: number; afterMs: number }
  firstByteMs?: number
  received: number
  sent: number
  /** Bytes of the answer's head. */
  head: number
  contentType?: string
  redirectUrl?: string
  file?: string
}

const seconds = (ms: number): string => (ms / 1000).toFixed(6)
const code = (status: number | undefined): string => String(status ?? 0).padStart(3, '0')

type Value = (t: Transfer, tookMs: number, failure: { code: number; message: string } | undefined) => string

const VALUES: Readonly<Record<string, Value>> = {
  http_code: t => code(t.status),
  response_code: t => code(t.status),
  http_version: t => (t.status === undefined ? '0' : '1.1'),
  method: t => t.method,
  scheme: t => (t.connected ? (t.scheme ?? '') : ''),
  url: t => t.url,
  url_effective: t => t.url,
  redirect_url: t => t.redirectUrl ?? '',
  num_redirects: t => String(t.redirects),
  num_retries: t => String(t.retries),
  num_connects: t => (t.connected ? '1' : '0'),
  content_type: t => t.contentType ?? '',
  filename_effective: t => t.file ?? '',
  remote_ip: t => t.connected?.ip ?? '',
  remote_port: t => String(t.connected?.port ?? 0),
  size_download: t => String(t.received),
  size_upload: t => String(t.sent),
  size_header: t => String(t.head),
  speed_download: (t, took) => String(took ? Math.floor((t.received * 1000) / took) : 0),
  time_total: (_t, took) => seconds(took),
  time_namelookup: () => seconds(0),
  time_connect: t => seconds(t.connected?.afterMs ?? 0),
  time_appconnect: () => seconds(0),
  time_pretransfer: t => seconds(t.connected?.afterMs ?? 0),
  time_starttransfer: t => seconds(t.firstByteMs ?? 0),
  time_redirect: () => seconds(0),
  exitcode: (_t, _took, failure) => String(failure?.code ?? 0),
  errormsg: (_t, _took, failure) => failure?.message ?? '',
}

const ESCAPES: Readonly<Record<string, string>> = { '\\n': '\n', '\\r': '\r', '\\t': '\t', '%%': '%' }

/** @param failure why it has ended otherwise than well */
export async function writeOut(
  call: Call,
  format: string,
  transfer: Transfer,
  tookMs: number,
  failure?: { code: number; message: string },
): Promise<void> {
  const unknown: string[] = []
  let left = format
  const onError = format.indexOf('%{onerror}')
  if (onError >= 0 && !failure) left = format.slice(0, onError)
  const text = left.replace(/%\{(\w+)\}|\\[nrt]|%%/g, (whole, name?: string) => {
    if (name === undefined) return ESCAPES[whole]!
    if (name === 'onerror') return ''
    const value = VALUES[name]
    if (!value) unknown.push(name)
    return value?.(transfer, tookMs, failure) ?? ''
  })
  for (const name of unknown) await call.process.write(2, `curl: unknown --write-out variable: '${name}'\n`)
  await print(call, text)
}
