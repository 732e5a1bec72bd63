#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalogue/entities.h"
#include "desk/align_recordings.h"

namespace needledrop {

class Desk;

struct ListedRecording {
  Recording recording;
  std::string production;  // title; "" none
  std::vector<RelatedRecording> related;
};

struct ListedEpisode {
  Episode episode;
  std::string production;          // title; "" none
  std::vector<EpisodeFile> files;  // by id
  std::size_t spots = 0;           // in the newest runs of its files
  bool is_stale = false;           // spotted against another catalogue than today's
};

struct ListedProduction {
  Production production;
  std::size_t episodes = 0;
  std::size_t recordings = 0;
};

/// What the desk holds, each by id.
Result<std::vector<ListedRecording>> list_recordings(Desk& desk);
Result<std::vector<ListedEpisode>> list_episodes(Desk& desk);
Result<std::vector<ListedProduction>> list_productions(Desk& desk);

}  // namespace needledrop
