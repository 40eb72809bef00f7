/** A field that no kind has, but that is one slip away from one that some have: offered as a fix. */
import type { monaco } from './monaco.ts'

type Monaco = typeof monaco

/** Every name of a field in a JSON schema. */
export function fieldNames(schema: unknown, names = new Set<string>()): Set<string> {
  if (Array.isArray(schema)) for (const part of schema) fieldNames(part, names)
  else if (typeof schema === 'object' && schema !== null)
    for (const [key, part] of Object.entries(schema)) {
      if (key === 'properties' && typeof part === 'object' && part !== null)
        for (const name of Object.keys(part)) names.add(name)
      fieldNames(part, names)
    }
  return names
}

/** Letters to change, add, leave out or swap with their neighbour; more than `most` is not counted. */
export function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, rows[i - 2]![j - 2]! + 1)
      row.push(least)
    }
    rows.push(row)
  }
  return rows[a.length]![b.length]!
}

const MOST = 2

/** The names that are nearest to a word, when it is none itself. */
export function nearest(word: string, names: ReadonlySet<string>): string[] {
  if (word.length < 4 || names.has(word)) return []
  const lower = word.toLowerCase()
  let best = MOST + 1
  let found: string[] = []
  for (const name of names) {
    const d = distance(lower, name.toLowerCase(), MOST)
    if (d > MOST || d > best) continue
    if (d < best) found = []
    best = d
    found.push(name)
  }
  return found.sort().slice(0, 3)
}

type Provider = monaco.languages.CodeActionProvider
type Action = monaco.languages.CodeAction

/** Without those of the YAML server that would put any other field in a field's place: whoever misspelt one does not want another. */
export function withoutGuesses(provider: Provider): Provider {
  return {
    ...provider,
    async provideCodeActions(file, ...rest) {
      const found = await provider.provideCodeActions(file, ...rest)
      const namesField = ({ edit }: Action): boolean =>
        edit?.edits.some(e => {
          if (!('textEdit' in e)) return false
          const { endLineNumber, endColumn } = e.textEdit.range
          return file
            .getLineContent(endLineNumber)
            .slice(endColumn - 1)
            .startsWith(':')
        }) ?? false
      return found && { ...found, actions: found.actions.filter(action => !namesField(action)) }
    },
  }
}

export function offerFixes(m: Monaco, schema: unknown, title: (name: string) => string): void {
  let names: Set<string> | undefined
  m.languages.registerCodeActionProvider('yaml', {
    provideCodeActions(file, _range, context) {
      names ??= fieldNames(schema)
      const known = names
      const actions = context.markers.flatMap(marker => {
        const line = file.getLineContent(marker.startLineNumber)
        // The marker is on the key, or on the line that the server means.
        const [, before = '', word = ''] = /^(\s*(?:- )*)([\w-]+)\s*:/.exec(line) ?? []
        return nearest(word, known).map(name => ({
          title: title(name),
          kind: 'quickfix',
          diagnostics: [marker],
          edit: {
            edits: [
              {
                resource: file.uri,
                versionId: file.getVersionId(),
                textEdit: {
                  text: name,
                  range: {
                    startLineNumber: marker.startLineNumber,
                    endLineNumber: marker.startLineNumber,
                    startColumn: before.length + 1,
                    endColumn: before.length + word.length + 1,
                  },
                },
              },
            ],
          },
        }))
      })
      return { actions, dispose() {} }
    },
  })
}
