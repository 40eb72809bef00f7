/** `kubectl kustomize`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../command/command.ts'

export const help: Help = {
  use: 'kustomize DIR [flags]',
  long: `Build a set of KRM resources using a 'kustomization.yaml' file. The DIR argument must be a path to a directory containing 'kustomization.yaml', or a git repository URL with a path suffix specifying same with respect to the repository root. If DIR is omitted, '.' is assumed.`,
  examples: `  # Build the current working directory
  kubectl kustomize
  
  # Build some shared configuration directory
  kubectl kustomize /home/config/production
  
  # Build from github
  kubectl kustomize https://github.com/kubernetes-sigs/kustomize.git/examples/helloWorld?ref=v1.0.6`,
  flags: [
    [
      'as-current-user',
      '',
      'bool',
      'false',
      'use the uid and gid of the command executor to run the function in the container',
    ],
    ['enable-alpha-plugins', '', 'bool', 'false', 'enable kustomize plugins'],
    ['enable-helm', '', 'bool', 'false', 'Enable use of the Helm chart inflator generator.'],
    ['env', 'e', 'array', '[]', 'a list of environment variables to be used by functions'],
    ['helm-api-versions', '', 'array', '[]', 'Kubernetes api versions used by Helm for Capabilities.APIVersions'],
    ['helm-command', '', 'string', 'helm', 'helm command (path to executable)'],
    ['helm-debug', '', 'bool', 'false', 'Enable debug output from the Helm chart inflator generator.'],
    ['helm-kube-version', '', 'string', '', 'Kubernetes version used by Helm for Capabilities.KubeVersion'],
    [
      'load-restrictor',
      '',
      'string',
      'LoadRestrictionsRootOnly',
      "if set to 'LoadRestrictionsNone', local kustomizations may load files from outside their root. This does, however, break the relocatability of the kustomization.",
    ],
    ['mount', '', 'array', '[]', 'a list of storage options read from the filesystem'],
    ['network', '', 'bool', 'false', 'enable network access for functions that declare it'],
    ['network-name', '', 'string', 'bridge', 'the docker network to run the container in'],
    ['output', 'o', 'string', '', 'If specified, write output to this path.'],
  ],
}
