#pragma once

#include <array>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace needledrop {

/// What another program, pdftotext with these options, reads in a PDF.
inline std::string text_of_pdf(const std::string& bytes, const std::string& options = "") {
  struct PipeCloser {
    void operator()(std::FILE* pipe) const { pclose(pipe); }
  };
  const std::string path = fmt::format("{}needledrop-sheet-{}.pdf", testing::TempDir(), ::getpid());
  std::ofstream(path, std::ios::binary) << bytes;
  const std::string command = fmt::format("pdftotext {} -layout '{}' -", options, path);
  const std::unique_ptr<std::FILE, PipeCloser> pipe(popen(command.c_str(), "r"));
  std::string text;
  std::array<char, 4096> buffer{};
  while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) {
    text.append(buffer.data(), got);
  }
  std::remove(path.c_str());
  return text;
}

}  // namespace needledrop
