#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "media/block.h"
#include "media/media_file.h"

namespace needledrop {

/// A temporary folder of media that a test makes with the ffmpeg program; gone with the object.
class MadeMedia {
 public:
  MadeMedia();
  ~MadeMedia();
  MadeMedia(const MadeMedia&) = delete;
  MadeMedia& operator=(const MadeMedia&) = delete;

  [[nodiscard]] std::string path(const std::string& name) const;
  /// Runs `ffmpeg ARGUMENTS FILE` inside the folder and returns FILE's path. Fails the test if
  /// ffmpeg does.
  std::string make(const std::string& name, const std::string& arguments) const;
  std::string write(const std::string& name, const std::string& bytes) const;
  [[nodiscard]] std::string read(const std::string& name) const;

 private:
  std::filesystem::path folder_;
};

/// Everything that came out of a file.
struct Heard : BlockSink {
  std::vector<float> mid, side, rest;
  std::size_t largest_block = 0;

  void on_block(const Block& block) override;
};

struct Decoded {
  std::unique_ptr<MediaFile> file;
  Heard heard;
  DecodedSound sound;
};

/// Opens and decodes; a failure fails the test and gives an empty file.
Decoded decode_all(const std::string& path, const std::string& streams = "");

/// Root mean square of samples between two times in seconds.
double rms(const std::vector<float>& samples, double from, double to);
/// The first time in seconds from `from` on at which a sample exceeds 0.05; -1 if none does.
double onset(const std::vector<float>& samples, double from = 0);

}  // namespace needledrop
