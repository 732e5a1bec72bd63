#pragma once

#include <stop_token>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/file_system.h"
#include "cli/arguments.h"
#include "cli/console.h"
#include "desk/desk.h"

namespace needledrop {

/// What a command works with. Borrows all of it.
struct Session {
  Console& console;
  FileSystem& files;
  Clock& clock;
  std::string desk;  // its directory
  bool json = false;
  unsigned threads = 1;
  std::stop_token stop;

  [[nodiscard]] Result<Desk> open_desk(Desk::Purpose purpose) const;
};

/// Says what is wrong and what to do. `path` is the input file to blame, "" when it is the desk.
void complain(const Session& session, const Error& error, const std::string& path = "");

/// Says what searches can't find now, or why nothing can be searched; nothing when all is well.
void warn_of_missing(const Session& session, Desk& desk);

/// Says why the command failed as a whole, and gives the code to end with. `path` is the file to
/// blame, "" when there is none.
int end_with(const Session& session, const Error& error, const std::string& path = "");

// The commands. Each does its work, prints, and returns the code to end with.
int run_command(const Session& session, const AddArguments& arguments);
int run_command(const Session& session, const ListArguments& arguments);
int run_command(const Session& session, const RemoveArguments& arguments);
int run_command(const Session& session, const SpotArguments& arguments);
int run_command(const Session& session, const IdentifyArguments& arguments);
int run_command(const Session& session, const LocateArguments& arguments);
int run_command(const Session& session, const CuesArguments& arguments);
int run_command(const Session& session, const SheetArguments& arguments);
int run_command(const Session& session, const ScenesArguments& arguments);
int run_command(const Session& session, const RecurArguments& arguments);
int run_command(const Session& session, const NamesArguments& arguments);
int run_command(const Session& session, const ImportArguments& arguments);
int run_command(const Session& session, const EditArguments& arguments);
int run_command(const Session& session, const CompareArguments& arguments);
int run_command(const Session& session, const ClearanceArguments& arguments);
int run_command(const Session& session, const StatsArguments& arguments);
int run_command(const Session& session, const CheckArguments& arguments);
int run_command(const Session& session, const MergeArguments& arguments);

}  // namespace needledrop
