/** The subcommands of `set`, in the order of the help. */
import type { Command } from '../command/command.ts'

export const setCommands: readonly Command[] = [
  {
    name: 'env',
    short: 'Update environment variables on a pod template',
    help: () => import('../help/set/env.ts'),
    code: () => import('../verbs/set/env.ts'),
  },
  {
    name: 'image',
    short: 'Update the image of a pod template',
    help: () => import('../help/set/image.ts'),
    code: () => import('../verbs/set/image.ts'),
  },
  {
    name: 'resources',
    short: 'Update resource requests/limits on objects with pod templates',
    help: () => import('../help/set/resources.ts'),
    code: () => import('../verbs/set/resources.ts'),
  },
  {
    name: 'selector',
    short: 'Set the selector on a resource',
    help: () => import('../help/set/selector.ts'),
    code: () => import('../verbs/set/selector.ts'),
  },
  {
    name: 'serviceaccount',
    aliases: ['sa'],
    short: 'Update the service account of a resource',
    help: () => import('../help/set/serviceaccount.ts'),
    code: () => import('../verbs/set/serviceaccount.ts'),
  },
  {
    name: 'subject',
    short: 'Update the user, group, or service account in a role binding or cluster role binding',
    help: () => import('../help/set/subject.ts'),
    code: () => import('../verbs/set/subject.ts'),
  },
]
