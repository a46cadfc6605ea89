/** What a process of Tandem tells of itself at /metrics. */
export interface ProcessFigures {
  /** Since its start. */
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  /** JavaScript objects. */
  readonly heapBytes: number;
  /** Sockets included. */
  readonly openFiles: number;
  /** Deliveries that are not settled. */
  readonly queued: number;
}

export async function readProcess(url: string, token: string): Promise<ProcessFigures> {
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  if (!answer.ok) throw new Error(`/metrics answered ${answer.status}`);
  const text = await answer.text();
  const figure = (name: string) => Number(new RegExp(`^\\w*${name} (\\S+)$`, "m").exec(text)?.[1] ?? NaN);
  return {
    cpuSeconds: figure("process_cpu_seconds_total"),
    residentBytes: figure("process_resident_memory_bytes"),
    heapBytes: figure("nodejs_heap_size_used_bytes"),
    openFiles: figure("process_open_fds"),
    queued: figure("tandem_queue_deliveries"),
  };
}
