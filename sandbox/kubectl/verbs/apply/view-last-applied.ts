/** kubectl apply view-last-applied. */

import { toJson } from '../../../api/formats/go-json.ts'
import { toYaml } from '../../../api/formats/go-yaml.ts'
import { KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import { filenameOptions, infos } from '../../resources/resources.ts'
import { lastApplied } from './annotation.ts'

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  const output = flags.str('output')
  const found = await infos(k, {
    args: k.args,
    ...filenameOptions(flags),
    selector: flags.str('selector'),
    all: flags.bool('all'),
    latest: true,
  })
  for (const info of found.infos) {
    const last = lastApplied(info.object)
    if (!last && info.source)
      throw new KubectlError(
        `error when no last-applied-configuration annotation found on resource: ${info.name}\n ${JSON.stringify(info.source)}: <nil>`,
      )
    if (!last) continue
    if (output !== 'yaml' && output !== 'json')
      k.usage(`Unexpected -o output mode: ${output}, the flag 'output' must be one of yaml|json`)
    await k.out(output === 'json' ? `${toJson(last, { indent: '  ' })}\n` : toYaml(last))
  }
}
