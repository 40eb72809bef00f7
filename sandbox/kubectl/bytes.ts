/** Bytes in the data of ConfigMaps and Secrets, and how they are written. */
import { encodeBytes } from '../api/kinds/base64.ts'
import { bytesOfText, isText, joined } from '../bytes.ts'

export const base64 = (text: string): string => encodeBytes(bytesOfText(text))

type Data = Record<string, string>

/** A Secret's values are bytes, whatever they are; of a config map's those that are no text stand apart. */
export function dataFields(
  kind: 'ConfigMap' | 'Secret',
  values: Iterable<readonly [key: string, value: string]>,
  encode: (text: string) => string = base64,
): { data?: Data; binaryData?: Data } {
  const [data, binaryData]: [Data, Data] = [{}, {}]
  for (const [key, value] of values) {
    if (kind === 'Secret') data[key] = encode(value)
    else if (isText(joined(value))) data[key] = joined(value)
    else binaryData[key] = encode(value)
  }
  return {
    ...(Object.keys(data).length && { data }),
    ...(Object.keys(binaryData).length && { binaryData }),
  }
}
