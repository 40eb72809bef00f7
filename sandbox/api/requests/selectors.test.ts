/** Label selectors in their text form. */
import { describe, expect, it } from 'vitest'
import { parseLabelSelector } from './selectors.ts'

describe('a label selector as written in a URL', () => {
  it.each([
    ['app in web', "unable to parse requirement: found 'web' expected: '('"],
    ['app in', "unable to parse requirement: found '' expected: '('"],
    ['app in (', "unable to parse requirement: found '', expected: ',', ')' or identifier"],
    ['app in (a', "unable to parse requirement: found '', expected: ',' or ')'"],
    ['app in (a b)', "unable to parse requirement: found 'b', expected: ',' or ')'"],
    ['app in (a,', "unable to parse requirement: found '', expected: ',', or identifier"],
    ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
    ['a=b c', "found 'c', expected: ',' or 'end of string'"],
    ['!a b', "found 'b', expected: ',' or 'end of string'"],
    ['a=b,', "found '', expected: identifier after ','"],
    [',a', "found ',', expected: !, identifier, or 'end of string'"],
  ])('is refused in words that say where it ends to make sense: %s', (text, message) => {
    expect(() => parseLabelSelector(text)).toThrow(
      expect.objectContaining({ message: expect.stringContaining(message) }),
    )
    expect(() => parseLabelSelector(text)).not.toThrow(/requirement.*requirement/)
    const inside = message.startsWith('unable to parse requirement')
    if (!inside) expect(() => parseLabelSelector(text)).not.toThrow(/unable to parse requirement/)
  })

  it.each([
    ['app in ()', ['']],
    ['app in (,)', ['']],
    ['app in (a,)', ['', 'a']],
    ['app in (b,,a)', ['', 'a', 'b']],
    ['app in (b,a,b)', ['a', 'b']],
  ])('lists values, and the empty one where nothing stands: %s', (text, values) => {
    expect(parseLabelSelector(text)).toEqual([{ key: 'app', operator: 'in', values }])
  })
})
