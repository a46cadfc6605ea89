const DIGIT_OF_ANY_SCRIPT = /\p{Nd}/u;
const FOREIGN_DIGITS = /[^\P{Nd}0-9]/gu;

/** Decimal digits of every script (Unicode category Nd) as 0 to 9; all other characters stay as they are. */
export function toAsciiDigits(text: string): string {
  return text.replace(FOREIGN_DIGITS, (digit) => String(valueOf(digit.codePointAt(0) ?? 0)));
}

/** Unicode assigns decimal digits in unbroken runs of ten, 0 first; several runs may follow each other. */
function valueOf(codePoint: number): number {
  let first = codePoint;
  while (DIGIT_OF_ANY_SCRIPT.test(String.fromCodePoint(first - 1))) first -= 1;
  return (codePoint - first) % 10;
}
