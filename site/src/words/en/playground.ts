/** The playground, in English. */
import type { Words } from '../words.ts'
import { plural } from './plural.ts'

export const playground: Words['playground'] = {
  title: 'Playground',
  description:
    'An empty Kubernetes cluster to do with as you like: three nodes, a terminal and an editor, all in your browser.',
  heading: 'Playground',
  lead: 'No task, no right or wrong. An empty cluster: one control-plane node, as many workers as you like, and a default StorageClass, as in kind.',
  size: 'Worker nodes',
  rebuild: 'Make a new cluster',
  rebuildAsk: n => `Throw this cluster away, with its files and terminals, for a new one of ${plural(n, 'worker')}?`,
  tryHeading: 'Some things to try',
  tries: [
    { cmd: 'kubectl get nodes', text: 'See which nodes there are' },
    { cmd: 'kubectl run web --image=nginx', text: 'Run a Pod' },
    { cmd: 'kubectl create deployment api --image=nginx --replicas=3', text: 'Let a Deployment keep three replicas' },
    { cmd: 'kubectl get pods -o wide', text: 'See which nodes they landed on' },
    { cmd: 'kubectl describe pod web', text: 'Look at one Pod closely' },
    { cmd: 'kubectl get storageclass', text: 'See who makes the volumes that claims ask for' },
  ],
  faultsHeading: 'Or break something',
  faults: [
    { fault: 'node stop worker-1', text: 'Cut the power of worker-1' },
    { fault: 'node start worker-1', text: 'Power worker-1 on again' },
  ],
}
