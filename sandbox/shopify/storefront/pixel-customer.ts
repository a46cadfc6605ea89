import type { PersonalField } from "../browser/pixel-wire.ts";
import type { Store } from "../store.ts";

const FIELDS: readonly PersonalField[] = ["email", "phone", "name", "address", "personal_data"];

/** What the store has granted the app to see of buyers in pixels (since 10 December 2025). */
export function toldFields(store: Store): PersonalField[] {
  return FIELDS.filter((field) => store.installation?.scopes.includes(`read_customer_${field}`));
}

/** `init.data.customer`: who is signed in, as far as the scopes go; null for a guest. */
export function signedIn(store: Store, customerId: string | undefined) {
  const told = toldFields(store);
  const orders = [...store.orders.values()].filter(
    ({ payload }) => String(payload.customer?.id) === customerId,
  );
  const customer = orders.at(-1)?.payload.customer;
  if (!customer || told.length === 0) return null;
  const may = (field: PersonalField, value: string | null) => (told.includes(field) ? value : null);
  return {
    id: may("personal_data", String(customer.id)),
    email: may("email", customer.email),
    phone: may("phone", customer.phone),
    firstName: may("name", customer.first_name),
    lastName: may("name", customer.last_name),
    ordersCount: orders.length,
  };
}
