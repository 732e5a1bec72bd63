#include "media/layout_choice.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "media/channel_pair.h"
#include "media/speakers.h"
#include "media/stem_name.h"

namespace needledrop {
namespace {

constexpr double kMinus3Db = 0.70710678118654752;

/// Legs that belong together, and what they are called.
struct Group {
  std::vector<Leg> legs;
  std::vector<Speaker> speakers;  // of each leg
  std::string words;
};

/// Mono streams, or the channels of a stream that doesn't name them, one by one.
struct Discrete {
  std::vector<Leg> legs;
  std::vector<std::string> names;
  std::vector<std::string> languages;
  std::string noun = "stream";
  std::size_t all = 0;  // how many there are in the file
};

class Chooser {
 public:
  Chooser(const std::vector<StreamFacts>& facts, const Listen& listen)
      : facts_(facts), listen_(listen) {}

  Result<LayoutPlan> by_hand(const std::string& text) const;
  [[nodiscard]] LayoutPlan infer() const;
  [[nodiscard]] Result<std::vector<std::size_t>> numbers(const std::string& text) const;

 private:
  [[nodiscard]] bool counts_channels() const {
    return facts_.size() == 1 && !names_speakers(facts_.front().layout);
  }
  [[nodiscard]] std::size_t countable() const {
    return counts_channels() ? static_cast<std::size_t>(facts_.front().layout.nb_channels)
                             : facts_.size();
  }
  [[nodiscard]] Discrete discrete(Stem stem) const;
  [[nodiscard]] std::optional<std::size_t> best_stream(Stem stem) const;
  [[nodiscard]] Stem stem_of(std::size_t stream) const;

  [[nodiscard]] LayoutPlan plan_stream(std::size_t stream) const;
  [[nodiscard]] LayoutPlan plan_discrete(const Discrete& discrete) const;
  [[nodiscard]] LayoutPlan plan_group(const Group& group) const;
  [[nodiscard]] LayoutPlan plan_pair(const Group& group, PairKind kind) const;
  [[nodiscard]] LayoutPlan plan_first_pair(const Discrete& discrete, const std::string& tag) const;
  [[nodiscard]] PairKind judge(const Leg& first, const Leg& second) const;
  [[nodiscard]] std::string place(std::size_t stream) const;

  const std::vector<StreamFacts>& facts_;
  const Listen& listen_;
};

/// A plan that gives each leg to the outputs by its weights.
struct WeightedLeg {
  Leg leg;
  std::vector<double> weights;
};

LayoutPlan make_plan(const std::vector<StreamFacts>& facts, const std::vector<WeightedLeg>& legs,
                     Outputs outputs, std::string words) {
  LayoutPlan plan{.sources = {}, .outputs = outputs, .words = std::move(words)};
  for (const auto& [leg, weights] : legs) {
    auto source = std::ranges::find(plan.sources, leg.stream, &LayoutPlan::Source::stream);
    if (source == plan.sources.end()) {
      const auto channels = static_cast<std::size_t>(facts[leg.stream].layout.nb_channels);
      plan.sources.push_back({leg.stream, ChannelWeights(outputs.count(), channels)});
      source = plan.sources.end() - 1;
    }
    for (std::size_t i = 0; i < weights.size(); ++i) {
      source->weights.at(i, leg.channel) = weights[i];
    }
  }
  return plan;
}

/// Words and weights for a front pair of that kind.
struct PairReading {
  std::vector<double> first;  // into mid, then side
  std::vector<double> second;
  const char* words;
};

PairReading read_pair(PairKind kind) {
  switch (kind) {
    case PairKind::kAlike:
      return {{0.5}, {0.5}, ", both channels alike: as mono"};
    case PairKind::kInverted:
      return {{0.5}, {-0.5}, ", one channel inverted: as mono"};
    case PairKind::kFirstOnly:
      return {{1}, {}, ", sound in the left only: as mono"};
    case PairKind::kSecondOnly:
      return {{}, {1}, ", sound in the right only: as mono"};
    case PairKind::kTwoProgrammes:
      return {{1}, {}, ", two programmes in left and right: left only"};
    case PairKind::kStereo:
    case PairKind::kSilent:
      break;
  }
  return {{0.5, 0.5}, {0.5, -0.5}, ""};
}

double rest_weight(Speaker speaker) {
  if (speaker == Speaker::kCentre) return kMinus3Db;
  return speaker == Speaker::kLowFrequency ? 0.5 : kMinus3Db / 2;
}

std::string stem_words(Stem stem) {
  if (stem == Stem::kMusic) return " (tagged music)";
  return stem == Stem::kMusicAndEffects ? " (tagged M&E)" : "";
}

Result<std::vector<std::size_t>> Chooser::numbers(const std::string& text) const {
  std::vector<std::size_t> result;
  for (std::size_t at = 0; at <= text.size();) {
    const auto plus = std::min(text.find('+', at), text.size());
    std::size_t number = 0;
    const auto* end = text.data() + plus;
    const auto [stop, code] = std::from_chars(text.data() + at, end, number);
    if (code != std::errc() || stop != end) {
      return fail(Error::Kind::kInvalidArgument,
                  fmt::format("\"{}\" names no streams: say 3 for one, 1+2 to join two", text));
    }
    if (number < 1 || number > countable()) {
      return fail(Error::Kind::kInvalidArgument,
                  fmt::format("there is no {} {}: it has {} of sound",
                              counts_channels() ? "channel" : "stream", number, countable()));
    }
    result.push_back(number - 1);
    at = plus + 1;
  }
  if (result.size() > 2 || (result.size() == 2 && result[0] == result[1])) {
    return fail(Error::Kind::kInvalidArgument, "two different streams can be joined, as in 1+2");
  }
  const bool wide = result.size() == 2 && !counts_channels() &&
                    std::ranges::any_of(result, [&](std::size_t stream) {
                      return facts_[stream].layout.nb_channels != 1;
                    });
  if (wide) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("only mono streams can be joined; {} has more channels", text));
  }
  return result;
}

Result<LayoutPlan> Chooser::by_hand(const std::string& text) const {
  ND_TRY_ASSIGN(const auto chosen, numbers(text));
  const auto leg = [&](std::size_t n) { return counts_channels() ? Leg{0, n} : Leg{n, 0}; };
  const auto* noun = counts_channels() ? "channel" : "stream";
  if (chosen.size() == 2) {
    return make_plan(facts_, {{leg(chosen[0]), {0.5, 0.5}}, {leg(chosen[1]), {0.5, -0.5}}},
                     {.side = true},
                     fmt::format("{}s {} of {} as stereo", noun, text, countable()));
  }
  if (!counts_channels()) return plan_stream(chosen[0]);
  return make_plan(facts_, {{leg(chosen[0]), {1}}}, {},
                   fmt::format("channel {} of {}: mono", text, countable()));
}

Stem Chooser::stem_of(std::size_t stream) const {
  const Stem named = read_stem(facts_[stream].name);
  return named == Stem::kProgramme && facts_[stream].aside ? Stem::kAside : named;
}

/// The stream of several channels to take among those of a stem.
std::optional<std::size_t> Chooser::best_stream(Stem stem) const {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < facts_.size(); ++i) {
    const auto& layout = facts_[i].layout;
    if (stem_of(i) != stem || layout.nb_channels < 2 || !names_speakers(layout)) continue;
    if (!best.has_value() || (facts_[i].preferred && !facts_[*best].preferred)) best = i;
  }
  return best;
}

Discrete Chooser::discrete(Stem stem) const {
  Discrete result;
  for (std::size_t i = 0; i < facts_.size(); ++i) {
    const auto& facts = facts_[i];
    if (stem_of(i) != stem || (facts.layout.nb_channels > 1 && names_speakers(facts.layout))) {
      continue;
    }
    if (facts.layout.nb_channels > 1 && !result.legs.empty()) continue;
    for (int c = 0; c < facts.layout.nb_channels; ++c) {
      result.legs.push_back({i, static_cast<std::size_t>(c)});
      result.names.push_back(facts.name);
      result.languages.push_back(facts.language);
    }
    if (facts.layout.nb_channels > 1) {
      result.noun = "channel";
      result.names.assign(result.legs.size(), "");
      break;
    }
  }
  result.all = result.noun == "channel" ? result.legs.size() : facts_.size();
  return result;
}

LayoutPlan Chooser::infer() const {
  for (const Stem stem : {Stem::kMusic, Stem::kMusicAndEffects, Stem::kProgramme, Stem::kAside}) {
    if (const auto stream = best_stream(stem)) return plan_stream(*stream);
    const auto legs = discrete(stem);
    if (!legs.legs.empty()) return plan_discrete(legs);
  }
  return plan_stream(0);
}

std::string Chooser::place(std::size_t stream) const {
  return facts_.size() == 1 ? ""
                            : fmt::format("stream {} of {}{}: ", stream + 1, facts_.size(),
                                          stem_words(stem_of(stream)));
}

LayoutPlan Chooser::plan_stream(std::size_t stream) const {
  const auto& layout = facts_[stream].layout;
  auto words = place(stream) + layout_name(layout);
  const auto outputs = outputs_by_speaker(layout);
  if (outputs.rest) words += ": front pair";
  LayoutPlan plan{.sources = {{stream, weights_by_speaker(layout, outputs)}},
                  .outputs = outputs,
                  .words = words};
  if (!outputs.side) return plan;
  std::vector<WeightedLeg> front;
  for (std::size_t c = 0; c < plan.sources[0].weights.channels(); ++c) {
    if (plan.sources[0].weights.at(0, c) != 0) front.push_back({{stream, c}, {}});
  }
  const auto kind = judge(front[0].leg, front[1].leg);
  const auto reading = read_pair(kind);
  if (reading.first.size() == 2) return plan;
  Outputs narrow{.side = false, .rest = outputs.rest};
  ChannelWeights weights(narrow.count(), plan.sources[0].weights.channels());
  for (std::size_t c = 0; outputs.rest && c < weights.channels(); ++c) {
    weights.at(1, c) = plan.sources[0].weights.at(2, c);
  }
  if (!reading.first.empty()) weights.at(0, front[0].leg.channel) = reading.first[0];
  if (!reading.second.empty()) weights.at(0, front[1].leg.channel) = reading.second[0];
  return {.sources = {{stream, weights}}, .outputs = narrow, .words = words + reading.words};
}

/// The number people know it by.
std::size_t number_of(const Discrete& discrete, std::size_t leg) {
  return (discrete.noun == "channel" ? discrete.legs[leg].channel : discrete.legs[leg].stream) + 1;
}

/// The group that the legs' names make: left and right, and what else is named.
std::optional<Group> group_by_names(const Discrete& discrete) {
  Group group;
  std::optional<std::size_t> left;
  std::optional<std::size_t> right;
  for (std::size_t i = 0; i < discrete.legs.size(); ++i) {
    const auto speaker = read_speaker(discrete.names[i]);
    if (speaker == Speaker::kLeft && !left) left = i;
    if (speaker == Speaker::kRight && !right) right = i;
  }
  if (!left || !right) return std::nullopt;
  group.legs = {discrete.legs[*left], discrete.legs[*right]};
  group.speakers = {Speaker::kLeft, Speaker::kRight};
  for (std::size_t i = 0; i < discrete.legs.size(); ++i) {
    const auto speaker = read_speaker(discrete.names[i]);
    if (!speaker || speaker == Speaker::kLeft || speaker == Speaker::kRight) continue;
    group.legs.push_back(discrete.legs[i]);
    group.speakers.push_back(*speaker);
  }
  const bool surround = group.legs.size() > 2;
  group.words = fmt::format("{0}s {1}+{2} of {3} as {4}", discrete.noun, number_of(discrete, *left),
                            number_of(discrete, *right), discrete.all,
                            surround ? "front pair (by name)" : "stereo (by name)");
  return group;
}

/// The group that the count and the sound of six or more legs make, if they are 5.1.
std::optional<Group> group_as_surround(const Discrete& discrete, const Listen& listen) {
  if (discrete.legs.size() < 6) return std::nullopt;
  const std::vector<Leg> six(discrete.legs.begin(), discrete.legs.begin() + 6);
  const auto excerpts = listen(six);
  if (excerpts.empty()) return std::nullopt;
  const auto is_low = [&](std::size_t leg) { return sounds_low_only(excerpts, leg); };
  const bool full = !is_low(0) && !is_low(1) && !is_low(2);
  using enum Speaker;
  if (full && is_low(3) && level_of(excerpts, 4) > 0) {
    return Group{six,
                 {kLeft, kRight, kCentre, kLowFrequency, kSurround, kSurround},
                 fmt::format("{}s 1-6 of {} as 5.1: front pair", discrete.noun, discrete.all)};
  }
  if (full && is_low(5) && !is_low(3) && !is_low(4)) {
    return Group{
        {six[0], six[2], six[1], six[3], six[4], six[5]},
        {kLeft, kRight, kCentre, kSurround, kSurround, kLowFrequency},
        fmt::format("{}s 1-6 of {} as 5.1 in film order: front pair", discrete.noun, discrete.all)};
  }
  return std::nullopt;
}

LayoutPlan Chooser::plan_discrete(const Discrete& discrete) const {
  const auto tag = stem_words(stem_of(discrete.legs.front().stream));
  const auto& languages = discrete.languages;
  const bool alone = discrete.legs.size() == 1;
  if (alone || (!languages[0].empty() && !languages[1].empty() && languages[0] != languages[1])) {
    auto words = discrete.all == 1 ? std::string("mono")
                                   : fmt::format("{} {} of {}{}: mono", discrete.noun,
                                                 number_of(discrete, 0), discrete.all, tag);
    return make_plan(facts_, {{discrete.legs[0], {1}}}, {}, std::move(words));
  }
  auto group = group_by_names(discrete);
  if (!group.has_value()) group = group_as_surround(discrete, listen_);
  if (group.has_value()) {
    group->words += tag;
    return plan_group(*group);
  }
  return plan_first_pair(discrete, tag);
}

/// The first pair of neighbours with sound in it, else the first.
LayoutPlan Chooser::plan_first_pair(const Discrete& discrete, const std::string& tag) const {
  const auto pair = [&](std::size_t i) {
    return Group{{discrete.legs[i], discrete.legs[i + 1]},
                 {Speaker::kLeft, Speaker::kRight},
                 fmt::format("{}s {}+{} of {} as stereo{}", discrete.noun, number_of(discrete, i),
                             number_of(discrete, i + 1), discrete.all, tag)};
  };
  for (std::size_t i = 0; i + 1 < discrete.legs.size(); i += 2) {
    const auto kind = judge(discrete.legs[i], discrete.legs[i + 1]);
    if (kind != PairKind::kSilent) return plan_pair(pair(i), kind);
  }
  return plan_pair(pair(0), PairKind::kSilent);
}

PairKind Chooser::judge(const Leg& first, const Leg& second) const {
  return judge_pair(listen_({first, second}), 0, 1);
}

LayoutPlan Chooser::plan_group(const Group& group) const {
  return plan_pair(group, judge(group.legs[0], group.legs[1]));
}

LayoutPlan Chooser::plan_pair(const Group& group, PairKind kind) const {
  const auto reading = read_pair(kind);
  const Outputs outputs{.side = reading.first.size() == 2, .rest = group.legs.size() > 2};
  std::vector<WeightedLeg> legs;
  if (!reading.first.empty()) legs.push_back({group.legs[0], reading.first});
  if (!reading.second.empty()) legs.push_back({group.legs[1], reading.second});
  for (std::size_t i = 2; i < group.legs.size(); ++i) {
    std::vector<double> weights(outputs.count());
    weights.back() = rest_weight(group.speakers[i]);
    legs.push_back({group.legs[i], std::move(weights)});
  }
  return make_plan(facts_, legs, outputs, group.words + reading.words);
}

}  // namespace

Result<LayoutPlan> choose_layout(const std::vector<StreamFacts>& facts, const std::string& streams,
                                 const Listen& listen) {
  const Chooser chooser(facts, listen);
  if (streams.empty()) return chooser.infer();
  return chooser.by_hand(streams);
}

Result<void> check_streams(const std::vector<StreamFacts>& facts, const std::string& streams) {
  const Listen deaf = [](const std::vector<Leg>&) { return std::vector<Excerpt>(); };
  if (!streams.empty()) ND_TRY(Chooser(facts, deaf).numbers(streams));
  return {};
}

}  // namespace needledrop
