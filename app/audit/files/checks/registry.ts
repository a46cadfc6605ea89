import type { FileCheck } from "./file-check.ts";
import { eventWithoutOrder, idForms, orderWithoutEvent, purchaseWithoutId, sentTwice } from "./id-checks.ts";
import { amountDiffers, currencyDiffers, sentBeforePayment, testSent, totalsDiffer } from "./truth-checks.ts";

/** Every check of files alone, beside those of the app that files can answer (`Check.fromFiles`). */
export const FILE_CHECKS: readonly FileCheck[] = [
  purchaseWithoutId,
  idForms,
  sentTwice,
  eventWithoutOrder,
  orderWithoutEvent,
  sentBeforePayment,
  amountDiffers,
  currencyDiffers,
  testSent,
  totalsDiffer,
];
