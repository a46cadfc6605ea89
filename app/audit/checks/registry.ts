import type { Check } from "../check.ts";
import { addressNotBuyers } from "./address-not-buyers/check.ts";
import { apiVersionEnds } from "./api-version-ends/check.ts";
import { browserSentTwice } from "./browser-sent-twice/check.ts";
import { browserShare } from "./browser-share/check.ts";
import { browserUnpaid } from "./browser-unpaid/check.ts";
import { channelSameDataset } from "./channel-same-dataset/check.ts";
import { channelServerSide } from "./channel-server-side/check.ts";
import { clickIdsBroken } from "./click-ids-broken/check.ts";
import { consentLoss } from "./consent-loss/check.ts";
import { consentPolicyGap } from "./consent-policy-gap/check.ts";
import { contentIds } from "./content-ids/check.ts";
import { copiesApart } from "./copies-apart/check.ts";
import { copiesTooFarApart } from "./copies-too-far-apart/check.ts";
import { coverageDiffers } from "./coverage-differs/check.ts";
import { dedupKeys } from "./dedup-keys/check.ts";
import { dedupRate } from "./dedup-rate/check.ts";
import { emailCoverage } from "./email-coverage/check.ts";
import { embedSilent } from "./embed-silent/check.ts";
import { errorRate } from "./error-rate/check.ts";
import { eventCoverage } from "./event-coverage/check.ts";
import { eventIdForm } from "./event-id-form/check.ts";
import { eventIdMissing } from "./event-id-missing/check.ts";
import { eventIdReused } from "./event-id-reused/check.ts";
import { eventNames } from "./event-names/check.ts";
import { eventsFbp } from "./events-fbp/check.ts";
import { eventsRefused } from "./events-refused/check.ts";
import { eventsSentTwice } from "./events-sent-twice/check.ts";
import { eventsShed } from "./events-shed/check.ts";
import { eventsSilent } from "./events-silent/check.ts";
import { eventsUnpaired } from "./events-unpaired/check.ts";
import { externalIdForm } from "./external-id-form/check.ts";
import { fbcCoverage } from "./fbc-coverage/check.ts";
import { fbpCoverage } from "./fbp-coverage/check.ts";
import { keysPerEvent } from "./keys-per-event/check.ts";
import { matchQualityFalling } from "./match-quality-falling/check.ts";
import { matchQuality } from "./match-quality/check.ts";
import { metaCountDiffers } from "./meta-count-differs/check.ts";
import { metaDiagnostics } from "./meta-diagnostics/check.ts";
import { moneyOdd } from "./money-odd/check.ts";
import { nearExpiry } from "./near-expiry/check.ts";
import { notRealTime } from "./not-real-time/check.ts";
import { ordersUnaccounted } from "./orders-unaccounted/check.ts";
import { otherSenderSameDataset } from "./other-sender-same-dataset/check.ts";
import { paidNotTakenIn } from "./paid-not-taken-in/check.ts";
import { phoneCoverage } from "./phone-coverage/check.ts";
import { pixelNotConnected } from "./pixel-not-connected/check.ts";
import { pixelPaused } from "./pixel-paused/check.ts";
import { placeCoverage } from "./place-coverage/check.ts";
import { protectedDataMissing } from "./protected-data-missing/check.ts";
import { qualityForbidden } from "./quality-forbidden/check.ts";
import { refundedShare } from "./refunded-share/check.ts";
import { sentLate } from "./sent-late/check.ts";
import { sentUnderTwoIds } from "./sent-under-two-ids/check.ts";
import { sharedDataset } from "./shared-dataset/check.ts";
import { sumDiffers } from "./sum-differs/check.ts";
import { testCodeLeft } from "./test-code-left/check.ts";
import { thinIdentity } from "./thin-identity/check.ts";
import { timeWrong } from "./time-wrong/check.ts";
import { tokenExpiring } from "./token-expiring/check.ts";
import { tokenRejected } from "./token-rejected/check.ts";
import { tooOld } from "./too-old/check.ts";
import { unconnectedPixels } from "./unconnected-pixels/check.ts";
import { valueBasis } from "./value-basis/check.ts";
import { valuesDiffer } from "./values-differ/check.ts";
import { webhookLate } from "./webhook-late/check.ts";
import { wrongActionSource } from "./wrong-action-source/check.ts";

/**
 * Every check there is, in the order of the page and of docs/audit.md. A check whose texts stand in `checks.json` and that is
 * not here does not pass the tests.
 */
export const CHECKS: readonly Check[] = [
  channelSameDataset,
  channelServerSide,
  otherSenderSameDataset,
  eventsSentTwice,
  unconnectedPixels,
  pixelPaused,
  pixelNotConnected,
  eventsSilent,
  embedSilent,
  tokenRejected,
  tokenExpiring,
  qualityForbidden,
  testCodeLeft,
  sharedDataset,
  apiVersionEnds,
  consentPolicyGap,
  webhookLate,
  protectedDataMissing,
  eventIdMissing,
  eventIdForm,
  eventIdReused,
  sentUnderTwoIds,
  dedupRate,
  eventCoverage,
  dedupKeys,
  eventNames,
  eventsUnpaired,
  copiesApart,
  copiesTooFarApart,
  browserSentTwice,
  browserUnpaid,
  matchQuality,
  matchQualityFalling,
  emailCoverage,
  phoneCoverage,
  fbpCoverage,
  eventsFbp,
  fbcCoverage,
  clickIdsBroken,
  placeCoverage,
  keysPerEvent,
  addressNotBuyers,
  externalIdForm,
  thinIdentity,
  coverageDiffers,
  metaDiagnostics,
  sentLate,
  timeWrong,
  nearExpiry,
  tooOld,
  notRealTime,
  ordersUnaccounted,
  paidNotTakenIn,
  sumDiffers,
  metaCountDiffers,
  valuesDiffer,
  moneyOdd,
  valueBasis,
  contentIds,
  wrongActionSource,
  refundedShare,
  errorRate,
  eventsRefused,
  eventsShed,
  browserShare,
  consentLoss,
];
