/**
 * A stand-in for the script that Meta serves as fbevents.js: its two cookies, its hits, and the calls of `fbq` (meta.md
 * section 8) without customer information, written from the documentation. Any other call throws, so that nobody takes it for
 * played. It runs in the page as a classic script and sends to `/tr/` of the origin it was loaded from. No
 * imports: it is compiled alone.
 */
(() => {
  type Options = Record<string, unknown>;
  interface Fbq {
    (...call: unknown[]): void;
    callMethod?: (...call: unknown[]) => void;
    queue?: ArrayLike<unknown>[];
    loaded?: boolean;
    disablePushState?: boolean;
    getState?: () => { pixels: { id: string }[] };
  }
  const page = window as unknown as { fbq?: Fbq; _fbq?: Fbq };
  // Loaded a second time (two tags on one page): the first one stays in charge.
  if (page.fbq?.callMethod !== undefined) return;
  const { currentScript } = document;
  const origin =
    currentScript instanceof HTMLScriptElement ? new URL(currentScript.src).origin : location.origin;
  const startedAt = Date.now();
  const pixels = new Set<string>();
  const automaticOff = new Set<string>();
  let processing: { options: unknown[]; country: unknown; state: unknown } | undefined;
  let revoked = false;
  const held: (() => void)[] = [];

  const readCookie = (name: string): string | undefined =>
    document.cookie
      .split("; ")
      .find((pair) => pair.startsWith(`${name}=`))
      ?.slice(name.length + 1);

  /** On the broadest domain the browser allows; the index tells which: com is 0, example.com is 1. */
  const writeCookie = (name: string, value: (index: number) => string): void => {
    const labels = /^[\d.]+$/.test(location.hostname) ? [location.hostname] : location.hostname.split(".");
    const life = "; path=/; max-age=7776000; samesite=lax";
    for (let index = 1; index < labels.length; index++) {
      const domain = labels.slice(-1 - index).join(".");
      document.cookie = `${name}=${value(index)}; domain=${domain}${life}`;
      if (readCookie(name) === value(index)) return;
    }
    document.cookie = `${name}=${value(labels.length - 1)}${life}`;
  };

  const keepCookies = (): void => {
    if (readCookie("_fbp") === undefined) {
      const random = Math.floor(Math.random() * 1e18);
      writeCookie("_fbp", (index) => `fb.${index}.${startedAt}.${random}`);
    }
    const clickId = new URLSearchParams(location.search).get("fbclid");
    const known = readCookie("_fbc");
    // Kept with the time of its first sight unless the click is another one.
    if (clickId !== null && clickId !== "" && known?.split(".").slice(3).join(".") !== clickId) {
      writeCookie("_fbc", (index) => `fb.${index}.${startedAt}.${clickId}`);
    }
  };

  /** Everything that must be as it was when the call was made; cookies follow when it leaves. */
  const describe = (id: string, name: string, custom: Options): URLSearchParams => {
    const hit = new URLSearchParams({ id, ev: name, dl: location.href, rl: document.referrer });
    hit.set("if", String(window.top !== window.self));
    hit.set("ts", String(Date.now()));
    for (const [key, value] of Object.entries(custom)) {
      if (value === undefined || value === null) continue;
      hit.set(`cd[${key}]`, typeof value === "object" ? JSON.stringify(value) : String(value));
    }
    if (processing !== undefined && processing.options.length > 0) {
      hit.set("dpo", processing.options.join(","));
      hit.set("dpoco", String(processing.country ?? 0));
      hit.set("dpost", String(processing.state ?? 0));
    }
    return hit;
  };

  const send = (id: string, name: string, custom: Options, marks: Record<string, string>): void => {
    const hit = describe(id, name, custom);
    for (const [key, value] of Object.entries(marks)) hit.set(key, value);
    const fire = (): void => {
      keepCookies();
      for (const key of ["fbp", "fbc"]) {
        const value = readCookie(`_${key}`);
        if (value !== undefined) hit.set(key, value);
      }
      const text = hit.toString();
      if (text.length < 2000) new Image().src = `${origin}/tr/?${text}`;
      else navigator.sendBeacon(`${origin}/tr/`, hit);
    };
    if (revoked) held.push(fire);
    else fire();
  };

  /** What Meta sends of its own accord for each pixel of which nobody has asked otherwise. */
  const sendAutomatic = (name: string, custom: Options, ids: Iterable<string> = pixels): void => {
    for (const id of ids) if (!automaticOff.has(id)) send(id, name, custom, { es: "automatic" });
  };

  const asOptions = (value: unknown): Options =>
    typeof value === "object" && value !== null ? { ...value } : {};
  const track = (name: unknown, custom: unknown, options: unknown, ids: Iterable<string> = pixels): void => {
    if (typeof name !== "string" || name === "") return;
    const { eventID } = asOptions(options);
    const marks: Record<string, string> =
      typeof eventID === "string" && eventID !== "" ? { eid: eventID } : {};
    for (const id of ids) send(id, name, asOptions(custom), marks);
  };
  const trackSingle = (id: unknown, name: unknown, custom: unknown, options: unknown): void => {
    if (pixels.has(String(id))) track(name, custom, options, [String(id)]);
    else console.warn(`[sandbox pixel] not initialised: ${String(id)}`);
  };

  type Call = (first: unknown, second: unknown, third: unknown, fourth: unknown) => void;
  const CALLS: Readonly<Record<string, Call>> = {
    init: (given, matching) => {
      const id = String(given);
      if (matching !== undefined)
        throw new Error("[sandbox pixel] init with customer information is not played");
      if (!/^\d+$/.test(id)) return console.warn(`[sandbox pixel] not a pixel ID: ${id}`);
      if (pixels.has(id)) return console.warn(`[sandbox pixel] duplicate pixel ID: ${id}`);
      pixels.add(id);
      setTimeout(() => sendAutomatic("Microdata", { Meta: { title: document.title } }, [id]), 300);
    },
    track: (name, custom, options) => track(name, custom, options),
    trackCustom: (name, custom, options) => track(name, custom, options),
    trackSingle,
    trackSingleCustom: trackSingle,
    set: (what, value, id) => {
      if (what !== "autoConfig") throw new Error(`[sandbox pixel] set ${String(what)} is not played`);
      if (value === false || value === "false") automaticOff.add(String(id));
      else automaticOff.delete(String(id));
    },
    dataProcessingOptions: (options, country, state) => {
      processing = { options: Array.isArray(options) ? options : [], country, state };
    },
    consent: (given) => {
      revoked = given === "revoke";
      if (revoked) return;
      for (const fire of held.splice(0)) fire();
    },
  };
  const handle = (...[method, first, second, third, fourth]: unknown[]): void => {
    const call = CALLS[String(method)];
    if (call === undefined) throw new Error(`[sandbox pixel] ${String(method)} is not played`);
    call(first, second, third, fourth);
  };

  document.addEventListener(
    "click",
    ({ target }) => {
      const element = target instanceof Element ? target.closest("button, a, input[type=submit]") : null;
      if (element === null) return;
      sendAutomatic("SubscribedButtonClick", { buttonText: (element.textContent ?? "").trim().slice(0, 80) });
    },
    true,
  );
  const pushState = history.pushState.bind(history);
  history.pushState = (...state) => {
    pushState(...state);
    if (page.fbq?.disablePushState !== true) sendAutomatic("PageView", {});
  };

  const fbq: Fbq = page.fbq ?? Object.assign((...call: unknown[]) => handle(...call), { queue: [] });
  page.fbq = fbq;
  page._fbq ??= fbq;
  fbq.callMethod = handle;
  fbq.loaded = true;
  fbq.getState = () => ({ pixels: [...pixels].map((id) => ({ id })) });
  const waiting = fbq.queue ?? [];
  while (waiting.length > 0) handle(...Array.from(waiting.shift() ?? []));
})();
