/** kubectl version: which kubectl this is, and which server it talks to. */

import { toJson } from '../../api/formats/go-json.ts'
import { toYaml } from '../../api/formats/go-yaml.ts'
import { KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'

/** The kubectl whose answers these are; the commit says whose own work it is. */
const CLIENT_VERSION = {
  major: '1',
  minor: '33',
  gitVersion: 'v1.33.1+podlab',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: '',
  compiler: 'typescript',
  platform: 'podlab/javascript',
}
const KUSTOMIZE = 'v5.6.0'

export async function run(k: Kubectl): Promise<void> {
  if (k.args.length) throw new KubectlError(`extra arguments: [${k.args.join(' ')}]`)
  const output = k.flags.str('output')
  if (output && output !== 'yaml' && output !== 'json') throw new KubectlError("--output must be 'yaml' or 'json'")
  const versions: Obj = { clientVersion: CLIENT_VERSION, kustomizeVersion: KUSTOMIZE }
  let failure: unknown
  if (!k.flags.bool('client')) {
    const client = await k.client()
    try {
      versions.serverVersion = await client.json('GET', '/version')
    } catch (e) {
      failure = e
    }
  }
  if (output === 'json') await k.out(`${toJson(versions, { indent: '  ', keepOrder: true })}\n`)
  else if (output === 'yaml') await k.out(toYaml(versions))
  else {
    await k.out(`Client Version: ${CLIENT_VERSION.gitVersion}\nKustomize Version: ${KUSTOMIZE}\n`)
    if (versions.serverVersion) await k.out(`Server Version: ${versions.serverVersion.gitVersion}\n`)
  }
  if (failure) throw failure
  const server = versions.serverVersion
  if (server && !output) {
    const difference = Number.parseInt(server.minor, 10) - Number(CLIENT_VERSION.minor)
    if (Math.abs(difference) > 1)
      await k.err(
        `WARNING: version difference between client (${CLIENT_VERSION.major}.${CLIENT_VERSION.minor}) and server (${server.major}.${Number.parseInt(server.minor, 10)}) exceeds the supported minor version skew of +/-1\n`,
      )
  }
}
