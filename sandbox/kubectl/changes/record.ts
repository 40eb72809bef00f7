/** --record, which help no longer shows: the command line kept in what it changes, as the cause of the change. */
import type { FlagRow } from '../command/flags.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'

const CHANGE_CAUSE = 'kubernetes.io/change-cause'

export const RECORD: FlagRow = [
  'record',
  '',
  'bool',
  'false',
  'Record current kubectl command in the resource annotation.',
]
export const RECORD_DEPRECATED = 'Flag --record has been deprecated, --record will be removed in the future\n'

/** The verbs that still know it. */
export const RECORDERS: ReadonlySet<string> = new Set([
  'annotate',
  'apply',
  'apply edit-last-applied',
  'autoscale',
  'create',
  'edit',
  'expose',
  'label',
  'patch',
  'replace',
  'run',
  'scale',
  'set image',
  'set resources',
  'set selector',
  'set serviceaccount',
])

export const recording = (k: Kubectl): boolean => k.flags.bool('record')

/** The command line as the annotation tells it: flags come last, each with its value. */
const commandLine = (k: Kubectl): string =>
  [k.path, ...k.args, ...k.flags.given.map(([name, text]) => `--${name}=${text}`)].join(' ')

export function recorded(k: Kubectl, object: Obj): Obj {
  if (!recording(k)) return object
  const annotations = { ...object.metadata?.annotations, [CHANGE_CAUSE]: commandLine(k) }
  return { ...object, metadata: { ...object.metadata, annotations } }
}

/** What a verb that sends its own patch sends after it. */
export const recordPatch = (k: Kubectl): Obj => ({ metadata: { annotations: { [CHANGE_CAUSE]: commandLine(k) } } })
