/** `kubectl attach`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../command/command.ts'

export const help: Help = {
  use: 'attach (POD | TYPE/NAME) -c CONTAINER',
  long: `Attach to a process that is already running inside an existing container.`,
  examples: `  # Get output from running pod mypod; use the 'kubectl.kubernetes.io/default-container' annotation
  # for selecting the container to be attached or the first container in the pod will be chosen
  kubectl attach mypod
  
  # Get output from ruby-container from pod mypod
  kubectl attach mypod -c ruby-container
  
  # Switch to raw terminal mode; sends stdin to 'bash' in ruby-container from pod mypod
  # and sends stdout/stderr from 'bash' back to the client
  kubectl attach mypod -c ruby-container -i -t
  
  # Get output from the first pod of a replica set named nginx
  kubectl attach rs/nginx`,
  flags: [
    'container',
    'pod-running-timeout',
    ['quiet', 'q', 'bool', 'false', 'Only print output from the remote session'],
    ['stdin', 'i', 'bool', 'false', 'Pass stdin to the container'],
    ['tty', 't', 'bool', 'false', 'Stdin is a TTY'],
  ],
}
