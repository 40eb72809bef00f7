/** kubectl autoscale. */

import { recorded } from '../changes/record.ts'
import { apiVersionOf } from '../client/discovery.ts'
import { KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { resultPrinter } from '../print/done.ts'
import { filenameOptions, visit } from '../resources/resources.ts'
import { rememberingTyped } from './apply/annotation.ts'

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  const [min, max, cpu] = [flags.num('min'), flags.num('max'), flags.num('cpu-percent')]
  if (max < 1) throw new KubectlError(`--max=MAXPODS is required and must be at least 1, max: ${max}`)
  if (max < min)
    throw new KubectlError(`--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`)
  k.dryRun()
  let count = 0
  await visit(
    k,
    {
      args: k.args,
      ...filenameOptions(flags),
      continueOnError: true,
    },
    async info => {
      count++
      const { mapping } = info
      const say = await resultPrinter(k, 'typed')
      if (!mapping.subresources.includes('scale'))
        throw new KubectlError(
          `cannot autoscale a ${mapping.kind}: could not find scale subresource for ${mapping.group}/${mapping.version}, Resource=${mapping.plural} in discovery information`,
        )
      let hpa: Obj = {
        kind: 'HorizontalPodAutoscaler',
        apiVersion: 'autoscaling/v2',
        metadata: {
          name: flags.str('name') || info.name,
          ...((await k.namespaceEnforced()) && { namespace: info.namespace }),
          creationTimestamp: null,
        },
        spec: {
          scaleTargetRef: { kind: mapping.kind, name: info.name, apiVersion: apiVersionOf(mapping) },
          ...(min > 0 && { minReplicas: min }),
          maxReplicas: max,
          ...(cpu >= 0 && {
            metrics: [
              { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: cpu } } },
            ],
          }),
        },
        status: { desiredReplicas: 0, currentMetrics: null },
      }
      hpa = recorded(k, hpa)
      if (flags.bool('save-config')) hpa = await rememberingTyped(hpa)
      if (k.dryRun() === 'client') return say(hpa, 'created')
      const target = await k.kind('autoscaling/v2', 'HorizontalPodAutoscaler')
      const made = await (await k.client()).create(target, info.namespace, hpa, k.writeQuery('kubectl-autoscale'))
      await say(made, 'autoscaled')
    },
  )
  if (!count) throw new KubectlError('no objects passed to autoscale')
}
