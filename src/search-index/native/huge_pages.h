// A walk jumps about in its memory, and over a large index nearly every jump misses the processor's table of pages of 4 KiB. With
// pages of 2 MiB few do; on a virtual machine, where each miss is looked up in two tables, a walk takes about half the time. Linux
// gives them to whoever asks where its setting is "madvise" (as most distributions have it) or "always"; elsewhere nothing happens.
#pragma once

#include <cstddef>
#include <cstdint>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace quartet {

// Advises on the whole pages of 2 MiB within a block.
inline void adviseHuge(void* start, size_t bytes, int advice) {
#ifdef __linux__
  constexpr uintptr_t kPage = uintptr_t{2} << 20;
  const uintptr_t from = (uintptr_t(start) + kPage - 1) & ~(kPage - 1);
  const uintptr_t to = (uintptr_t(start) + bytes) & ~(kPage - 1);
  if (from < to) madvise(reinterpret_cast<void*>(from), to - from, advice);
#else
  (void)start, (void)bytes, (void)advice;
#endif
}

constexpr int kHugePage = 14;  // MADV_HUGEPAGE
constexpr int kCollapse = 25;  // MADV_COLLAPSE, which older headers lack

// For memory that is still to be touched.
inline void preferHugePages(void* start, size_t bytes) { adviseHuge(start, bytes, kHugePage); }

// For memory that is filled already: moved into such pages now where the kernel can (Linux 6.1), else by and by.
inline void moveToHugePages(void* start, size_t bytes) {
  preferHugePages(start, bytes);
  adviseHuge(start, bytes, kCollapse);
}

}  // namespace quartet
