import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const QUIET = ['background-networking', 'component-update', 'sync'].map((feature) => `--disable-${feature}`);

/** Starts the Chromium of the machine, without a window and asking nobody else. */
export function launchBrowser(): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', ...QUIET];
  return chromium.launch({ executablePath: INSTALLED.find((path) => existsSync(path)) ?? 'chromium', args });
}

/** What a page asks for, and what goes wrong on it. */
export class PageWatch {
  readonly requests: string[] = [];
  /** Errors of scripts, of the console (a broken content policy too), and of requests. */
  readonly problems: string[] = [];

  constructor(page: Page) {
    page.on('request', (request) => this.requests.push(request.url()));
    page.on('requestfailed', (request) => this.problems.push(`${request.url()} failed`));
    page.on('pageerror', (error) => this.problems.push(error.message));
    page.on('console', (message) => message.type() === 'error' && this.problems.push(message.text()));
  }

  /** Requests to anybody but the server of the page. */
  foreign(url: string): string[] {
    return this.requests.filter((asked) => !asked.startsWith(`${url}/`) && !asked.startsWith(`blob:${url}/`));
  }
}
