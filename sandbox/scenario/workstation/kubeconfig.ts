/** The learner's ~/.kube/config, with one context or several. */
export const SERVER = 'https://192.168.49.2:6443'

/** @param namespaces each of which gets a context of its name; the first is the current one */
export function kubeconfig(namespaces: readonly string[] = []): string {
  const context = (name: string, namespace?: string): string => `- name: ${name}
  context:
    cluster: podlab
${namespace ? `    namespace: ${namespace}\n` : ''}    user: learner
`
  return `apiVersion: v1
kind: Config
clusters:
- name: podlab
  cluster:
    server: ${SERVER}
contexts:
${namespaces.length ? namespaces.map(name => context(name, name)).join('') : context('podlab')}current-context: ${namespaces[0] ?? 'podlab'}
users:
- name: learner
  user: {}
`
}
