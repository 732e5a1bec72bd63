#include "cli/session.h"

#include "cli/advice.h"
#include "cli/exit_code.h"
#include "desk/desk_json.h"
#include "desk/missing_recordings.h"

namespace needledrop {

Result<Desk> Session::open_desk(Desk::Purpose purpose) const {
  return Desk::open(files, clock, desk, purpose);
}

void complain(const Session& session, const Error& error, const std::string& path) {
  const bool blames_desk =
      path.empty() || error.kind == Error::Kind::kCorrupt || error.kind == Error::Kind::kBusy;
  // Errors of the desk name its file themselves.
  session.console.complain(blames_desk ? "" : path,
                           blames_desk ? advised(error) : advised_input(error));
}

void warn_of_missing(const Session& session, Desk& desk) {
  const auto missing = missing_recordings(desk);
  if (!missing.has_value()) {
    complain(session, missing.error());
  } else if (!missing->empty()) {
    session.console.complain("", missing_warning(*missing));
  }
}

int end_with(const Session& session, const Error& error, const std::string& path) {
  complain(session, error, path);
  if (session.json) session.console.print(error_json(path, error));
  return path.empty() ? exit_code(error.kind) : exit_code_of_input(error.kind);
}

}  // namespace needledrop
