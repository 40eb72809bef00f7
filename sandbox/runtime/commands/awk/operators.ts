/** awk's operators between two numbers, and between two values of which it is known how they stand in order. */

export class AwkError extends Error {}

/** @param order below zero where the left one is the lesser, above it where it is the greater */
export function holds(operator: string, order: number): boolean {
  switch (operator) {
    case '==':
      return order === 0
    case '!=':
      return order !== 0
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    default:
      return order >= 0
  }
}

/** @param mawk whether it is infinite what is divided by nothing */
export function calculate(operator: string, a: number, b: number, mawk: boolean): number {
  if (!mawk && (operator === '/' || operator === '%') && b === 0) throw new AwkError('Division by zero')
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '%':
      return a % b
    default:
      return a ** b
  }
}
