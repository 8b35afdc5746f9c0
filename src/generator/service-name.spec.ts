import { describe, expect, it } from 'vitest';
import { checkServiceName } from './service-name.js';

describe('when a service is named', () => {
  it.each(['my-service', 'a', 'ocr2', 'my.service', 'my_service'])('should take "%s"', (name) => {
    expect(checkServiceName(name)).toBeUndefined();
  });

  it.each([
    ['MyService', 'use small letters'],
    ['2fast', 'use small letters'],
    ['.hidden', 'use small letters'],
    ['', 'use small letters'],
    ['my service', 'use small letters'],
    ['$(id)', 'use small letters'],
    ['../up', 'it is a name and not a path'],
    ['a\\b', 'it is a name and not a path'],
    ['node_modules', 'npm uses that name'],
    ['a'.repeat(215), 'npm allows at most 214 characters'],
  ])('should refuse "%s"', (name, cure) => {
    expect(checkServiceName(name)).toContain(`"${name}" cannot be the name of a service: ${cure}`);
  });
});
