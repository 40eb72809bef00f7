/** CustomResourceDefinitions: what is asked of them, and what becomes of them. */
import type { Checks } from '../../kind.ts'
import type { CustomResourceDefinition } from '../../types.ts'
import { validateDefinition, validateDefinitionUpdate } from './rare/definition.ts'
import { definitionWarnings } from './rare/definition-warnings.ts'

export { followDefinitions } from '../../custom/controller.ts'

export const customResourceDefinition: Checks<CustomResourceDefinition> = {
  validate: validateDefinition,
  validateUpdate: validateDefinitionUpdate,
  warnings: definitionWarnings,
}
