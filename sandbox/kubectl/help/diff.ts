/** `kubectl diff`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../command/command.ts'

export const help: Help = {
  use: 'diff -f FILENAME',
  long: `Diff configurations specified by file name or stdin between the current online configuration, and the configuration as it would be if applied.

 The output is always YAML.

 KUBECTL_EXTERNAL_DIFF environment variable can be used to select your own diff command. Users can use external commands with params too, example: KUBECTL_EXTERNAL_DIFF="colordiff -N -u"

 By default, the "diff" command available in your path will be run with the "-u" (unified diff) and "-N" (treat absent files as empty) options.

 Exit status: 0 No differences were found. 1 Differences were found. >1 Kubectl or diff failed with an error.

 Note: KUBECTL_EXTERNAL_DIFF, if used, is expected to follow that convention.`,
  examples: `  # Diff resources included in pod.json
  kubectl diff -f pod.json
  
  # Diff file read from stdin
  cat service.yaml | kubectl diff -f -`,
  flags: [
    [
      'concurrency',
      '',
      'int',
      '1',
      'Number of objects to process in parallel when diffing against the live version. Larger number = faster, but more memory, I/O and CPU over that shorter period of time.',
    ],
    ['field-manager', '', 'string', 'kubectl-client-side-apply', 'Name of the manager used to track field ownership.'],
    ['filename', 'f', 'slice', '[]', 'Filename, directory, or URL to files contains the configuration to diff'],
    ['force-conflicts', '', 'bool', 'false', 'If true, server-side apply will force the changes against conflicts.'],
    'kustomize',
    [
      'prune',
      '',
      'bool',
      'false',
      'Include resources that would be deleted by pruning. Can be used with -l and default shows all resources would be pruned',
    ],
    ['prune-allowlist', '', 'array', '[]', 'Overwrite the default allowlist with <group/version/kind> for --prune'],
    'recursive',
    'selector',
    ['server-side', '', 'bool', 'false', 'If true, apply runs in the server instead of the client.'],
    ['show-managed-fields', '', 'bool', 'false', 'If true, include managed fields in the diff.'],
  ],
}
