/** lessons/glossary.yaml: the terms explained on hover. */
import { parse } from 'yaml'
import type { Lang } from '../words/words.ts'

type Entry = Record<Lang, { word: string; text: string }>

const files = import.meta.glob<string>('/lessons/glossary.yaml', { query: '?raw', import: 'default', eager: true })
export const glossary: Record<string, Entry> =
  (parse(Object.values(files)[0] ?? '') as Record<string, Entry> | null) ?? {}
