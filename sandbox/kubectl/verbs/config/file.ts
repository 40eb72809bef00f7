/** The kubeconfig files as `config` changes them, and the help that it answers misuse with. */
import { KubectlError } from '../../errors.ts'
import {
  configPaths,
  emptyConfig,
  type KubeConfig,
  loadConfig,
  loadFile,
  saveFile,
} from '../../kubeconfig/kubeconfig.ts'
import type { Kubectl } from '../../kubectl.ts'
import type { Obj } from '../../objects.ts'

export type Section = 'clusters' | 'users' | 'contexts'

/** What there is to begin with; a file that is named need not be there yet. */
export const startingConfig = (k: Kubectl): Promise<KubeConfig> => loadConfig(k.io, k.flags, true)

/** The file to change: where the entry is, or the first there is. */
export async function fileOf(k: Kubectl, entry?: string): Promise<{ path: string; config: KubeConfig }> {
  const merged = await startingConfig(k)
  const { paths } = configPaths(k.io, k.flags)
  let path = entry && merged.origins.get(entry)
  for (const p of paths) path ??= (await k.io.files.kind(p)) ? p : undefined
  path ??= paths.at(-1)!
  return { path, config: (await loadFile(k.io, path)) ?? emptyConfig() }
}

export async function change(
  k: Kubectl,
  entry: string | undefined,
  work: (config: KubeConfig) => void,
): Promise<string> {
  const { path, config } = await fileOf(k, entry)
  work(config)
  await saveFile(k.io, path, config)
  return path
}

export const section = (config: KubeConfig, s: Section): Map<string, Obj> => config[s] as Map<string, Obj>

/** Shows how it is meant before it refuses. */
export const helpAndFail = (k: Kubectl, name: string, words = 'Unexpected args: '): Promise<never> =>
  helpAndRefuse(k, name, `${words}[${k.args.join(' ')}]`)

export async function helpAndRefuse(k: Kubectl, name: string, refusal: string): Promise<never> {
  await helpAlone(k, name)
  throw new KubectlError(refusal)
}

export async function helpAlone(k: Kubectl, name: string): Promise<void> {
  const { commands } = await import('../../verbs.ts')
  const { helpText } = await import('../../command/command.ts')
  const command = commands.find(c => c.name === 'config')!.commands!.find(c => c.name === name)!
  await k.out(helpText(command, (await command.help()).help, ['config', name]))
}
