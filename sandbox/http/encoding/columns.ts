/** The head of a Table: its columns, with what Kubernetes' printers say of each. */
import { type Column, type KindDef, resourceOf } from '../../api/kind.ts'
import { part } from '../../parts.ts'

/** Long texts, loaded with the first request for a Table. */
export const columnWords = part('the descriptions of columns', () => import('../../api/schema/column-words.ts'))

/** What printers call the kind: a Scale is no resource of its own. */
const printed = (kind: KindDef): string => (kind.kind === 'Scale' ? 'Scale' : resourceOf(kind))

/** The versions of a kind are printed alike. */
const storedAs = (kind: KindDef): KindDef => kind.stored?.as ?? kind

function words(kind: KindDef, { name, description }: Column<never>): string {
  if (description !== undefined) return description
  const { COLUMN_WORDS, GENERAL } = columnWords.now
  return COLUMN_WORDS[printed(storedAs(kind))]?.[name] ?? GENERAL[name] ?? ''
}

/** As meta.k8s.io's TableColumnDefinition. */
export const columnDefinitions = (kind: KindDef): object[] =>
  kind.columns.map(c => ({
    name: c.name,
    type: c.type ?? 'string',
    format: c.format ?? '',
    description: words(kind, c),
    priority: c.priority ?? 0,
  }))
