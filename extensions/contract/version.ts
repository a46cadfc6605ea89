/** Version of both browser programs. The heartbeat and every /tr hit carry it; raise it when either behaves differently. */
export const VERSION = "1.4.1";
