#pragma once

#include <cstdint>
#include <vector>

#include "base/digest.h"
#include "base/file_system.h"
#include "base/result.h"
#include "index/posting.h"
#include "index/segment_output.h"
#include "index/source.h"

namespace needledrop {

/// Makes one segment of new sources: add every source by ascending id, then finish. Peaks go to the
/// file as they come, postings stay in memory (8 bytes each) until finish. Nothing can be searched
/// before the segment is opened. Single-threaded; borrows the file. After an error the file is
/// rubbish.
class SegmentBuilder {
 public:
  SegmentBuilder(WritableFile& file, const Digest& parameters) : output_(file, parameters) {}

  /// kInvalidArgument when ids do not ascend or the source contradicts itself (see the message).
  Result<void> add(const NewSource& source);
  /// Writes the rest; does not sync.
  Result<void> finish();

  /// After finish: what the manifest keeps of the segment.
  [[nodiscard]] std::uint64_t size() const { return output_.size(); }
  [[nodiscard]] std::uint64_t footer_checksum() const { return output_.footer_checksum(); }

 private:
  SegmentOutput output_;
  std::vector<Posting> postings_;
};

}  // namespace needledrop
