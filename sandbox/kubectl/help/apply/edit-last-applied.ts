/** `kubectl apply edit-last-applied`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'apply edit-last-applied (RESOURCE/NAME | -f FILENAME)',
  long: `Edit the latest last-applied-configuration annotations of resources from the default editor.

 The edit-last-applied command allows you to directly edit any API resource you can retrieve via the command-line tools. It will open the editor defined by your KUBE_EDITOR, or EDITOR environment variables, or fall back to 'vi' for Linux or 'notepad' for Windows. You can edit multiple objects, although changes are applied one at a time. The command accepts file names as well as command-line arguments, although the files you point to must be previously saved versions of resources.

 The default format is YAML. To edit in JSON, specify "-o json".

 The flag --windows-line-endings can be used to force Windows line endings, otherwise the default for your operating system will be used.

 In the event an error occurs while updating, a temporary file will be created on disk that contains your unapplied changes. The most common error when updating a resource is another editor changing the resource on the server. When this occurs, you will have to apply your changes to the newer version of the resource, or update your temporary saved copy to include the latest resource version.`,
  examples: `  # Edit the last-applied-configuration annotations by type/name in YAML
  kubectl apply edit-last-applied deployment/nginx
  
  # Edit the last-applied-configuration annotations by file in JSON
  kubectl apply edit-last-applied -f deploy.yaml -o json`,
  flags: [
    'allow-missing-template-keys',
    ['field-manager', '', 'string', 'kubectl-client-side-apply', 'Name of the manager used to track field ownership.'],
    ['filename', 'f', 'slice', '[]', 'Filename, directory, or URL to files to use to edit the resource'],
    'kustomize',
    'output',
    'recursive',
    'show-managed-fields',
    'template',
    'validate',
    ['windows-line-endings', '', 'bool', 'false', 'Defaults to the line ending native to your platform.'],
  ],
}
