/** `kubectl config set-cluster`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'config set-cluster NAME [--server=server] [--certificate-authority=path/to/certificate/authority] [--insecure-skip-tls-verify=true] [--tls-server-name=example.com]',
  long: `Set a cluster entry in kubeconfig.

 Specifying a name that already exists will merge new fields on top of existing values for those fields.`,
  examples: `  # Set only the server field on the e2e cluster entry without touching other values
  kubectl config set-cluster e2e --server=https://1.2.3.4
  
  # Embed certificate authority data for the e2e cluster entry
  kubectl config set-cluster e2e --embed-certs --certificate-authority=~/.kube/e2e/kubernetes.ca.crt
  
  # Disable cert checking for the e2e cluster entry
  kubectl config set-cluster e2e --insecure-skip-tls-verify=true
  
  # Set the custom TLS server name to use for validation for the e2e cluster entry
  kubectl config set-cluster e2e --tls-server-name=my-cluster-name
  
  # Set the proxy URL for the e2e cluster entry
  kubectl config set-cluster e2e --proxy-url=https://1.2.3.4`,
  flags: [
    [
      'certificate-authority',
      '',
      'string',
      '',
      'Path to certificate-authority file for the cluster entry in kubeconfig',
    ],
    ['embed-certs', '', 'tristate', 'false', 'embed-certs for the cluster entry in kubeconfig'],
    [
      'insecure-skip-tls-verify',
      '',
      'tristate',
      'false',
      'insecure-skip-tls-verify for the cluster entry in kubeconfig',
    ],
    ['proxy-url', '', 'string', '', 'proxy-url for the cluster entry in kubeconfig'],
    ['server', '', 'string', '', 'server for the cluster entry in kubeconfig'],
    ['tls-server-name', '', 'string', '', 'tls-server-name for the cluster entry in kubeconfig'],
  ],
}
