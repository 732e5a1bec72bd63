#pragma once

#include <cstddef>
#include <functional>

namespace needledrop {

/// Runs `task(i)` for every i in [0, count) on up to `threads` threads and returns when all are
/// done. With one thread the tasks run here, in order. Tasks must not throw; which thread runs
/// which task is not defined, so a task writes only to what belongs to its own i.
void parallel_for(std::size_t count, unsigned threads,
                  const std::function<void(std::size_t)>& task);

/// The processors this process may use; at least 1.
unsigned usable_processors();

}  // namespace needledrop
