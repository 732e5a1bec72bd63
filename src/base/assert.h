#pragma once

#include <cstdio>
#include <cstdlib>

/// Ends the process when a precondition is broken: that is a bug, and going on could write wrong
/// data. On in every build. Never used on bytes from outside.
#define ND_ASSERT(condition)                                                                    \
  do {                                                                                          \
    if (!(condition)) {                                                                         \
      std::fprintf(stderr, "%s:%d: broken precondition: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                             \
    }                                                                                           \
  } while (false)
