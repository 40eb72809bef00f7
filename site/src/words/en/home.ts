/** The start page, in English. */
import type { Words } from '../words.ts'
import { plural } from './plural.ts'

export const home: Words['home'] = {
  title: 'Understand Kubernetes Pods by running them',
  description:
    'A hands-on course on Kubernetes Pods with a lifelike cluster in your browser tab: edit manifests, type kubectl, have your work checked. Nothing to install, no account.',
  heading: ['Open the pod.', 'See what lives inside.'],
  lead: 'A short lesson, and beside it a Kubernetes cluster that actually moves: edit a manifest, type kubectl, watch Pods come to life and die. It is simulated in this very tab, so it is ready at once, and breaking it costs nothing.',
  begin: 'Start the first lesson',
  goOn: 'Go on where you left off',
  play: 'Play with the cluster',
  facts: ['Nothing to install, no account', 'Compared line by line with Kubernetes 1.36', 'In English and Chinese'],
  plate: 'Plate 1',
  plateCaption: 'A running cluster: three nodes and a few pods. The pods are Pods; the peas are containers.',
  plateAlt:
    'A drawing of a cluster: nothing but the control plane on the first node; on worker-1 the Pod web with two containers that share a volume, and the Pod api; on worker-2 the Pod db and a Pod that is starting.',
  plateNode: 'node',
  platePod: 'Pod',
  plateContainer: 'container',
  plateVolume: 'shared volume',
  plateStarting: 'starting',
  methodHeading: 'Learn it as an experiment',
  method: [
    {
      title: 'Predict',
      text: 'Delete a Pod: does it come back by itself? Commit to an answer first. What you got wrong is what you remember.',
    },
    {
      title: 'Run',
      text: 'Commands really run, and containers have processes, signals and files. Misspell an image and you get the error a real cluster gives.',
    },
    {
      title: 'Observe',
      text: 'Scheduling, pulling, failing probes, back-off: every step is drawn before your eyes. Tired of waiting? Turn up the clock.',
    },
  ],
  sampleHeading: 'What a lesson looks like',
  sampleLead:
    'A short text, a command, a cluster, each confirming the others. Exercises check what you did, and a hint says where to look.',
  sampleProse: [
    'When a container crashes, the kubelet restarts it **inside the same Pod**. But when the Pod itself is deleted, nobody brings it back, unless a controller is looking after it.',
    'Predict first: what happens to this lone Pod when its node goes down?',
  ],
  sampleCheckPass: 'The container of Pod `web` is ready',
  sampleCheckFail: '`web` is managed by a Deployment',
  sampleHint: 'Hint: a lone Pod has no owner. Is `metadata.ownerReferences` empty?',
  trustHeading: 'Why you can trust it',
  trust: [
    {
      title: 'Compared line by line',
      text: 'Sessions recorded on a real cluster are replayed against it, and even the wording of its errors has to match.',
    },
    {
      title: 'The real kubectl connects',
      text: 'The simulator speaks the Kubernetes HTTP API, so the kubectl on your own machine can talk to it.',
    },
    {
      title: 'Nothing silently ignored',
      text: 'A field either has its effect or is refused as “not simulated”. It never pretends to have understood.',
    },
  ],
  contentsHeading: 'The course',
  allLessons: n => `See all ${plural(n, 'lesson')}`,
}
