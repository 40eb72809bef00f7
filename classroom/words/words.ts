/** The classroom's words, in one place for each language: whatever English has, Chinese has. */
import { en } from './en.ts'
import { zh } from './zh.ts'

export type Lang = 'zh' | 'en'
export type Words = typeof en

export const words: Record<Lang, Words> = { zh, en }
