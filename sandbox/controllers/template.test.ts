/** Hashes of templates, as clusters have shown them. */
import { expect, it } from 'vitest'
import { dataHash } from './template.ts'

const tutorial = (terminationGracePeriodSeconds: number) => ({
  spec: {
    template: {
      $patch: 'replace',
      // Written by the releases from which these hashes are; later ones leave it out.
      metadata: { creationTimestamp: null, labels: { app: 'nginx' } },
      spec: {
        containers: [
          {
            name: 'nginx',
            image: 'k8s.gcr.io/nginx-slim:0.8',
            imagePullPolicy: 'IfNotPresent',
            ports: [{ containerPort: 80, name: 'web', protocol: 'TCP' }],
            resources: {},
            terminationMessagePath: '/dev/termination-log',
            terminationMessagePolicy: 'File',
            volumeMounts: [{ name: 'www', mountPath: '/usr/share/nginx/html' }],
          },
        ],
        dnsPolicy: 'ClusterFirst',
        restartPolicy: 'Always',
        schedulerName: 'default-scheduler',
        securityContext: {},
        terminationGracePeriodSeconds,
      },
    },
  },
})

it.each([
  [10, '6596ffb49b'],
  [30, 'b46f789c4'],
])('of the StatefulSet of the tutorial with a grace of %i s', (grace, hash) => {
  expect(dataHash(tutorial(grace), 0)).toBe(hash)
})
