/** The parts of kubeconfig files, in the order of the help. */
import type { Command } from '../command/command.ts'

export const configCommands: readonly Command[] = [
  {
    name: 'current-context',
    short: 'Display the current-context',
    help: () => import('../help/config/current-context.ts'),
    code: () => import('../verbs/config/index.ts').then(m => ({ run: m.current })),
  },
  {
    name: 'delete-cluster',
    short: 'Delete the specified cluster from the kubeconfig',
    help: () => import('../help/config/delete-cluster.ts'),
    code: () => import('../verbs/config/index.ts').then(m => ({ run: m.deleteCluster })),
  },
  {
    name: 'delete-context',
    short: 'Delete the specified context from the kubeconfig',
    help: () => import('../help/config/delete-context.ts'),
    code: () => import('../verbs/config/index.ts').then(m => ({ run: m.deleteContext })),
  },
  {
    name: 'delete-user',
    short: 'Delete the specified user from the kubeconfig',
    help: () => import('../help/config/delete-user.ts'),
    code: () => import('../verbs/config/index.ts').then(m => ({ run: m.deleteUser })),
  },
  {
    name: 'get-clusters',
    short: 'Display clusters defined in the kubeconfig',
    help: () => import('../help/config/get-clusters.ts'),
    code: () => import('../verbs/config/index.ts').then(m => ({ run: m.getClusters })),
  },
  {
    name: 'get-contexts',
    short: 'Describe one or many contexts',
    help: () => import('../help/config/get-contexts.ts'),
    code: () => import('../verbs/config/index.ts').then(m => ({ run: m.getContexts })),
  },
  {
    name: 'get-users',
    short: 'Display users defined in the kubeconfig',
    help: () => import('../help/config/get-users.ts'),
    code: () => import('../verbs/config/index.ts').then(m => ({ run: m.getUsers })),
  },
  {
    name: 'rename-context',
    short: 'Rename a context from the kubeconfig file',
    help: () => import('../help/config/rename-context.ts'),
    code: () => import('../verbs/config/index.ts').then(m => ({ run: m.renameContext })),
  },
  {
    name: 'set',
    short: 'Set an individual value in a kubeconfig file',
    help: () => import('../help/config/set.ts'),
    code: () => import('../verbs/config/property.ts').then(m => ({ run: m.set })),
  },
  {
    name: 'set-cluster',
    short: 'Set a cluster entry in kubeconfig',
    help: () => import('../help/config/set-cluster.ts'),
    code: () => import('../verbs/config/entries.ts').then(m => ({ run: m.setCluster })),
  },
  {
    name: 'set-context',
    short: 'Set a context entry in kubeconfig',
    help: () => import('../help/config/set-context.ts'),
    code: () => import('../verbs/config/index.ts').then(m => ({ run: m.setContext })),
  },
  {
    name: 'set-credentials',
    short: 'Set a user entry in kubeconfig',
    help: () => import('../help/config/set-credentials.ts'),
    code: () => import('../verbs/config/entries.ts').then(m => ({ run: m.setCredentials })),
  },
  {
    name: 'unset',
    short: 'Unset an individual value in a kubeconfig file',
    help: () => import('../help/config/unset.ts'),
    code: () => import('../verbs/config/property.ts').then(m => ({ run: m.unset })),
  },
  {
    name: 'use-context',
    aliases: ['use'],
    short: 'Set the current-context in a kubeconfig file',
    help: () => import('../help/config/use-context.ts'),
    code: () => import('../verbs/config/index.ts').then(m => ({ run: m.use })),
  },
  {
    name: 'view',
    short: 'Display merged kubeconfig settings or a specified kubeconfig file',
    help: () => import('../help/config/view.ts'),
    code: () => import('../verbs/config/index.ts').then(m => ({ run: m.view })),
  },
]
