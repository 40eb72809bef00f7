/** Answers as YAML, for clients that accept nothing else. */
import { stringify } from 'yaml'

export const toYaml = (body: object): string =>
  stringify(JSON.parse(JSON.stringify(body)), { lineWidth: 0, aliasDuplicateObjects: false })
