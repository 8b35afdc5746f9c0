import { Counter, type Registry } from 'prom-client';

/** Answers by endpoint and status code: counted for every request, labelled only at a scrape. */
export class AnswerCounter {
  private readonly endpoints = new Map<string, Map<number, number>>();

  constructor(name: string, help: string, registry: Registry) {
    const { endpoints } = this;
    new Counter({
      name,
      help,
      labelNames: ['code', 'endpoint'],
      registers: [registry],
      collect() {
        this.reset();
        for (const [endpoint, codes] of endpoints) {
          for (const [code, count] of codes) this.inc({ code, endpoint }, count);
        }
      },
    });
  }

  count(endpoint: string, code: number): void {
    let codes = this.endpoints.get(endpoint);
    if (!codes) this.endpoints.set(endpoint, (codes = new Map<number, number>()));
    codes.set(code, (codes.get(code) ?? 0) + 1);
  }
}
