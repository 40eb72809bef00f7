/** ConfigMaps. */
import { present } from '../../parts.ts'
import { defineKind } from '../kind.ts'
import type { ConfigMap } from '../types.ts'
import { age, name } from './columns.ts'
import { validateConfigMap, validateConfigMapUpdate } from './validation/configmap.ts'

const size = (map: object | null | undefined): number => Object.keys(map ?? {}).length

export const configMap = defineKind<ConfigMap>({
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  shortNames: ['cm'],
  namespaced: true,
  checks: present({
    validate: validateConfigMap,
    validateUpdate: validateConfigMapUpdate,
  }),
  columns: [name, { name: 'Data', cell: c => size(c.data) + size(c.binaryData) }, age],
})
