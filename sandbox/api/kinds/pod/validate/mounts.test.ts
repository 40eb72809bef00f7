/** Mounts and devices that want the same name or path. */
import { expect, test } from 'vitest'
import { volumeDevices, volumeMounts } from './mounts.ts'

const volumes = new Map([['v', { persistentVolumeClaim: { claimName: 'c' } }]])
const said = (errors: readonly { field: string; body: string }[]) => errors.map(e => `${e.field}: ${e.body}`)

test('each list is held against the last path that the other has for a name', () => {
  const container = {
    volumeMounts: [
      { name: 'v', mountPath: '/a' },
      { name: 'v', mountPath: '/b' },
    ],
    volumeDevices: [
      { name: 'w', devicePath: '/a' },
      { name: 'x', devicePath: '/b' },
    ],
  }
  const clash = (list: string) => `must not already exist as a path in ${list}`
  expect(said(volumeDevices(container, volumes, 'd')).filter(text => text.includes('as a path'))).toEqual([
    `d[1].devicePath: Invalid value: "/b": ${clash('volumeMounts')}`,
  ])
  expect(said(volumeMounts(container, volumes, 'm'))).toEqual([
    `m[0].mountPath: Invalid value: "/a": ${clash('volumeDevices')}`,
    `m[1].mountPath: Invalid value: "/b": ${clash('volumeDevices')}`,
  ])
})
