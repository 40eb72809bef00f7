/** `kubectl run`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../command/command.ts'

export const help: Help = {
  use: 'run NAME --image=image [--env="key=value"] [--port=port] [--dry-run=server|client] [--overrides=inline-json] [--command] -- [COMMAND] [args...]',
  long: `Create and run a particular image in a pod.`,
  examples: `  # Start a nginx pod
  kubectl run nginx --image=nginx
  
  # Start a hazelcast pod and let the container expose port 5701
  kubectl run hazelcast --image=hazelcast/hazelcast --port=5701
  
  # Start a hazelcast pod and set environment variables "DNS_DOMAIN=cluster" and "POD_NAMESPACE=default" in the container
  kubectl run hazelcast --image=hazelcast/hazelcast --env="DNS_DOMAIN=cluster" --env="POD_NAMESPACE=default"
  
  # Start a hazelcast pod and set labels "app=hazelcast" and "env=prod" in the container
  kubectl run hazelcast --image=hazelcast/hazelcast --labels="app=hazelcast,env=prod"
  
  # Dry run; print the corresponding API objects without creating them
  kubectl run nginx --image=nginx --dry-run=client
  
  # Start a nginx pod, but overload the spec with a partial set of values parsed from JSON
  kubectl run nginx --image=nginx --overrides='{ "apiVersion": "v1", "spec": { ... } }'
  
  # Start a busybox pod and keep it in the foreground, don't restart it if it exits
  kubectl run -i -t busybox --image=busybox --restart=Never
  
  # Start the nginx pod using the default command, but use custom arguments (arg1 .. argN) for that command
  kubectl run nginx --image=nginx -- <arg1> <arg2> ... <argN>
  
  # Start the nginx pod using a different command and custom arguments
  kubectl run nginx --image=nginx --command -- <cmd> <arg1> ... <argN>`,
  flags: [
    'allow-missing-template-keys',
    ['annotations', '', 'array', '[]', 'Annotations to apply to the pod.'],
    [
      'attach',
      '',
      'bool',
      'false',
      "If true, wait for the Pod to start running, and then attach to the Pod as if 'kubectl attach ...' were called.  Default false, unless '-i/--stdin' is set, in which case the default is true. With '--restart=Never' the exit code of the container process is returned.",
    ],
    'cascade',
    [
      'command',
      '',
      'bool',
      'false',
      "If true and extra arguments are present, use them as the 'command' field in the container, rather than the 'args' field which is the default.",
    ],
    'dry-run',
    ['env', '', 'array', '[]', 'Environment variables to set in the container.'],
    ['expose', '', 'bool', 'false', 'If true, create a ClusterIP service associated with the pod.  Requires `--port`.'],
    ['field-manager', '', 'string', 'kubectl-run', 'Name of the manager used to track field ownership.'],
    ['filename', 'f', 'slice', '[]', 'to use to replace the resource.'],
    'force',
    'grace-period',
    ['image', '', 'string', '', 'The image for the container to run.'],
    [
      'image-pull-policy',
      '',
      'string',
      '',
      'The image pull policy for the container.  If left empty, this value will not be specified by the client and defaulted by the server.',
    ],
    [
      'kustomize',
      'k',
      'string',
      '',
      "Process a kustomization directory. This flag can't be used together with -f or -R.",
    ],
    ['labels', 'l', 'string', '', 'Comma separated labels to apply to the pod. Will override previous values.'],
    [
      'leave-stdin-open',
      '',
      'bool',
      'false',
      'If the pod is started in interactive mode or with stdin, leave stdin open after the first attach completes. By default, stdin will be closed after the first attach completes.',
    ],
    'output',
    [
      'override-type',
      '',
      'string',
      'merge',
      'The method used to override the generated object: json, merge, or strategic.',
    ],
    [
      'overrides',
      '',
      'string',
      '',
      'An inline JSON override for the generated object. If this is non-empty, it is used to override the generated object. Requires that the object supply a valid apiVersion field.',
    ],
    'pod-running-timeout',
    ['port', '', 'string', '', 'The port that this container exposes.'],
    ['privileged', '', 'bool', 'false', 'If true, run the container in privileged mode.'],
    ['quiet', 'q', 'bool', 'false', 'If true, suppress prompt messages.'],
    'recursive',
    ['restart', '', 'string', 'Always', 'The restart policy for this Pod.  Legal values [Always, OnFailure, Never].'],
    [
      'rm',
      '',
      'bool',
      'false',
      "If true, delete the pod after it exits.  Only valid when attaching to the container, e.g. with '--attach' or with '-i/--stdin'.",
    ],
    'save-config',
    'show-managed-fields',
    ['stdin', 'i', 'bool', 'false', 'Keep stdin open on the container in the pod, even if nothing is attached.'],
    'template',
    'timeout',
    ['tty', 't', 'bool', 'false', 'Allocate a TTY for the container in the pod.'],
    'wait',
  ],
  required: ['image'],
}
