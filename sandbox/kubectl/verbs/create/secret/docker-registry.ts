/** kubectl create secret docker-registry. */
import { base64 } from '../../../bytes.ts'
import { KubectlError } from '../../../errors.ts'
import type { Kubectl } from '../../../kubectl.ts'
import { adder, files } from '../data.ts'
import { oneName } from '../generate.ts'
import { createSecret } from './generic.ts'

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  const name = await oneName(k)
  const sources = flags.list('from-file')
  const data = new Map<string, string>()
  if (sources.length)
    await files(
      k,
      sources.map(s => (s.includes('=') ? s : `.dockerconfigjson=${s}`)),
      adder(data, 'Secret', name),
    )
  else {
    const [server, username, password, email] = [
      'docker-server',
      'docker-username',
      'docker-password',
      'docker-email',
    ].map(f => flags.str(f)) as [string, string, string, string]
    if (!username || !password || !server)
      throw new KubectlError(
        'either --from-file or the combination of --docker-username, --docker-password and --docker-server is required',
      )
    const auth = { username, password, ...(email && { email }), auth: base64(`${username}:${password}`) }
    data.set('.dockerconfigjson', JSON.stringify({ auths: { [server]: auth } }))
  }
  await createSecret(k, name, 'kubernetes.io/dockerconfigjson', data)
}
