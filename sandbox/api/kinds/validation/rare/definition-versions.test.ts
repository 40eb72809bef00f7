/** Versions of a definition in an error. */
import { expect, it } from 'vitest'
import { shownVersions } from './definition-versions.ts'

const schema = (spec: object) => ({ openAPIV3Schema: { type: 'object', properties: { spec } } })

it('what all versions share is shown with none, and the rest by its Go names', () => {
  const columns = [{ name: 'Size', type: 'string', jsonPath: '.spec.size' }]
  const rules = [{ rule: 'self > 1', message: 'more' }]
  const shown = shownVersions([
    {
      name: 'v1',
      served: true,
      storage: true,
      schema: schema({ type: 'integer', 'x-kubernetes-validations': rules }),
      additionalPrinterColumns: columns,
      subresources: { status: {}, scale: { specReplicasPath: '.spec.n', statusReplicasPath: '.status.n' } },
    },
    { name: 'v2', schema: schema({ type: 'string' }), additionalPrinterColumns: columns },
  ])
  expect(shown.map((v: { AdditionalPrinterColumns: unknown }) => v.AdditionalPrinterColumns)).toEqual([null, null])
  expect(shown[0].Subresources).toEqual({
    Status: {},
    Scale: { SpecReplicasPath: '.spec.n', StatusReplicasPath: '.status.n', LabelSelectorPath: null },
  })
  expect(shown[1]).toMatchObject({ Name: 'v2', Served: false, Storage: false, Deprecated: false, Subresources: null })
  const { spec } = shown[0].Schema.OpenAPIV3Schema.Properties
  expect(Object.keys(spec).slice(0, 5)).toEqual(['ID', 'Schema', 'Ref', 'Description', 'Type'])
  expect(spec.XValidations).toEqual([
    { Rule: 'self > 1', Message: 'more', MessageExpression: '', Reason: null, FieldPath: '', OptionalOldSelf: null },
  ])
})
