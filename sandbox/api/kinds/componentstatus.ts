/** ComponentStatuses: long deprecated, never stored; what the control plane's parts say of their health. */
import { defineKind } from '../kind.ts'
import type { ComponentStatus } from '../types.ts'
import { name } from './columns.ts'

/** Parts of one program, they are well as long as anybody can ask. */
const well = (part: string): ComponentStatus => ({
  apiVersion: 'v1',
  kind: 'ComponentStatus',
  metadata: { name: part } as ComponentStatus['metadata'],
  conditions: [{ type: 'Healthy', status: 'True', message: 'ok' }],
})

const healthy = ({ conditions }: ComponentStatus) => conditions?.find(c => c.type === 'Healthy')

const COMPONENTS = ['controller-manager', 'etcd-0', 'scheduler'].map(well)

export const componentStatus = defineKind<ComponentStatus>({
  group: '',
  version: 'v1',
  kind: 'ComponentStatus',
  plural: 'componentstatuses',
  shortNames: ['cs'],
  namespaced: false,
  verbs: ['get', 'list'],
  computed: { list: () => COMPONENTS, called: 'componentstatus' },
  deprecated: 'v1 ComponentStatus is deprecated in v1.19+',
  columns: [
    name,
    {
      name: 'Status',
      cell: c => (!healthy(c) ? 'Unknown' : healthy(c)!.status === 'True' ? 'Healthy' : 'Unhealthy'),
    },
    { name: 'Message', cell: c => healthy(c)?.message ?? '' },
    { name: 'Error', cell: c => healthy(c)?.error ?? '' },
  ],
})
