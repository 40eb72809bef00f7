/** The order of fields in what kubectl prints of typed objects. */
import { expect, it } from 'vitest'
import { inTypedOrder } from './typed-order.ts'

const written = (object: object): string => JSON.stringify(inTypedOrder(object))

it("an object's fields come as its Go type declares them, maps by the alphabet", () => {
  expect(
    written({
      apiVersion: 'apps/v1',
      spec: { template: { spec: { containers: [{ image: 'b', name: 'a' }] } }, replicas: 1 },
      kind: 'Deployment',
      metadata: { uid: 'u', labels: { z: '1', a: '2' }, name: 'web' },
    }),
  ).toBe(
    '{"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"web","uid":"u","labels":{"a":"2","z":"1"}},' +
      '"spec":{"replicas":1,"template":{"spec":{"containers":[{"name":"a","image":"b"}]}}}}',
  )
})

it('so do those of a list; of a kind that nobody knows the rest is by the alphabet', () => {
  const event = { apiVersion: 'v1', kind: 'Event', type: 'Normal', reason: 'R', metadata: { name: 'e' } }
  expect(written({ items: [event], metadata: {}, apiVersion: 'v1', kind: 'EventList' })).toBe(
    '{"kind":"EventList","apiVersion":"v1","metadata":{},"items":[{"kind":"Event","apiVersion":"v1","metadata":{"name":"e"},"reason":"R","type":"Normal"}]}',
  )
  expect(written({ b: 1, a: 2, kind: 'Widget', apiVersion: 'x.y/v1' })).toBe(
    '{"kind":"Widget","apiVersion":"x.y/v1","a":2,"b":1}',
  )
})
