/** Versions of a definition as an error shows them: in the server's internal form, every field by its Go name, absent ones too. */
import { deepEqual } from '../../../formats/json.ts'
import type { Draft } from '../../../kind.ts'
import { shownSchema } from './shown-schema.ts'

const shownSubresources = ({ status, scale }: Draft): Draft => ({
  Status: status ?? null,
  Scale: scale
    ? {
        SpecReplicasPath: scale.specReplicasPath ?? '',
        StatusReplicasPath: scale.statusReplicasPath ?? '',
        LabelSelectorPath: scale.labelSelectorPath ?? null,
      }
    : null,
})

const shownColumn = (column: Draft): Draft => ({
  Name: column.name ?? '',
  Type: column.type ?? '',
  Format: column.format ?? '',
  Description: column.description ?? '',
  Priority: column.priority ?? 0,
  JSONPath: column.jsonPath ?? '',
})

/** The parts that the internal form keeps once for the definition where all versions have the same. */
const PARTS: Readonly<Record<string, (part: Draft) => Draft>> = {
  schema: ({ openAPIV3Schema }) => ({ OpenAPIV3Schema: openAPIV3Schema ? shownSchema(openAPIV3Schema) : null }),
  subresources: shownSubresources,
  additionalPrinterColumns: columns => columns.map(shownColumn),
  selectableFields: fields => fields.map(({ jsonPath = '' }: Draft) => ({ JSONPath: jsonPath })),
}

/** Whether all versions have this part, and the same: it is then kept once for all of them, and so are its faults told. */
export const shares = (versions: readonly Draft[], part: string): boolean =>
  versions.length > 0 && versions.every(v => v[part] && deepEqual(v[part], versions[0][part]))

export function shownVersions(versions: readonly Draft[]): Draft {
  const apart = Object.entries(PARTS).filter(([part]) => !shares(versions, part))
  return versions.map(v => ({
    Name: v.name ?? '',
    Served: v.served ?? false,
    Storage: v.storage ?? false,
    Deprecated: v.deprecated ?? false,
    DeprecationWarning: v.deprecationWarning ?? null,
    Schema: null,
    Subresources: null,
    AdditionalPrinterColumns: null,
    SelectableFields: null,
    ...Object.fromEntries(
      apart.map(([part, show]) => [part[0]!.toUpperCase() + part.slice(1), v[part] ? show(v[part]) : null]),
    ),
  }))
}
