import type { EventParameters } from "../../extensions/contract/events/event-declaration.ts";
import type { purchase } from "../../extensions/contract/events/purchase.ts";
import type { EventName } from "../../extensions/contract/events/registry.ts";
import type {
  ActionSource,
  ConsentDecision,
  Dropped,
  EventId,
  HashedCustomerInformation,
  Provenance,
  PurchaseData,
  SkipReason,
} from "../conversions/model.ts";

/** Meta's server event, exactly as posted in `data[]` (Graph API v26.0). Never null, never "". */
export interface ServerEvent {
  readonly event_name: EventName;
  /** Unix seconds. */
  readonly event_time: number;
  readonly event_id: string;
  readonly action_source: ActionSource;
  readonly event_source_url?: string;
  readonly user_data: HashedCustomerInformation & {
    readonly client_ip_address?: string;
    readonly client_user_agent?: string;
    readonly fbp?: string;
    readonly fbc?: string;
  };
  readonly custom_data: PurchaseData | EventParameters;
  readonly data_processing_options?: readonly ["LDU"];
  readonly data_processing_options_country?: number;
  readonly data_processing_options_state?: number;
}

/** The server event of a Purchase. */
export interface CapiEvent extends ServerEvent {
  readonly event_name: typeof purchase.name;
  readonly event_id: EventId;
  readonly custom_data: PurchaseData;
}

export type ServerEventOutcome =
  | {
      readonly kind: "event";
      readonly event: CapiEvent;
      readonly consent: ConsentDecision;
      readonly provenance: readonly Provenance[];
      readonly dropped: readonly Dropped[];
    }
  | {
      readonly kind: "skipped";
      readonly reason: SkipReason;
      readonly consent?: ConsentDecision;
      readonly detail?: string;
      readonly dropped: readonly Dropped[];
    };
