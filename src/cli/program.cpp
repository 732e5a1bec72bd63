#include "cli/program.h"

#include <cstdlib>
#include <memory>
#include <variant>

#include "base/worker_pool.h"
#include "cli/arguments.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/session.h"
#include "cli/stop_signals.h"

namespace needledrop {
namespace {

std::string desk_directory(const std::string& named) {
  if (!named.empty()) return named;
  const char* of_environment = std::getenv("NEEDLEDROP_DESK");
  if (of_environment != nullptr && *of_environment != '\0') return of_environment;
  return "./desk.needledrop";
}

int end_parsing(Console& console, const ParseEnd& end) {
  if (!end.err.empty()) console.complain("", end.err);
  if (end.code == kExitDone) {
    console.print(end.out);
  } else {
    std::fputs(end.out.c_str(), stderr);
  }
  return end.code;
}

int run(Console& console, const Arguments& arguments) {
  const StopSignals signals;
  const std::unique_ptr<FileSystem> files = posix_file_system();
  const CommonArguments& common = arguments.common;
  const Session session{console,        *files,
                        system_clock(), desk_directory(common.desk),
                        common.json,    common.threads == 0 ? usable_processors() : common.threads,
                        signals.token()};
  return std::visit([&](const auto& command) { return run_command(session, command); },
                    arguments.command);
}

}  // namespace

int run_program(const std::vector<std::string>& words) {
  Console console = Console::standard();
  const auto parsed = parse_arguments(words);
  const auto* end = std::get_if<ParseEnd>(&parsed);
  const int code =
      end != nullptr ? end_parsing(console, *end) : run(console, std::get<Arguments>(parsed));
  if (console.flush()) return code;
  console.complain("", "standard output can't be written to; is its disk full?");
  return code == kExitDone ? kExitFailed : code;
}

}  // namespace needledrop
