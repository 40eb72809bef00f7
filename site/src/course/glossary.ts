/** glossary.yaml: the terms explained on hover; a course's own explain more, or otherwise. */
import { glossaries } from 'virtual:course'
import { parse } from 'yaml'
import type { Lang } from '../words/words.ts'

type Entry = Record<Lang, { word: string; text: string }>

export const glossary: Record<string, Entry> = Object.assign(
  {},
  ...glossaries.map(text => parse(text) as Record<string, Entry> | null),
)
