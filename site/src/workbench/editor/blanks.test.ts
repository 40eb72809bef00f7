/** Blanks to fill in. */
import { expect, test } from 'vitest'
import { becauseOfBlanks, blanksIn, isBlank } from './blanks.ts'

const form = `apiVersion: apps/v1
kind: ____
metadata:
  name: ____
  labels: { app: -Web }
spec:
  replicas: ____
`

test('a blank is four underscores, and no part of a word', () => {
  expect(blanksIn(form)).toEqual([2, 4, 7])
  expect(blanksIn('server { listen ____:8080; }\n- http://____/\n')).toEqual([1, 2])
  expect(blanksIn('__name__\na____b\n_____\n')).toEqual([])
})

test.each([
  [2, 'no matches for kind "____" in version "apps/v1"'],
  [4, 'Incorrect type. Expected "string".'],
  [6, 'spec.template.metadata.labels: Invalid value: {"app":"____"}: `selector` does not match template `labels`'],
  [
    1,
    'Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field',
  ],
])('line %i, %s: because of a blank', (line, message) => {
  expect(becauseOfBlanks(form)({ line, message })).toBe(true)
  expect(becauseOfBlanks('kind: Pot\n')({ line, message: message.replace('____', 'Pot') })).toBe(false)
})

test('a mark of a blank is told from marks of others by who made it', () => {
  expect(['blanks', 'yaml', ''].map(owner => isBlank({ owner }))).toEqual([true, false, false])
})

test.each([
  [1, 'apiVersion not set'],
  [5, 'metadata.labels: Invalid value: "-Web"'],
  [6, 'spec: Forbidden: pod updates may not change fields other than'],
])('line %i, %s: a mistake all the same', (line, message) => {
  expect(becauseOfBlanks(form)({ line, message })).toBe(false)
})
