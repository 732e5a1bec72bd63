#include <fmt/format.h>

#include "cli/author.h"
#include "cli/cues_report.h"
#include "cli/exit_code.h"
#include "cli/session.h"
#include "desk/carry_over.h"
#include "desk/cues_json.h"
#include "desk/episode_cues.h"
#include "desk/review.h"

namespace needledrop {
namespace {

using What = CuesArguments::What;

int show(const Session& session, Desk& desk, const CuesArguments& arguments) {
  const auto cues = episode_cues(desk, arguments.episode, arguments.request.cut);
  if (!cues.has_value()) return end_with(session, cues.error());
  if (cues->parts.empty()) {
    return end_with(session, fail(Error::Kind::kInvalidArgument,
                                  "the episode has no spotted file; spot one first"));
  }
  const std::size_t width = session.console.traits().width;
  if (arguments.what == What::kHistory) {
    const auto decisions = decisions_of(desk.catalogue(), cues->episode.id, cues->cut);
    if (!decisions.has_value()) return end_with(session, decisions.error());
    session.console.print(session.json ? history_json(*decisions, cues->recordings)
                                       : history_report(*decisions, *cues));
  } else if (session.json) {
    session.console.print(cues_json(*cues));
  } else {
    session.console.print(arguments.what == What::kProposals ? proposals_report(*cues, width)
                                                             : cues_report(*cues, width));
  }
  return kExitDone;
}

Result<Reviewed> carried_out(Desk& desk, const CuesArguments& arguments) {
  const auto& cut = arguments.request.cut;
  if (arguments.what == What::kUndo) return turn_back(desk, arguments.episode, cut, Turn::kUndo);
  if (arguments.what == What::kRedo) return turn_back(desk, arguments.episode, cut, Turn::kRedo);
  ReviewRequest request = arguments.request;
  request.author = author_of(request.author);
  return review(desk, arguments.episode, request);
}

int carry(const Session& session, Desk& desk, const CuesArguments& arguments) {
  const CarryOptions options{
      arguments.request.cut,        arguments.from,  author_of(arguments.request.author),
      arguments.request.is_preview, session.threads, session.stop};
  const auto carried = carry_over(desk, arguments.episode, options);
  if (!carried.has_value()) return end_with(session, carried.error());
  session.console.print(session.json ? carry_json(*carried, options.is_preview)
                                     : carry_report(*carried, options.is_preview));
  return kExitDone;
}

int decide(const Session& session, Desk& desk, const CuesArguments& arguments) {
  const auto reviewed = carried_out(desk, arguments);
  if (!reviewed.has_value()) return end_with(session, reviewed.error());
  const bool is_preview = arguments.request.is_preview;
  session.console.print(session.json ? review_json(*reviewed, is_preview)
                                     : review_report(*reviewed, is_preview));
  return kExitDone;
}

}  // namespace

int run_command(const Session& session, const CuesArguments& arguments) {
  const bool only_reads = arguments.what == What::kList || arguments.what == What::kProposals ||
                          arguments.what == What::kHistory || arguments.request.is_preview;
  auto desk = session.open_desk(only_reads ? Desk::Purpose::kUse : Desk::Purpose::kChange);
  if (!desk.has_value()) return end_with(session, desk.error());
  if (arguments.what == What::kCarry) return carry(session, *desk, arguments);
  return only_reads && !arguments.request.is_preview ? show(session, *desk, arguments)
                                                     : decide(session, *desk, arguments);
}

}  // namespace needledrop
