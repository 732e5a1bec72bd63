#include "media/made_media.h"

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <unistd.h>

namespace needledrop {

MadeMedia::MadeMedia() {
  auto name = (std::filesystem::temp_directory_path() / "needledrop-media-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) ADD_FAILURE() << "no temporary folder";
  folder_ = name;
}

MadeMedia::~MadeMedia() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string MadeMedia::path(const std::string& name) const {
  return (folder_ / name).string();
}

std::string MadeMedia::make(const std::string& name, const std::string& arguments) const {
  const auto command = "cd '" + folder_.string() + "' && ffmpeg -nostdin -v error -y " + arguments +
                       " '" + name + "' 2>ffmpeg.log";
  if (std::system(command.c_str()) != 0) ADD_FAILURE() << command << '\n' << read("ffmpeg.log");
  return path(name);
}

std::string MadeMedia::write(const std::string& name, const std::string& bytes) const {
  std::ofstream(folder_ / name, std::ios::binary) << bytes;
  return path(name);
}

std::string MadeMedia::read(const std::string& name) const {
  std::stringstream bytes;
  bytes << std::ifstream(folder_ / name, std::ios::binary).rdbuf();
  return bytes.str();
}

void Heard::on_block(const Block& block) {
  largest_block = std::max(largest_block, block.mid.size());
  mid.insert(mid.end(), block.mid.begin(), block.mid.end());
  side.insert(side.end(), block.side.begin(), block.side.end());
  rest.insert(rest.end(), block.rest.begin(), block.rest.end());
  EXPECT_TRUE(block.side.empty() || block.side.size() == block.mid.size());
  EXPECT_TRUE(block.rest.empty() || block.rest.size() == block.mid.size());
}

Decoded decode_all(const std::string& path, const std::string& streams) {
  Decoded result;
  auto file = MediaFile::open(path, {.streams = streams});
  if (!file.has_value()) {
    ADD_FAILURE() << path << ": " << file.error().message;
    return result;
  }
  result.file = std::move(*file);
  auto sound = result.file->decode(result.heard, {}, {});
  if (!sound.has_value()) {
    ADD_FAILURE() << path << ": " << sound.error().message;
    return result;
  }
  result.sound = *sound;
  return result;
}

double rms(const std::vector<float>& samples, double from, double to) {
  const auto begin = static_cast<std::size_t>(from * kAnalysisRate);
  const auto end = std::min(samples.size(), static_cast<std::size_t>(to * kAnalysisRate));
  if (begin >= end) return 0;
  double sum = 0;
  for (std::size_t i = begin; i < end; ++i) sum += static_cast<double>(samples[i]) * samples[i];
  return std::sqrt(sum / static_cast<double>(end - begin));
}

double onset(const std::vector<float>& samples, double from) {
  for (auto i = static_cast<std::size_t>(from * kAnalysisRate); i < samples.size(); ++i) {
    if (std::abs(samples[i]) > 0.05F) return static_cast<double>(i) / kAnalysisRate;
  }
  return -1;
}

}  // namespace needledrop
