/** --raw: a request to any path of the server, and its answer as it comes. */
import { goQuote } from '../../api/formats/go-escapes.ts'
import { KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import { readAll } from '../manifests/manifests.ts'

/** @throws KubectlError what is no path, in Go's words */
export function checkPath(path: string): void {
  if (!/^(\/|https?:\/\/)/.test(path))
    throw new KubectlError(`--raw must be a valid URL path: parse ${goQuote(path)}: invalid URI for request`)
}

/** The flags that go with no --raw that sends a file. */
export function checkRaw(k: Kubectl): void {
  const { flags } = k
  const files = flags.list('filename')
  const complain = (words: string): never => {
    throw new KubectlError(words)
  }
  if (flags.bool('edit')) complain('--raw and --edit are mutually exclusive')
  if (files.length !== 1) complain('--raw can only use a single local file or stdin')
  if (/^https?:\/\//.test(files[0]!)) complain('--raw cannot read from a url')
  if (flags.bool('recursive')) complain('--raw and --recursive are mutually exclusive')
  if (flags.str('selector')) complain('--raw and --selector (-l) are mutually exclusive')
  if (flags.str('output')) complain('--raw and --output are mutually exclusive')
  checkPath(flags.str('raw'))
}

/** @param file '-' for standard input; absent: without a body */
export async function rawRequest(k: Kubectl, method: 'GET' | 'POST' | 'PUT' | 'DELETE', file?: string): Promise<void> {
  const path = k.flags.str('raw').replace(/^https?:\/\/[^/]*/, '') || '/'
  const body = file === undefined ? undefined : file === '-' ? await readAll(k.io) : await k.io.files.read(file)
  if (file !== undefined && body === undefined) throw new KubectlError(`open ${file}: no such file or directory`)
  const response = await (await k.client()).call(method, path, {
    accept: 'application/json, */*',
    raw: true,
    ...(body !== undefined && { body }),
  })
  for await (const chunk of response.chunks()) await k.out(chunk)
}
