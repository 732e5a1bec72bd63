#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "catalogue/catalogue.h"

namespace needledrop {

/// A folder of its own for each test, with room for a catalogue.
class CatalogueFixture : public testing::Test {
 protected:
  CatalogueFixture() {
    std::string name = testing::TempDir() + "catalogue-XXXXXX";
    folder_ = mkdtemp(name.data()) == nullptr ? "" : name;
    path_ = folder_ + "/catalogue.db";
  }
  ~CatalogueFixture() override {
    std::error_code ignored;
    std::filesystem::permissions(folder_, std::filesystem::perms::owner_all, ignored);
    std::filesystem::remove_all(folder_, ignored);
  }

  [[nodiscard]] Catalogue open(Catalogue::Mode mode = Catalogue::Mode::kReadWrite) const {
    auto catalogue = Catalogue::open(path_, mode);
    if (!catalogue.has_value()) {
      ADD_FAILURE() << catalogue.error().message;
      std::abort();
    }
    return std::move(*catalogue);
  }

  std::string folder_;
  std::string path_;
};

/// The value of a Result, or a failure that tells why there is none.
template <typename T>
T value_of(Result<T> result) {
  if (!result.has_value()) {
    ADD_FAILURE() << to_string(result.error().kind) << ": " << result.error().message;
    if constexpr (std::is_default_constructible_v<T>) {
      return T{};
    } else {
      std::abort();
    }
  }
  return std::move(*result);
}

template <typename T>
Error error_of(Result<T> result) {
  if (result.has_value()) {
    ADD_FAILURE() << "an error was expected";
    return {};
  }
  return std::move(result.error());
}

#define EXPECT_DONE(expression)                                                      \
  do {                                                                               \
    const auto done = (expression);                                                  \
    EXPECT_TRUE(done.has_value()) << #expression << ": "                             \
                                  << (done.has_value() ? "" : done.error().message); \
  } while (false)

/// Different numbers make different sounds.
inline Digest digest_of(std::uint32_t number) {
  Digest digest;
  for (std::size_t i = 0; i < 4; ++i) {
    digest.bytes[i] = static_cast<std::uint8_t>(number >> (8 * i));
  }
  return digest;
}

inline Recording recording_of(SourceId id, std::string title) {
  Recording recording;
  recording.id = id;
  recording.title = std::move(title);
  recording.version = "original";
  recording.digest = digest_of(id.value);
  recording.duration = Milliseconds(180'000);
  recording.paths = {"album/" + std::to_string(id.value) + ".flac"};
  return recording;
}

/// Adds a recording with a new id, and returns the id.
inline SourceId add(Catalogue& catalogue, std::string title) {
  const auto ids = value_of(catalogue.reserve_sources(1));
  EXPECT_DONE(catalogue.add_recordings(std::vector{recording_of(ids.front(), std::move(title))}));
  return ids.front();
}

inline Spot spot_of(SourceId recording, int start, int end) {
  Spot spot;
  spot.recording = recording;
  spot.span = {Milliseconds(start), Milliseconds(end)};
  spot.alignments = {{spot.span, Milliseconds(0), 1, 1}};
  spot.confidence = 0.9;
  return spot;
}

/// An episode on its way to being stored with one file and a run without spots.
struct NewEpisode {
  Episode episode;
  EpisodeFile file;
  Run run;
};

inline NewEpisode episode_of(Catalogue& catalogue, std::string path) {
  NewEpisode result;
  result.file.id = value_of(catalogue.reserve_sources(1)).front();
  result.file.path = std::move(path);
  result.file.digest = digest_of(result.file.id.value);
  result.file.size = 1000;
  result.file.duration = Milliseconds(3'600'000);
  result.file.layout = "stereo";
  result.run.at = "2026-03-09T08:00:00Z";
  result.run.catalogue_state = value_of(catalogue.recordings_state());
  return result;
}

inline std::int64_t store(Catalogue& catalogue, const NewEpisode& episode) {
  return value_of(catalogue.store_run(episode.episode, episode.file, episode.run));
}

}  // namespace needledrop
