#include "media/picture_pass.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "media/picture_decoder.h"
#include "media/picture_reader.h"

namespace needledrop {
namespace {

/// A group is held in memory until its end is seen; beyond this the file is decoded whole.
constexpr std::size_t kMaxGroupPictures = 1'500;
constexpr std::size_t kMaxGroupBytes = std::size_t{256} << 20;

/// Sees to the order of times, counts, and tells how far the work has come.
class OrderedSink final : public ThumbSink {
 public:
  OrderedSink(ThumbSink& sink, const PictureOptions& options) : sink_(sink), options_(options) {}

  void on_thumb(const Thumb& thumb) override {
    if (thumb.time < Milliseconds(0) || (count_ > 0 && thumb.time <= last_)) return;
    last_length_ = count_ > 0 ? thumb.time - last_ : last_length_;
    last_ = thumb.time;
    ++count_;
    sink_.on_thumb(thumb);
    options_.progress(thumb.time);
  }
  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] std::optional<Milliseconds> last() const {
    return count_ == 0 ? std::nullopt : std::optional(last_);
  }
  [[nodiscard]] Milliseconds end() const { return count_ == 0 ? last_ : last_ + last_length_; }

 private:
  ThumbSink& sink_;
  const PictureOptions& options_;
  Milliseconds last_{0};
  Milliseconds last_length_{40};
  std::uint64_t count_ = 0;
};

class ThumbList final : public ThumbSink {
 public:
  void on_thumb(const Thumb& thumb) override { thumbs.push_back(thumb); }
  std::vector<Thumb> thumbs;
};

Result<DecodedPicture> summed_up(const OrderedSink& sink, std::uint64_t damaged) {
  if (sink.count() == 0) {
    return fail(Error::Kind::kUnsupported, "nothing of its picture could be decoded");
  }
  DecodedPicture decoded{sink.end(), sink.count(), damaged, {}};
  if (damaged > 0) {
    decoded.warnings.push_back(
        fmt::format("{} damaged packets of the picture were skipped", damaged));
  }
  return decoded;
}

/// Everything that is still to be read.
Result<void> decode_all(PictureReader& reader, PictureDecoder& decoder, ThumbSink& sink) {
  const auto packet = make_packet();
  for (;;) {
    ND_TRY_ASSIGN(const bool more, reader.read(*packet));
    if (!more) break;
    decoder.decode(*packet, sink);
    av_packet_unref(packet.get());
  }
  decoder.finish(sink);
  return {};
}

/// Notes on the first thumb whether pictures were left out before it.
class RestSink final : public ThumbSink {
 public:
  RestSink(ThumbSink& sink, bool first_follows) : sink_(sink), follows_(first_follows) {}

  void on_thumb(const Thumb& thumb) override {
    Thumb noted = thumb;
    noted.follows = std::exchange(follows_, true);
    sink_.on_thumb(noted);
  }

 private:
  ThumbSink& sink_;
  bool follows_;
};

struct Packet {
  PacketHandle bytes;
  Milliseconds time{0};
  bool is_damaged = false;  // as was seen in decoding it, which may be done several times
  [[nodiscard]] bool is_key() const { return (bytes->flags & AV_PKT_FLAG_KEY) != 0; }
};

/// Whether a decoder meets damage from now on.
class DamageWatch {
 public:
  explicit DamageWatch(const PictureDecoder& decoder)
      : decoder_(decoder), before_(decoder.damage()) {}
  [[nodiscard]] bool saw_some() const { return decoder_.damage() > before_; }

 private:
  const PictureDecoder& decoder_;
  std::uint64_t before_;
};

/// The work of decode_groups. Packets wait until the keyframe after their group has come, and what
/// is coded after it but shown before it.
class GroupPass {
 public:
  GroupPass(PictureReader& reader, GroupPlanner& planner, OrderedSink& sink)
      : reader_(reader), planner_(planner), sink_(sink) {}

  Result<void> run(unsigned threads);
  [[nodiscard]] std::uint64_t damaged() const { return damaged_; }

 private:
  Result<bool> read();
  [[nodiscard]] bool has_whole_group() const;
  [[nodiscard]] std::size_t group_length() const;
  Result<void> take_group();
  Result<std::vector<Thumb>> decode(const GroupPlan& plan, std::size_t length);
  void give_out(std::vector<Thumb>& thumbs, std::size_t length);
  Result<void> decode_rest(unsigned threads);
  std::optional<Thumb> decode_key(Packet& packet);
  void forget_first();

  PictureReader& reader_;
  GroupPlanner& planner_;
  OrderedSink& sink_;
  std::unique_ptr<PictureDecoder> keys_;
  std::unique_ptr<PictureDecoder> between_;
  std::deque<Packet> packets_;  // of the group that is being gathered, and what came after
  std::size_t next_key_ = 0;    // place in packets_; 0: not read yet
  std::size_t bytes_ = 0;
  std::optional<Thumb> first_;                 // the group's keyframe
  std::optional<Milliseconds> last_of_group_;  // shown last of the group before
  bool must_be_whole_ = false;
  std::uint64_t damaged_ = 0;
};

/// False when no more can or should be read.
Result<bool> GroupPass::read() {
  Packet packet{make_packet()};
  ND_TRY_ASSIGN(const bool more, reader_.read(*packet.bytes));
  if (!more) return false;
  const auto time = keys_->time_of(*packet.bytes);
  packet.time = time.value_or(Milliseconds(0));
  bytes_ += static_cast<std::size_t>(std::max(packet.bytes->size, 0));
  if (packet.is_key() && !packets_.empty() && next_key_ == 0) next_key_ = packets_.size();
  packets_.push_back(std::move(packet));
  must_be_whole_ =
      !time.has_value() || bytes_ > kMaxGroupBytes || packets_.size() > kMaxGroupPictures;
  return !must_be_whole_;
}

/// Is all there that is shown before the next keyframe?
bool GroupPass::has_whole_group() const {
  if (next_key_ == 0) return false;
  const Packet& last = packets_.back();
  return packets_.size() > next_key_ + 1 && (last.is_key() || last.time > packets_[next_key_].time);
}

std::size_t GroupPass::group_length() const {
  if (next_key_ == 0) return packets_.size();
  std::size_t length = next_key_;
  // Shown before the next keyframe, coded after it, and made from it: it is decoded as well.
  for (std::size_t i = next_key_ + 1; i < packets_.size(); ++i) {
    if (!packets_[i].is_key() && packets_[i].time < packets_[next_key_].time) length = i + 1;
  }
  return length;
}

void GroupPass::forget_first() {
  const Packet& packet = packets_.front();
  bytes_ -= static_cast<std::size_t>(std::max(packet.bytes->size, 0));
  damaged_ += packet.is_damaged ? 1 : 0;
  packets_.pop_front();
}

std::optional<Thumb> GroupPass::decode_key(Packet& packet) {
  const DamageWatch watch(*keys_);
  ThumbList list;
  keys_->decode(*packet.bytes, list);
  keys_->finish(list);
  if (watch.saw_some()) packet.is_damaged = true;
  return list.thumbs.empty() ? std::nullopt : std::optional(list.thumbs.front());
}

Result<std::vector<Thumb>> GroupPass::decode(const GroupPlan& plan, std::size_t length) {
  ThumbList list;
  const std::size_t until = std::min(plan.until, length);
  for (std::size_t i = 0; i < until; ++i) {
    const bool whole = std::ranges::any_of(
        plan.whole, [&](const GroupPlan::Range& range) { return i >= range.from && i < range.to; });
    between_->set_depth(whole ? PictureDecoder::Depth::kAllRoughly
                              : PictureDecoder::Depth::kReferences);
    ND_TRY(reader_.go_on());
    const DamageWatch watch(*between_);
    between_->decode(*packets_[i].bytes, list);
    // What is held back shows its damage at the end.
    if (i + 1 == until) between_->finish(list);
    if (watch.saw_some()) packets_[i].is_damaged = true;
  }
  const Milliseconds from = packets_.front().time;
  const auto to = next_key_ == 0 ? std::optional<Milliseconds>() : packets_[next_key_].time;
  std::erase_if(list.thumbs, [&](const Thumb& thumb) {
    return thumb.time < from || (to.has_value() && thumb.time >= *to);
  });
  return std::move(list.thumbs);
}

/// With a note of whether pictures were left out in between.
void GroupPass::give_out(std::vector<Thumb>& thumbs, std::size_t length) {
  std::vector<Milliseconds> times;
  for (std::size_t i = 0; i < length; ++i) times.push_back(packets_[i].time);
  std::ranges::sort(times);
  for (Thumb& thumb : thumbs) {
    const auto place = std::ranges::lower_bound(times, thumb.time);
    const auto before = place == times.begin() ? last_of_group_ : *std::prev(place);
    thumb.follows = sink_.last() == before;
    sink_.on_thumb(thumb);
  }
  if (!times.empty()) last_of_group_ = times.back();
}

Result<void> GroupPass::take_group() {
  std::optional<Thumb> next;
  if (next_key_ != 0) next = decode_key(packets_[next_key_]);
  const std::size_t length = group_length();
  std::vector<Thumb> decoded;
  if (first_.has_value()) {
    decoded.push_back(*first_);
    std::vector<CodedPicture> pictures;
    for (std::size_t i = 0; i < length; ++i) {
      pictures.push_back(
          {packets_[i].time, static_cast<std::uint32_t>(std::max(packets_[i].bytes->size, 0))});
    }
    constexpr int kMostAnswers = 4;
    GroupPlan all;
    for (int answer = 0; answer < kMostAnswers; ++answer) {
      const GroupPlan more =
          planner_.plan({pictures, *first_, next.has_value() ? &*next : nullptr, decoded});
      if (more.until == 0) break;
      all.until = std::max(all.until, more.until);
      all.whole.insert(all.whole.end(), more.whole.begin(), more.whole.end());
      ND_TRY_ASSIGN(auto thumbs, decode(all, length));
      if (!thumbs.empty()) decoded = std::move(thumbs);
    }
  } else {
    // The keyframe is damaged: what can be made of the rest.
    ND_TRY_ASSIGN(decoded, decode({length, {{0, length}}}, length));
  }
  give_out(decoded, length);
  const std::size_t in_group = next_key_ == 0 ? packets_.size() : next_key_;
  for (std::size_t i = 0; i < in_group; ++i) forget_first();
  next_key_ = 0;
  for (std::size_t i = 1; i < packets_.size() && next_key_ == 0; ++i) {
    if (packets_[i].is_key()) next_key_ = i;
  }
  first_ = std::move(next);
  return {};
}

Result<void> GroupPass::decode_rest(unsigned threads) {
  ND_TRY_ASSIGN(const auto decoder,
                PictureDecoder::open(reader_.stream(), reader_.origin(), threads));
  RestSink rest(sink_, last_of_group_ == sink_.last());
  for (const Packet& packet : packets_) {
    ND_TRY(reader_.go_on());
    decoder->decode(*packet.bytes, rest);
  }
  packets_.clear();
  ND_TRY(decode_all(reader_, *decoder, rest));
  damaged_ += decoder->damage();
  return {};
}

Result<void> GroupPass::run(unsigned threads) {
  ND_TRY_ASSIGN(keys_, PictureDecoder::open(reader_.stream(), reader_.origin(), 1));
  ND_TRY_ASSIGN(between_, PictureDecoder::open(reader_.stream(), reader_.origin(), 1));
  keys_->set_depth(PictureDecoder::Depth::kAllRoughly);
  for (;;) {
    ND_TRY_ASSIGN(const bool more, read());
    if (must_be_whole_) return decode_rest(threads);
    if (more && packets_.size() == 1 && packets_.front().is_key() && !first_.has_value()) {
      first_ = decode_key(packets_.front());
    }
    if (!more) break;
    while (has_whole_group()) ND_TRY(take_group());
  }
  while (!packets_.empty()) ND_TRY(take_group());
  return {};
}

}  // namespace

Result<DecodedPicture> decode_picture(const std::string& path, ThumbSink& sink,
                                      const PictureOptions& options) {
  ND_TRY_ASSIGN(PictureReader reader, PictureReader::open(path, options.stop));
  ND_TRY_ASSIGN(const auto decoder,
                PictureDecoder::open(reader.stream(), reader.origin(), options.threads));
  OrderedSink ordered(sink, options);
  ND_TRY(decode_all(reader, *decoder, ordered));
  return summed_up(ordered, decoder->damage() + reader.damage());
}

Result<DecodedPicture> decode_groups(const std::string& path, GroupPlanner& planner,
                                     ThumbSink& sink, const PictureOptions& options) {
  ND_TRY_ASSIGN(PictureReader reader, PictureReader::open(path, options.stop));
  OrderedSink ordered(sink, options);
  GroupPass pass(reader, planner, ordered);
  ND_TRY(pass.run(options.threads));
  return summed_up(ordered, pass.damaged() + reader.damage());
}

}  // namespace needledrop
