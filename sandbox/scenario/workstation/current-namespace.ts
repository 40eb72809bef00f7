/** The namespace that kubectl means at the learner's prompt where neither flag nor manifest names one. */
import { readConfig } from '../../kubectl/kubeconfig/kubeconfig.ts'

/** @param kubeconfig the text of ~/.kube/config; what cannot be read is as good as absent */
export async function currentNamespace(kubeconfig: string | undefined): Promise<string> {
  const config = await readConfig('config', kubeconfig ?? '').catch(() => undefined)
  return config?.contexts.get(config['current-context'])?.namespace || 'default'
}
