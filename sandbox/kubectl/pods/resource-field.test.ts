/** What kubectl makes of a variable that takes its value from a container's resources. */
import { expect, it } from 'vitest'
import { resourceOf } from './resource-field.ts'

const container = { resources: { limits: { cpu: '1500m', memory: '64Mi' }, requests: { cpu: '100m' } } }

it.each([
  [{ resource: 'limits.cpu' }, '2'],
  [{ resource: 'limits.cpu', divisor: '0' }, '2'],
  [{ resource: 'limits.memory', divisor: '1Mi' }, '64'],
  [{ resource: 'requests.cpu', divisor: '1m' }, '100'],
  [{ resource: 'requests.memory' }, '0'],
  [{ resource: 'limits.cpu', containerName: 'another' }, '2'],
])('%j is %s', (ref, value) => expect(resourceOf(container, ref)).toBe(value))

it('is refused where a container has no such resource', () => {
  expect(() => resourceOf(container, { resource: 'limits.gpu' })).toThrow('Unsupported container resource : limits.gpu')
})
