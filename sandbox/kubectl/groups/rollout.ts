/** The subcommands of `rollout`, in the order of the help. */
import type { Command } from '../command/command.ts'

export const rolloutCommands: readonly Command[] = [
  {
    name: 'history',
    short: 'View rollout history',
    help: () => import('../help/rollout/history.ts'),
    code: () => import('../verbs/rollout/history.ts'),
  },
  {
    name: 'pause',
    short: 'Mark the provided resource as paused',
    help: () => import('../help/rollout/pause.ts'),
    code: () => import('../verbs/rollout/pause.ts'),
  },
  {
    name: 'restart',
    short: 'Restart a resource',
    help: () => import('../help/rollout/restart.ts'),
    code: () => import('../verbs/rollout/restart.ts'),
  },
  {
    name: 'resume',
    short: 'Resume a paused resource',
    help: () => import('../help/rollout/resume.ts'),
    code: () => import('../verbs/rollout/resume.ts'),
  },
  {
    name: 'status',
    short: 'Show the status of the rollout',
    help: () => import('../help/rollout/status.ts'),
    code: () => import('../verbs/rollout/status.ts'),
  },
  {
    name: 'undo',
    short: 'Undo a previous rollout',
    help: () => import('../help/rollout/undo.ts'),
    code: () => import('../verbs/rollout/undo.ts'),
  },
]
