/** Kubernetes' additions to CEL for quantities of resources. */
import {
  addQuantities,
  isQuantity,
  makeQuantity,
  parseQuantity,
  type Quantity,
  QuantityError,
} from '../../resources/quantity.ts'
import { MAX_INT, MIN_INT } from '../runtime/numbers.ts'
import { CelError, Custom, noSuchOverload, type Value } from '../runtime/values.ts'
import { type Functions, type Implementation, readDeclarations } from '../types/declarations.ts'
import { objectType } from '../types/types.ts'
import { of } from './implementing.ts'

const NANO = 1_000_000_000n
const QUANTITY = objectType('kubernetes.Quantity')

class Amount extends Custom {
  readonly type = QUANTITY
  readonly value: Quantity
  constructor(value: Quantity) {
    super()
    this.value = value
  }
  get nano(): bigint {
    return this.value.nano
  }
  equals(other: Value): boolean {
    if (!(other instanceof Amount)) throw noSuchOverload()
    return this.nano === other.nano
  }
}

function read(text: string): Amount {
  try {
    return new Amount(parseQuantity(text))
  } catch (error) {
    throw error instanceof QuantityError ? new CelError(error.message) : error
  }
}

const order = (a: bigint, b: bigint): bigint => (a < b ? -1n : a > b ? 1n : 0n)
const whole = (amount: Amount): bigint | undefined => {
  const value = amount.nano / NANO
  return amount.nano % NANO === 0n && value >= MIN_INT && value <= MAX_INT ? value : undefined
}
const like = (amount: Amount, nano: bigint): Amount => new Amount(makeQuantity(nano, amount.value.format))

const DECLARATIONS = `
add quantity_add kubernetes.Quantity.(kubernetes.Quantity) -> kubernetes.Quantity
add quantity_add_int kubernetes.Quantity.(int) -> kubernetes.Quantity
asApproximateFloat quantity_get_float kubernetes.Quantity.() -> double
asInteger quantity_get_int kubernetes.Quantity.() -> int
compareTo quantity_compare_to kubernetes.Quantity.(kubernetes.Quantity) -> int
isGreaterThan quantity_is_greater_than kubernetes.Quantity.(kubernetes.Quantity) -> bool
isInteger quantity_is_integer kubernetes.Quantity.() -> bool
isLessThan quantity_is_less_than kubernetes.Quantity.(kubernetes.Quantity) -> bool
isQuantity is_quantity_string (string) -> bool
quantity string_to_quantity (string) -> kubernetes.Quantity
sign quantity_sign (kubernetes.Quantity) -> int
sub quantity_sub kubernetes.Quantity.(kubernetes.Quantity) -> kubernetes.Quantity
sub quantity_sub_int kubernetes.Quantity.(int) -> kubernetes.Quantity
`

const quantities: Record<string, Implementation> = {
  string_to_quantity: of(read),
  is_quantity_string: of(isQuantity),
  quantity_is_integer: of((q: Amount) => whole(q) !== undefined),
  quantity_get_int: of((q: Amount) => {
    const value = whole(q)
    if (value === undefined) throw new CelError('cannot convert value to integer')
    return value
  }),
  quantity_get_float: of((q: Amount) => Number(q.nano) / 1e9),
  quantity_sign: of((q: Amount) => order(q.nano, 0n)),
  quantity_is_greater_than: of((a: Amount, b: Amount) => a.nano > b.nano),
  quantity_is_less_than: of((a: Amount, b: Amount) => a.nano < b.nano),
  quantity_compare_to: of((a: Amount, b: Amount) => order(a.nano, b.nano)),
  quantity_add: of((a: Amount, b: Amount) => new Amount(addQuantities(a.value, b.value))),
  quantity_add_int: of((a: Amount, b: bigint) => like(a, a.nano + b * NANO)),
  quantity_sub: of((a: Amount, b: Amount) => like(a, a.nano - b.nano)),
  quantity_sub_int: of((a: Amount, b: bigint) => like(a, a.nano - b * NANO)),
}

export const quantityLibrary: Functions = readDeclarations(DECLARATIONS, quantities)
