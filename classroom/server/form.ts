/** Reads a form that was sent; whatever is missing is empty. */
import type { Context } from 'hono'
import { Problem } from '../domain/problem.ts'
import type { Env } from './context.ts'

export interface Form {
  text(name: string): string
  /** A local time of an input, taken as UTC; null when it is empty. */
  time(name: string): Date | null
  number(name: string): number
}

export async function form(c: Context<Env>): Promise<Form> {
  const body = await c.req.parseBody()
  const text = (name: string): string => {
    const value = body[name]
    return typeof value === 'string' ? value : ''
  }
  return {
    text,
    time(name) {
      if (!text(name)) return null
      const date = new Date(`${text(name)}Z`)
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
