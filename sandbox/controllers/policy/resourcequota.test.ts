/** The ResourceQuota controller. */
import { expect, it } from 'vitest'
import { kinds } from '../../api/kinds/index.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { resourceQuota } from '../../api/kinds/resourcequota.ts'
import { makeWorld } from '../testing.ts'
import { resourceQuotaController } from './resourcequota.ts'

it('a ResourceQuota counts what is there', async () => {
  const w = makeWorld({ controllers: [resourceQuotaController(() => kinds)] })
  w.client.create(resourceQuota, {
    metadata: { name: 'q', namespace: 'default' },
    spec: { hard: { pods: '2', 'requests.cpu': '1' } },
  })
  await w.clock.settle()
  const used = () => w.client.get(resourceQuota, 'default', 'q').status!.used
  expect(used()).toEqual({ pods: '0', 'requests.cpu': '0' })
  w.client.create(podKind, {
    metadata: { name: 'p', namespace: 'default' },
    spec: { containers: [{ name: 'app', image: 'v1', resources: { requests: { cpu: '300m' } } }] },
  })
  await w.clock.advance(2000)
  expect(used()).toEqual({ pods: '1', 'requests.cpu': '300m' })
  w.client.delete(podKind, 'default', 'p')
  await w.clock.advance(2000)
  expect(used()).toEqual({ pods: '0', 'requests.cpu': '0' })
  expect(w.errors).toEqual([])
})
