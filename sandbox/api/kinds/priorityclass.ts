/** PriorityClasses. */
import { present } from '../../parts.ts'
import { defineKind } from '../kind.ts'
import type { PriorityClass } from '../types.ts'
import { age, name } from './columns.ts'
import { validatePriorityClass, validatePriorityClassUpdate } from './validation/priorityclass.ts'

export const priorityClass = defineKind<PriorityClass>({
  group: 'scheduling.k8s.io',
  version: 'v1',
  kind: 'PriorityClass',
  plural: 'priorityclasses',
  shortNames: ['pc'],
  namespaced: false,
  prepareForCreate(priorityClass) {
    priorityClass.metadata.generation = 1
  },
  setDefaults(priorityClass) {
    priorityClass.value ??= 0
    priorityClass.preemptionPolicy ??= 'PreemptLowerPriority'
  },
  checks: present({
    validate: validatePriorityClass,
    validateUpdate: validatePriorityClassUpdate,
  }),
  columns: [
    name,
    { name: 'Value', type: 'integer', cell: p => p.value ?? 0 },
    { name: 'Global-Default', type: 'boolean', cell: p => p.globalDefault ?? false },
    age,
    { name: 'PreemptionPolicy', cell: p => p.preemptionPolicy ?? '' },
  ],
})
