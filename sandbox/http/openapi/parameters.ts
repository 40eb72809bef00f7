/** Parameters of the API's operations, by their names in the published API. */

/** Parameters by what they are for: the name under which v2 shares them, or their own where it repeats them. */
export const PARAMETERS = {
  allowWatchBookmarks: 'allowWatchBookmarks-HC2hJt-J',
  command: 'command-Py3eQybp',
  attachedContainer: 'container-_Q-EJ3nR',
  executingContainer: 'container-i5dOmRiM',
  loggingContainer: 'container-1GeXxFDC',
  continue: 'continue-QfD61s0i',
  dryRun: 'dryRun',
  fieldManager: 'fieldManager-Qy4HdaTW',
  patchingManager: 'fieldManager-7c6nTn1T',
  fieldSelector: 'fieldSelector-xIcQKXFG',
  fieldValidation: 'fieldValidation',
  follow: 'follow-9OIXh_2R',
  force: 'force-tOGGb0Yi',
  gracePeriodSeconds: 'gracePeriodSeconds--K5HaBOS',
  ignoreStoreReadError: 'ignoreStoreReadErrorWithClusterBreakingPotential-QbNkfIqj',
  insecureSkipTLSVerifyBackend: 'insecureSkipTLSVerifyBackend-gM00jVbe',
  labelSelector: 'labelSelector-5Zw57w4C',
  limit: 'limit-1NfNmdNH',
  limitBytes: 'limitBytes-zwd1RXuc',
  namespace: 'namespace-vgWSWtn3',
  nodePath: 'path-rFDtV0x9',
  orphanDependents: 'orphanDependents-uRB25kX5',
  pathBehind: 'path-z6Ciiujn',
  podPath: 'path-oPbzgLUj',
  ports: 'ports-91KROJmm',
  pretty: 'pretty-tJGM1-ng',
  previous: 'previous-1jxDPu3y',
  propagationPolicy: 'propagationPolicy-6jk3prlO',
  resourceVersion: 'resourceVersion-5WAnf1kx',
  resourceVersionMatch: 'resourceVersionMatch-t8XhRHeC',
  sendInitialEvents: 'sendInitialEvents-rLXlEK_k',
  servicePath: 'path-QCf0eosM',
  shardSelector: 'shardSelector-Kgyki_3_',
  sinceSeconds: 'sinceSeconds-vE2NLdnP',
  attachedStderr: 'stderr-26jJhFUR',
  executingStderr: 'stderr-W_1TNlWc',
  attachedStdin: 'stdin-sEFnN3IS',
  executingStdin: 'stdin-PSzNhyUC',
  attachedStdout: 'stdout-005YMKE6',
  executingStdout: 'stdout--EZLRwV1',
  stream: 'stream-l-48cgXv',
  tailLines: 'tailLines-9xQLWHMV',
  timeoutSeconds: 'timeoutSeconds-yvYezaOC',
  timestamps: 'timestamps-c17fW1w_',
  attachedTty: 'tty-g7MlET_l',
  executingTty: 'tty-s0flW37O',
  watch: 'watch-XNNPZGbK',
} as const

export type Parameter = keyof typeof PARAMETERS

const SELECTING: readonly Parameter[] = [
  'continue',
  'fieldSelector',
  'labelSelector',
  'limit',
  'resourceVersion',
  'resourceVersionMatch',
  'sendInitialEvents',
  'shardSelector',
  'timeoutSeconds',
]
const DELETING: readonly Parameter[] = [
  'dryRun',
  'gracePeriodSeconds',
  'ignoreStoreReadError',
  'orphanDependents',
  'propagationPolicy',
]

/** What each verb understands. */
export const UNDERSTOOD = {
  get: [],
  list: [...SELECTING, 'allowWatchBookmarks', 'watch'],
  write: ['dryRun', 'fieldManager', 'fieldValidation'],
  patch: ['dryRun', 'fieldValidation', 'force', 'patchingManager'],
  delete: DELETING,
  deletecollection: [...SELECTING, ...DELETING],
} satisfies Record<string, readonly Parameter[]>

/** What a connection to a Pod, a Service or a node understands, by resource and subresource. */
export const CONNECTED: Readonly<Record<string, readonly Parameter[]>> = {
  'pods/attach': ['attachedContainer', 'attachedStderr', 'attachedStdin', 'attachedStdout', 'attachedTty'],
  'pods/exec': [
    'command',
    'executingContainer',
    'executingStderr',
    'executingStdin',
    'executingStdout',
    'executingTty',
  ],
  'pods/portforward': ['ports'],
  'pods/proxy': ['podPath'],
  'services/proxy': ['servicePath'],
  'nodes/proxy': ['nodePath'],
  'pods/log': [
    'loggingContainer',
    'follow',
    'insecureSkipTLSVerifyBackend',
    'limitBytes',
    'previous',
    'sinceSeconds',
    'stream',
    'tailLines',
    'timestamps',
  ],
}
