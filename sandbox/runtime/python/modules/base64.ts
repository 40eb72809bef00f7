/** `base64`. */
import { functions, valueError } from '../builtins/define.ts'
import { encode } from '../objects/codecs.ts'
import { PyBytes, type Value } from '../objects/values.ts'

const bytes = (value: Value | undefined): string => (value instanceof PyBytes ? value.text : encode(String(value)).text)

function decode(text: string): PyBytes {
  try {
    return new PyBytes(atob(text.replace(/[^A-Za-z0-9+/=]/g, '')))
  } catch {
    throw valueError('Incorrect padding')
  }
}

export const base64 = (): Record<string, Value> =>
  functions({
    b64encode: (_, [value]) => new PyBytes(btoa(bytes(value))),
    b64decode: (_, [value]) => decode(bytes(value)),
    standard_b64encode: (_, [value]) => new PyBytes(btoa(bytes(value))),
    standard_b64decode: (_, [value]) => decode(bytes(value)),
    urlsafe_b64encode: (_, [value]) => new PyBytes(btoa(bytes(value)).replaceAll('+', '-').replaceAll('/', '_')),
    urlsafe_b64decode: (_, [value]) => decode(bytes(value).replaceAll('-', '+').replaceAll('_', '/')),
    encodebytes: (_, [value]) => new PyBytes(btoa(bytes(value)).replace(/.{1,76}/g, '$&\n')),
  })
