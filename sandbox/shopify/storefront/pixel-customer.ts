import type { Store } from "../store.ts";
import { ordersOf, type Visit } from "./visit.ts";

/** Each behind a scope of its own: read_customer_email, read_customer_phone, … */
const FIELDS = ["email", "phone", "name", "address", "personal_data"] as const;
export type PersonalField = (typeof FIELDS)[number];

/** What the store has granted the app to see of buyers in pixels (since 10 December 2025). */
export const toldFields = (store: Store): readonly PersonalField[] =>
  FIELDS.filter((field) => store.installation?.scopes.includes(`read_customer_${field}`));

/** `init.data.customer`: who is signed in, as far as the scopes go; null for a guest. */
export function signedIn(visit: Visit) {
  const told = toldFields(visit.store);
  const customer = ordersOf(visit).at(-1)?.payload.customer;
  if (!customer || told.length === 0) return null;
  const may = (field: PersonalField, value: string | null) => (told.includes(field) ? value : null);
  return {
    id: may("personal_data", String(customer.id)),
    email: may("email", customer.email),
    phone: may("phone", customer.phone),
    firstName: may("name", customer.first_name),
    lastName: may("name", customer.last_name),
  };
}
