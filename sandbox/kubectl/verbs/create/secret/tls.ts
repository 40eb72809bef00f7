/** kubectl create secret tls. */
import { KubectlError } from '../../../errors.ts'
import type { Kubectl } from '../../../kubectl.ts'
import { oneName } from '../generate.ts'
import { createSecret } from './generic.ts'

export async function run(k: Kubectl): Promise<void> {
  const name = await oneName(k)
  const [cert, key] = [k.flags.str('cert'), k.flags.str('key')]
  if (!key || !cert) throw new KubectlError('key and cert must be specified')
  const read = async (path: string): Promise<string> => {
    const text = await k.io.files.read(path)
    if (text === undefined) throw new KubectlError(`Cannot read file ${path}, open ${path}: no such file or directory`)
    return text
  }
  const data = new Map([
    ['tls.crt', await read(cert)],
    ['tls.key', await read(key)],
  ])
  if (!/-----BEGIN CERTIFICATE-----/.test(data.get('tls.crt')!))
    throw new KubectlError('tls: failed to find any PEM data in certificate input')
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(data.get('tls.key')!))
    throw new KubectlError('tls: failed to find any PEM data in key input')
  await createSecret(k, name, 'kubernetes.io/tls', data)
}
