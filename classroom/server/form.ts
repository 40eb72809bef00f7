/** Reads a form that was sent; whatever is missing is empty. */
import type { Context } from 'hono'
import { momentOf } from '../../course/dates.ts'
import { Problem } from '../domain/problem.ts'
import type { Env } from './context.ts'

export interface Form {
  text(name: string): string
  /** Of boxes, those that are ticked. */
  texts(name: string): string[]
  /** A local time of an input, as clocks of the zone show it; null when it is empty. */
  time(name: string, zone: string): Date | null
  number(name: string): number
}

export async function form(c: Context<Env>): Promise<Form> {
  const body = await c.req.parseBody({ all: true })
  const texts = (name: string): string[] => [body[name] ?? []].flat().filter(value => typeof value === 'string')
  const text = (name: string): string => texts(name).at(-1) ?? ''
  return {
    text,
    texts,
    time(name, zone) {
      if (!text(name)) return null
      const date = new Date(momentOf(text(name), zone))
      if (Number.isNaN(date.getTime())) throw new Problem('bad-request')
      return date
    },
    number(name) {
      const value = Number(text(name))
      if (!text(name) || !Number.isInteger(value)) throw new Problem('bad-request')
      return value
    },
  }
}
