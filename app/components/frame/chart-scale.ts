/** Where a chart's marks stand: pure numbers, the same on the server and in the browser. */

export interface AxisWish {
  /** The greatest value that is shown. */
  readonly max: number;
  /** The axis reaches this far, however small the values. */
  readonly atLeast?: number;
  /** The axis ends here, however great the values; such as 1 for a share. */
  readonly atMost?: number;
  /** Counts: no ticks between whole numbers. */
  readonly whole?: boolean;
}

const INTERVALS = 5;
const STEPS = [1, 2, 2.5, 5, 10] as const;
/** Binary fractions such as 0.05 / 0.01 are a hair off. */
const HAIR = 1e-9;

/** The ticks of an axis from 0: round numbers, at equal distances, at most six; the last one is the axis' end. */
export function fitAxis({ max, atLeast = 0, atMost = Infinity, whole = false }: AxisWish): readonly number[] {
  const need = Math.min(Math.max(max, atLeast), atMost) || 1;
  const rough = whole ? Math.max(need / INTERVALS, 1) : need / INTERVALS;
  const power = 10 ** Math.floor(Math.log10(rough) + HAIR);
  const step =
    STEPS.map((each) => each * power).find(
      (each) => each >= rough * (1 - HAIR) && (!whole || Number.isInteger(each)),
    ) ?? 10 * power;
  const count = Math.ceil(need / step - HAIR);
  if (count * step > atMost * (1 + HAIR)) return [0, atMost];
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

/** Up to `most` indexes of `count` things at about equal distances, the first and the last among them. */
export function spreadLabels(count: number, most: number): readonly number[] {
  if (count <= most) return Array.from({ length: count }, (_, index) => index);
  return Array.from({ length: most }, (_, index) => Math.round((index * (count - 1)) / (most - 1)));
}

/** The middle of one of `count` equal bands, 0 to 100 from the start. */
export function bandCentre(index: number, count: number): number {
  return hundredth(((index + 0.5) * 100) / count);
}

/** 0 to 100 from the top. */
export function heightAt(value: number, top: number): number {
  return hundredth(100 - Math.min(Math.max(value / top, 0), 1) * 100);
}

export function hundredth(value: number): number {
  return Math.round(value * 100) / 100;
}
