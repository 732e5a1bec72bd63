#include <algorithm>
#include <array>
#include <random>
#include <tuple>

#include <gmock/gmock.h>

#include "catalogue/catalogue_test.h"
#include "catalogue/name_keys.h"
#include "catalogue/names.h"

// Searching by keys against comparing every name, which is the definition.

namespace needledrop {
namespace {

class NameSearchTest : public CatalogueFixture {
 protected:
  Catalogue catalogue_ = open();

  /// Adds parties, works and further names without an edit; their keys are derived.
  void fill(std::mt19937& random, int count);
  [[nodiscard]] std::vector<FoundName> scan(const NameSearch& search) const;

 private:
  struct Compared {
    EntityRef entity;
    std::string name;
    NameForm form;
  };
  void read_all();

  std::vector<Compared> names_;  // by id, then kind
};

template <std::size_t size>
std::string any_of(std::mt19937& random, const std::array<std::string_view, size>& words) {
  return std::string(words[random() % size]);
}

std::string random_person(std::mt19937& random) {
  static constexpr std::array<std::string_view, 8> kHangul{"김", "이", "박",   "최",
                                                           "정", "노", "남궁", "류"};
  static constexpr std::array<std::string_view, 8> kSyllables{"수", "현", "지", "원",
                                                              "민", "호", "영", "은"};
  static constexpr std::array<std::string_view, 12> kSurnames{
      "Kim", "Gim", "Lee", "Yi", "Rhee", "Park", "Choi", "Jung", "Chung", "Roh", "Ryu", "O'Neil"};
  static constexpr std::array<std::string_view, 12> kGiven{
      "soo", "su", "hyun", "hyeon", "ji", "won", "min", "ho", "young", "Anna", "eun", "Maria"};
  if (random() % 2 == 0) {
    return any_of(random, kHangul) + any_of(random, kSyllables) + any_of(random, kSyllables);
  }
  const std::string given =
      any_of(random, kGiven) + (random() % 2 == 0 ? "-" : "") + any_of(random, kGiven);
  const std::string surname = any_of(random, kSurnames);
  return random() % 2 == 0 ? surname + " " + given : given + " " + surname;
}

std::string random_title(std::mt19937& random) {
  static constexpr std::array<std::string_view, 16> kWords{
      "queen",  "of",   "Tears", "눈물의", "여왕",    "사랑의", "초恋",     "日本沈没",
      "ヒカル", "Love", "OST",   "Pt.3",   "(Inst.)", "Анна",   "Symphony", "feat. IU"};
  std::string title = any_of(random, kWords);
  for (auto more = random() % 3; more > 0; --more) {
    title += (random() % 4 == 0 ? "" : " ") + any_of(random, kWords);
  }
  return title;
}

/// A name as somebody types it: as it is, its beginning, a part, or with a slip.
std::string typed(std::mt19937& random, const std::string& name) {
  std::string text = name;
  switch (random() % 5) {
    case 0:
      text.resize(random() % (text.size() + 1));
      break;
    case 1:
      text.erase(0, std::min(text.find(' '), text.size()));
      break;
    case 2:
      if (!text.empty()) text[random() % text.size()] = static_cast<char>('a' + random() % 26);
      break;
    case 3:
      if (!text.empty()) text.erase(random() % text.size(), 1);
      break;
    default:
      break;
  }
  return text;
}

void NameSearchTest::fill(std::mt19937& random, int count) {
  const Database& database = catalogue_.database();
  Transaction transaction =
      needledrop::value_of(Transaction::begin(database, Transaction::Kind::kWrite));
  EXPECT_DONE(
      database.run("INSERT INTO provenance (kind, name, location) VALUES ('person', 'Ada', '')"));
  for (int i = 1; i <= count; ++i) {
    EXPECT_DONE(database.run("INSERT INTO party (kind, name, comment) VALUES (?1, ?2, '')",
                             random() % 5 == 0 ? "organisation" : "person", random_person(random)));
    EXPECT_DONE(
        database.run("INSERT INTO work (title, comment) VALUES (?1, '')", random_title(random)));
    EXPECT_DONE(
        database.run("INSERT INTO name (entity_kind, entity, text, language, script, kind, "
                     "provenance) VALUES (?1, ?2, ?3, ?4, '', 'search', 1)",
                     random() % 2 == 0 ? "party" : "work", i,
                     random() % 2 == 0 ? random_person(random) : random_title(random),
                     random() % 3 == 0 ? "zh" : ""));
  }
  EXPECT_DONE(refresh_name_keys(database));
  EXPECT_DONE(transaction.commit());
  read_all();
}

void NameSearchTest::read_all() {
  for (const EntityKind kind : {EntityKind::kWork, EntityKind::kParty}) {
    auto ids =
        value_of(catalogue_.database().prepare("SELECT id FROM " + std::string(to_string(kind))));
    for (const std::int64_t id :
         value_of(all_rows(ids, [](Statement& row) { return row.read<std::int64_t>(); }))) {
      for (const auto& text : value_of(catalogue_.names().searched_texts({kind, id}))) {
        names_.push_back({{kind, id}, text.text, name_form(text.text, text.order, text.language)});
      }
    }
  }
  std::ranges::stable_sort(names_, {}, [](const Compared& name) {
    return std::tuple(name.entity.id, name.entity.kind);
  });
}

std::vector<FoundName> NameSearchTest::scan(const NameSearch& search) const {
  const NameQuery query = name_query(search.text);
  std::vector<FoundName> found;
  for (const Compared& name : names_) {
    const bool is_wanted = search.kinds.empty() ||
                           std::ranges::find(search.kinds, name.entity.kind) != search.kinds.end();
    const auto fit = is_wanted ? fit_of(query, name.form) : std::nullopt;
    if (!fit) continue;
    const bool is_further = !found.empty() && found.back().entity == name.entity;
    if (!is_further) found.push_back({name.entity, *fit, name.name});
    if (is_further && *fit < found.back().fit) found.back() = {name.entity, *fit, name.name};
  }
  std::ranges::stable_sort(found, {}, &FoundName::fit);
  found.resize(std::min(found.size(), search.limit));
  return found;
}

TEST_F(NameSearchTest, KeysFindWhatComparingEveryNameFinds) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  fill(random, 300);
  std::array<int, kNameFits> by_fit{};
  for (int round = 0; round < 600; ++round) {
    NameSearch search{
        typed(random, random() % 2 == 0 ? random_person(random) : random_title(random)), {}};
    search.limit = random() % 3 == 0 ? 5 : 1000;
    if (random() % 4 == 0) search.kinds = {EntityKind::kParty};
    const auto expected = scan(search);
    ASSERT_EQ(value_of(catalogue_.names().search(search)), expected) << search.text;
    for (const FoundName& name : expected) ++by_fit[static_cast<std::size_t>(name.fit)];
  }
  for (int fit = 0; fit < kNameFits; ++fit) {
    EXPECT_GT(by_fit[static_cast<std::size_t>(fit)], 0) << to_string(static_cast<NameFit>(fit));
  }
}

TEST_F(NameSearchTest, RowsOfKeysAreInTheOrderOfResults) {
  for (const EntityKind kind : kEntityKinds) {
    EXPECT_EQ(entity_of_row(key_row({kind, 1'000'000'007})), (EntityRef{kind, 1'000'000'007}));
    EXPECT_LT(key_row({kind, 7}), key_row({EntityKind::kProduction, 8}));
  }
  EXPECT_LT(key_row({EntityKind::kWork, 7}), key_row({EntityKind::kParty, 7}));
}

}  // namespace
}  // namespace needledrop
