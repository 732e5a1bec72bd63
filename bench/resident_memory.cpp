#include "resident_memory.h"

#include <fstream>
#include <string>

namespace needledrop {

ResidentMemory resident_memory() {
  ResidentMemory memory;
  std::ifstream status("/proc/self/status");
  for (std::string name; status >> name;) {
    std::uint64_t kilobytes = 0;
    if (name == "RssAnon:" && status >> kilobytes) memory.own = kilobytes << 10;
    if (name == "RssFile:" && status >> kilobytes) memory.mapped = kilobytes << 10;
    if (name == "VmHWM:" && status >> kilobytes) memory.peak_in_all = kilobytes << 10;
    std::getline(status, name);
  }
  return memory;
}

}  // namespace needledrop
