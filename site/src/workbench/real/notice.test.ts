/** Whatever the reason, the reader is told in their language what is missing, and that the lesson goes on. */
import { describe, expect, test } from 'vitest'
import { en } from '../../words/en.ts'
import { zh } from '../../words/zh.ts'
import { helpsToReload, realNotice } from './notice.ts'
import type { Reason } from './reasons.ts'

/** A word that the notice cannot do without. */
const KEY: Record<Reason, { zh: string; en: string }> = {
  framed: { zh: '框架', en: 'frame' },
  notIsolated: { zh: '响应头', en: 'headers' },
  reload: { zh: '重新载入', en: 'Reload' },
  browser: { zh: 'SharedArrayBuffer', en: 'SharedArrayBuffer' },
  ios: { zh: 'iPad', en: 'iPad' },
  offline: { zh: '没有网络', en: 'no network' },
  elsewhere: { zh: '另一个标签页', en: 'another tab' },
  slow: { zh: '12 秒', en: '12 seconds' },
  spent: { zh: '重新载入', en: 'reload' },
  sluggish: { zh: '12 秒', en: '12 seconds' },
  memory: { zh: '内存', en: 'memory' },
  licence: { zh: '许可证', en: 'licence' },
  files: { zh: '文件', en: 'files' },
  refused: { zh: '没能启动', en: 'could not be started' },
  crashed: { zh: '意外停止', en: 'stopped unexpectedly' },
}
const reasons = Object.keys(KEY) as Reason[]

describe.each([
  ['zh', zh, '模拟集群'],
  ['en', en, 'simulated cluster'],
] as const)('in %s', (lang, words, onward) => {
  test.each(reasons)('%s', reason => {
    const told = realNotice(words, { reason, detail: 'EWHAT' })
    expect(told).toContain(KEY[reason][lang])
    expect(told).toContain(onward)
    // The service's own words help nobody who has to switch to another browser.
    expect(told.includes('EWHAT')).toBe(['licence', 'memory', 'refused', 'crashed', 'files'].includes(reason))
  })
  test('no two reasons are told alike', () => {
    expect(new Set(reasons.map(reason => words.real.why[reason])).size).toBe(reasons.length)
  })
})

test('a reload is offered where it may help', () => {
  expect(reasons.filter(reason => helpsToReload({ reason }))).toEqual(['reload', 'slow', 'spent'])
})
