/** `kubectl auth reconcile`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'auth reconcile -f FILENAME',
  long: `Reconciles rules for RBAC role, role binding, cluster role, and cluster role binding objects.

 Missing objects are created, and the containing namespace is created for namespaced objects, if required.

 Existing roles are updated to include the permissions in the input objects, and remove extra permissions if --remove-extra-permissions is specified.

 Existing bindings are updated to include the subjects in the input objects, and remove extra subjects if --remove-extra-subjects is specified.

 This is preferred to 'apply' for RBAC resources so that semantically-aware merging of rules and subjects is done.`,
  examples: `  # Reconcile RBAC resources from a file
  kubectl auth reconcile -f my-rbac-rules.yaml`,
  flags: [
    'allow-missing-template-keys',
    'dry-run',
    ['filename', 'f', 'slice', '[]', 'Filename, directory, or URL to files identifying the resource to reconcile.'],
    'kustomize',
    'output',
    'recursive',
    ['remove-extra-permissions', '', 'bool', 'false', 'If true, removes extra permissions added to roles'],
    ['remove-extra-subjects', '', 'bool', 'false', 'If true, removes extra subjects added to rolebindings'],
    'show-managed-fields',
    'template',
  ],
}
