/** `kubectl create deployment`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'create deployment NAME --image=image -- [COMMAND] [args...]',
  aliases: ['deploy'],
  long: `Create a deployment with the specified name.`,
  examples: `  # Create a deployment named my-dep that runs the busybox image
  kubectl create deployment my-dep --image=busybox
  
  # Create a deployment with a command
  kubectl create deployment my-dep --image=busybox -- date
  
  # Create a deployment named my-dep that runs the nginx image with 3 replicas
  kubectl create deployment my-dep --image=nginx --replicas=3
  
  # Create a deployment named my-dep that runs the busybox image and expose port 5701
  kubectl create deployment my-dep --image=busybox --port=5701
  
  # Create a deployment named my-dep that runs multiple containers
  kubectl create deployment my-dep --image=busybox:latest --image=ubuntu:latest --image=nginx`,
  flags: [
    'allow-missing-template-keys',
    'dry-run',
    'field-manager',
    [
      'image',
      '',
      'slice',
      '[]',
      'Image names to run. A deployment can have multiple images set for multi-container pod.',
    ],
    'output',
    ['port', '', 'int', '-1', 'The containerPort that this deployment exposes.'],
    ['replicas', 'r', 'int', '1', 'Number of replicas to create. Default is 1.'],
    'save-config',
    'show-managed-fields',
    'template',
    'validate',
  ],
  required: ['image'],
}
