/** What a Service is given: node ports. */
import { expect, it } from 'vitest'
import { testApi } from '../testing.ts'

const SERVICES = '/api/v1/namespaces/default/services'
type Port = Record<string, unknown>

async function made(...ports: Port[]) {
  const { call } = testApi()
  const { json } = await call('POST', SERVICES, { metadata: { name: 'a' }, spec: { type: 'NodePort', ports } })
  return json
}
const nodePorts = (service: { spec: { ports: { nodePort: number }[] } }) => service.spec.ports.map(p => p.nodePort)

it('ports of one number share a node port when a Service is made', async () => {
  const [tcp, udp, other] = nodePorts(
    await made({ name: 't', port: 53 }, { name: 'u', port: 53, protocol: 'UDP' }, { name: 'o', port: 54 }),
  )
  expect(udp).toBe(tcp)
  expect(other).not.toBe(tcp)
})

it('the node port that a later one of that number asks for is that of both', async () => {
  const service = await made({ name: 't', port: 53 }, { name: 'u', port: 53, protocol: 'UDP', nodePort: 30_099 })
  expect(nodePorts(service)).toEqual([30_099, 30_099])
})

it('two that are the same share it too, and are refused for it', async () => {
  const { message } = await made({ name: 'a', port: 53 }, { name: 'b', port: 53 })
  expect(message).toMatch(/spec\.ports\[1\]\.nodePort: Duplicate value: 3\d{4}, spec\.ports\[1\]: Duplicate value/)
})

it('ports that are added later have node ports of their own', async () => {
  const { call } = testApi()
  const ports = [{ name: 't', port: 53, protocol: 'TCP' }]
  const { json } = await call('POST', SERVICES, { metadata: { name: 'a' }, spec: { type: 'NodePort', ports } })
  const more = [...json.spec.ports, { name: 'u', port: 53, protocol: 'UDP' }]
  const { json: changed } = await call('PUT', `${SERVICES}/a`, { ...json, spec: { ...json.spec, ports: more } })
  const [tcp, udp] = nodePorts(changed)
  expect(udp).toBeGreaterThanOrEqual(30_000)
  expect(udp).not.toBe(tcp)
})
