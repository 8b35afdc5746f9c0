import { createRequire } from 'node:module';

/** The part of koffi that is used; it is an optional peer, so its own types may be absent. */
interface Koffi {
  load(library: string | null): { func(signature: string): (...args: unknown[]) => unknown };
  address(pointer: unknown): bigint;
  view(address: bigint, length: number): ArrayBuffer;
}

/** The system calls behind shared memory. Descriptors, sizes and offsets are plain numbers. */
export interface NativeMemory {
  /** @returns a descriptor of an anonymous file of that size, without memory yet, whose size nobody can change */
  create(sizeBytes: number): number;
  /** Takes memory for a part of the file. @returns false when the system has none */
  commit(fd: number, offset: number, length: number): boolean;
  /** Gives all memory of the file back to the system; whoever still reads it finds zeros. */
  discard(fd: number, sizeBytes: number): void;
  /** @returns the address of the whole file in this process */
  map(fd: number, sizeBytes: number): bigint;
  /** @returns a part of a mapping as a buffer of its own */
  view(address: bigint, length: number): ArrayBuffer;
}

const MFD_CLOEXEC_AND_SEALING = 1 | 2;
const F_ADD_SEALS = 1033;
const SEAL_SEAL_SHRINK_GROW = 1 | 2 | 4;
const PROT_READ_WRITE = 3;
const MAP_SHARED = 1;
const PUNCH_HOLE_KEEP_SIZE = 2 | 1;
const MAP_FAILED = 2n ** 64n - 1n;

/** @throws an error that says why this system has no shared memory for us */
export function loadNativeMemory(): NativeMemory {
  if (process.platform !== 'linux') throw new Error(`it needs Linux, and this is "${process.platform}"`);
  const koffi = loadKoffi();
  const libc = koffi.load(null);
  const memfdCreate = libc.func('int memfd_create(const char*, unsigned int)');
  const ftruncate = libc.func('int ftruncate(int, int64_t)');
  const fcntl = libc.func('int fcntl(int, int, ...)');
  const posixFallocate = libc.func('int posix_fallocate(int, int64_t, int64_t)');
  const fallocate = libc.func('int fallocate(int, int, int64_t, int64_t)');
  const mmap = libc.func('void *mmap(void*, size_t, int, int, int, int64_t)');
  return {
    create: (sizeBytes) => {
      const fd = memfdCreate('mosec', MFD_CLOEXEC_AND_SEALING) as number;
      if (fd < 0) throw new Error('memfd_create failed');
      // The size alone takes no memory. Every part is committed before its first use, so that a system without
      // memory refuses there and does not end the process (SIGBUS) at the first touch.
      if (ftruncate(fd, sizeBytes) !== 0) throw new Error('ftruncate failed');
      if (fcntl(fd, F_ADD_SEALS, 'int', SEAL_SEAL_SHRINK_GROW) !== 0) throw new Error('sealing failed');
      return fd;
    },
    commit: (fd, offset, length) => posixFallocate(fd, offset, length) === 0,
    discard: (fd, sizeBytes) => void fallocate(fd, PUNCH_HOLE_KEEP_SIZE, 0, sizeBytes),
    map: (fd, sizeBytes) => {
      const address = koffi.address(mmap(null, sizeBytes, PROT_READ_WRITE, MAP_SHARED, fd, 0));
      if (address === MAP_FAILED) throw new Error('mmap failed');
      return address;
    },
    view: (address, length) => koffi.view(address, length),
  };
}

function loadKoffi(): Koffi {
  try {
    return createRequire(import.meta.url)('koffi') as Koffi;
  } catch (cause) {
    throw new Error('the package "koffi" cannot be loaded; install it', { cause });
  }
}
