/** `kubectl config view`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'config view [flags]',
  long: `Display merged kubeconfig settings or a specified kubeconfig file.

 You can use --output jsonpath={...} to extract specific values using a jsonpath expression.`,
  examples: `  # Show merged kubeconfig settings
  kubectl config view
  
  # Show merged kubeconfig settings, raw certificate data, and exposed secrets
  kubectl config view --raw
  
  # Get the password for the e2e user
  kubectl config view -o jsonpath='{.users[?(@.name == "e2e")].user.password}'`,
  flags: [
    'allow-missing-template-keys',
    [
      'flatten',
      '',
      'bool',
      'false',
      'Flatten the resulting kubeconfig file into self-contained output (useful for creating portable kubeconfig files)',
    ],
    ['merge', '', 'tristate', 'true', 'Merge the full hierarchy of kubeconfig files'],
    ['minify', '', 'bool', 'false', 'Remove all information not used by current-context from the output'],
    [
      'output',
      'o',
      'string',
      'yaml',
      'Output format. One of: (json, yaml, name, go-template, go-template-file, template, templatefile, jsonpath, jsonpath-as-json, jsonpath-file).',
    ],
    ['raw', '', 'bool', 'false', 'Display raw byte data and sensitive data'],
    'show-managed-fields',
    'template',
  ],
}
