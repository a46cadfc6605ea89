import { useEffect, useRef } from "react";

/** Says a short word of success in the admin's own toast, once for each new `notice`. Errors never go here. */
export function useToast(notice: { readonly text: string } | null | undefined): void {
  const last = useRef<object | null>(null);
  useEffect(() => {
    if (!notice || last.current === notice) return;
    last.current = notice;
    window.shopify?.toast?.show(notice.text);
  }, [notice]);
}
