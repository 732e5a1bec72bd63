#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "catalogue/catalogue.h"
#include "catalogue/names.h"
#include "catalogue/statement.h"

/// What finding a name costs among many:
///
///     name_bench [NAMES] [SEED] [QUERIES]      200000, 1 and 400 by default
///
/// Makes a catalogue of people (in Hangul, half of them also as somebody spells them) and works (in
/// Korean, Latin and Japanese) in a folder that it removes, and prints how long queries take.

namespace needledrop {
namespace {

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

template <typename T>
T must(Result<T> result) {
  if (!result.has_value()) {
    fmt::print(stderr, "name_bench: {}\n", result.error().message);
    std::exit(1);
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

struct Syllable {
  std::string_view hangul;
  std::array<std::string_view, 3> spellings;
};

// As frequent as they are listed: the first by far the most.
constexpr std::array kSurnames{
    Syllable{"김", {"Kim", "Gim", "Kim"}},      Syllable{"이", {"Lee", "Yi", "Rhee"}},
    Syllable{"박", {"Park", "Bak", "Pak"}},     Syllable{"최", {"Choi", "Choe", "Choi"}},
    Syllable{"정", {"Jung", "Jeong", "Chung"}}, Syllable{"강", {"Kang", "Gang", "Kang"}},
    Syllable{"조", {"Cho", "Jo", "Joe"}},       Syllable{"윤", {"Yoon", "Yun", "Youn"}},
    Syllable{"장", {"Jang", "Chang", "Jang"}},  Syllable{"임", {"Lim", "Im", "Yim"}},
    Syllable{"한", {"Han", "Hahn", "Han"}},     Syllable{"오", {"Oh", "O", "Oh"}},
    Syllable{"서", {"Seo", "Suh", "Seo"}},      Syllable{"신", {"Shin", "Sin", "Shin"}},
    Syllable{"권", {"Kwon", "Gwon", "Kwon"}},   Syllable{"황", {"Hwang", "Hwang", "Hwang"}},
    Syllable{"안", {"Ahn", "An", "Ahn"}},       Syllable{"송", {"Song", "Song", "Song"}},
    Syllable{"류", {"Ryu", "Yoo", "Yu"}},       Syllable{"노", {"Noh", "Roh", "No"}}};

constexpr std::array kGiven{
    Syllable{"수", {"soo", "su", "su"}},          Syllable{"현", {"hyun", "hyeon", "hyon"}},
    Syllable{"지", {"ji", "jee", "chi"}},         Syllable{"원", {"won", "weon", "won"}},
    Syllable{"민", {"min", "min", "min"}},        Syllable{"호", {"ho", "ho", "hoh"}},
    Syllable{"영", {"young", "yeong", "yong"}},   Syllable{"은", {"eun", "un", "eun"}},
    Syllable{"서", {"seo", "suh", "seo"}},        Syllable{"연", {"yeon", "yun", "youn"}},
    Syllable{"준", {"joon", "jun", "june"}},      Syllable{"우", {"woo", "u", "wu"}},
    Syllable{"혜", {"hye", "hye", "hae"}},        Syllable{"진", {"jin", "chin", "jin"}},
    Syllable{"경", {"kyung", "gyeong", "kyong"}}, Syllable{"희", {"hee", "hui", "hi"}},
    Syllable{"선", {"sun", "seon", "son"}},       Syllable{"미", {"mi", "mee", "mi"}},
    Syllable{"정", {"jung", "jeong", "chong"}},   Syllable{"승", {"seung", "sung", "seung"}},
    Syllable{"재", {"jae", "je", "jae"}},         Syllable{"성", {"sung", "seong", "song"}},
    Syllable{"동", {"dong", "tong", "dong"}},     Syllable{"훈", {"hoon", "hun", "hoon"}},
    Syllable{"빈", {"bin", "been", "bin"}},       Syllable{"아", {"ah", "a", "ah"}},
    Syllable{"나", {"na", "nah", "na"}},          Syllable{"예", {"ye", "yeh", "ye"}},
    Syllable{"라", {"ra", "la", "rah"}},          Syllable{"태", {"tae", "tai", "tae"}},
    Syllable{"보", {"bo", "po", "bo"}},           Syllable{"규", {"kyu", "gyu", "kyoo"}}};

class NameMaker {
 public:
  explicit NameMaker(std::uint32_t seed) : random_(seed) { make_words(); }

  std::mt19937& random() { return random_; }

  struct Person {
    std::string hangul;
    std::string spelled;
    std::string other;  // the same name, spelled otherwise
  };
  Person person() {
    const Syllable& surname = kSurnames[skewed(kSurnames.size())];
    const Syllable& first = kGiven[random_() % kGiven.size()];
    const Syllable& second = kGiven[random_() % kGiven.size()];
    const auto spelled = [&](std::size_t way) {
      std::string given(first.spellings[way]);
      given[0] = static_cast<char>(given[0] - 'a' + 'A');
      return fmt::format("{} {}-{}", surname.spellings[way], given, second.spellings[way]);
    };
    return {fmt::format("{}{}{}", surname.hangul, first.hangul, second.hangul), spelled(0),
            spelled(1 + random_() % 2)};
  }

  std::string title() {
    const auto kind = random_() % 10;
    const auto& words = kind < 5 ? korean_ : kind < 9 ? latin_ : japanese_;
    std::string title;
    for (auto count = 1 + random_() % 4; count > 0; --count) {
      title += (title.empty() ? "" : " ") + words[skewed(words.size())];
    }
    if (random_() % 6 == 0) title += fmt::format(" OST Part.{}", 1 + random_() % 12);
    if (random_() % 8 == 0) title += " (Inst.)";
    return title;
  }

 private:
  /// Below `size`, the first more often (about as one over the rank).
  std::size_t skewed(std::size_t size) {
    const double share = std::uniform_real_distribution<double>(0, 1)(random_);
    return std::min(size - 1,
                    static_cast<std::size_t>(std::pow(static_cast<double>(size) + 1, share) - 1));
  }

  void make_words() {
    static constexpr std::string_view kConsonants = "bcdfghjklmnprstvwyz";
    static constexpr std::string_view kVowels = "aeiou";
    for (int i = 0; i < 20'000; ++i) {
      std::string word;
      for (auto count = 1 + random_() % 4; count > 0; --count) {
        word += kConsonants[random_() % kConsonants.size()];
        word += kVowels[random_() % kVowels.size()];
        if (random_() % 3 == 0) word += kConsonants[random_() % kConsonants.size()];
      }
      latin_.push_back(word);
    }
    const auto characters = [this](char32_t first, std::uint32_t count, std::size_t most) {
      std::string word;
      for (auto size = 1 + random_() % most; size > 0; --size) {
        const auto c = first + static_cast<char32_t>(random_() % count);
        word += static_cast<char>(0xE0 | (c >> 12));
        word += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        word += static_cast<char>(0x80 | (c & 0x3F));
      }
      return word;
    };
    for (int i = 0; i < 20'000; ++i) korean_.push_back(characters(U'가', 11'172, 4));
    for (int i = 0; i < 5'000; ++i) {
      japanese_.push_back(random_() % 2 == 0 ? characters(U'ア', 80, 5)
                                             : characters(U'一', 3'000, 4));
    }
  }

  std::mt19937 random_;
  std::vector<std::string> latin_;
  std::vector<std::string> korean_;
  std::vector<std::string> japanese_;
};

struct Made {
  std::vector<NameMaker::Person> people;
  std::vector<std::string> titles;
};

/// A third of the names are people in Hangul, a sixth their spellings, the rest titles of works.
Made fill(Catalogue& catalogue, NameMaker& maker, int names) {
  Made made;
  CatalogueEdit edit =
      must(CatalogueEdit::begin(catalogue, {"bench", "2026-01-01T00:00:00Z", "names"}));
  const Database& database = edit.database();
  const std::int64_t from = must(edit.provenance_id({0, Provenance::Kind::kImport, "bench", ""}));
  Statement party =
      must(database.prepare("INSERT INTO party (kind, name, comment) VALUES ('person', ?1, '')"));
  Statement work = must(database.prepare("INSERT INTO work (title, comment) VALUES (?1, '')"));
  for (int count = 0; count < names;) {
    made.people.push_back(maker.person());
    must(party.bind(made.people.back().hangul).run());
    ++count;
    if (made.people.size() % 2 == 0) {
      Name name{0,
                {EntityKind::kParty, database.last_id()},
                made.people.back().spelled,
                "",
                "",
                NameKind::kRomanised,
                from};
      must(add_name(edit, name));
      ++count;
    }
    for (int i = 0; i < 3 && made.people.size() % 2 == 0; ++i, ++count) {
      made.titles.push_back(maker.title());
      must(work.bind(made.titles.back()).run());
    }
  }
  must(edit.commit());
  return made;
}

std::string first_characters(const std::string& text, std::size_t count) {
  std::size_t size = 0;
  while (size < text.size() && count > 0) {
    ++size;
    while (size < text.size() && (text[size] & 0xC0) == 0x80) ++size;
    --count;
  }
  return text.substr(0, size);
}

std::string with_typo(std::string text, std::mt19937& random) {
  std::vector<std::size_t> letters;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] >= 'a' && text[i] <= 'z') letters.push_back(i);
  }
  if (letters.empty()) return text;
  text[letters[random() % letters.size()]] = static_cast<char>('a' + random() % 26);
  return text;
}

struct QueryKind {
  std::string_view name;
  std::function<std::string(const Made&, std::mt19937&)> make;
};

const NameMaker::Person& any_person(const Made& made, std::mt19937& random) {
  return made.people[random() % made.people.size()];
}

const std::string& any_title(const Made& made, std::mt19937& random) {
  return made.titles[random() % made.titles.size()];
}

std::vector<QueryKind> query_kinds() {
  using Random = std::mt19937;
  return {
      {"a person in Hangul", [](const Made& m, Random& r) { return any_person(m, r).hangul; }},
      {"a person, another spelling",
       [](const Made& m, Random& r) { return any_person(m, r).other; }},
      {"a person, while typing",
       [](const Made& m, Random& r) {
         return first_characters(any_person(m, r).other, 1 + r() % 9);
       }},
      {"a person, with a typo",
       [](const Made& m, Random& r) { return with_typo(any_person(m, r).spelled, r); }},
      {"a title", [](const Made& m, Random& r) { return any_title(m, r); }},
      {"a title, while typing",
       [](const Made& m, Random& r) { return first_characters(any_title(m, r), 1 + r() % 6); }},
      {"a title's last word",
       [](const Made& m, Random& r) {
         const std::string& title = any_title(m, r);
         const auto space = title.rfind(' ');
         return space == std::string::npos ? title : title.substr(space + 1);
       }},
      {"a title, with a typo",
       [](const Made& m, Random& r) { return with_typo(any_title(m, r), r); }},
      {"two syllables of Hangul",
       [](const Made& m, Random& r) {
         const std::string name = any_person(m, r).hangul;
         return name.substr(name.size() - 6);
       }},
      {"what is not there",
       [](const Made&, Random& r) {
         return fmt::format("zyx{} qwertz{}", r() % 1000, r() % 1000);
       }},
  };
}

struct Times {
  std::vector<double> all;

  [[nodiscard]] double share(double part) {
    std::ranges::sort(all);
    return all[std::min(all.size() - 1,
                        static_cast<std::size_t>(part * static_cast<double>(all.size())))];
  }
};

void print_times(std::string_view name, Times& times, double found) {
  fmt::print("{:<28} {:>8.2f} {:>8.2f} {:>8.2f} {:>10.1f}\n", name, times.share(0.5),
             times.share(0.95), times.share(1), found);
}

void measure(Catalogue& catalogue, const Made& made, std::mt19937& random, int queries) {
  fmt::print("{:<28} {:>8} {:>8} {:>8} {:>10}\n", "milliseconds", "p50", "p95", "most", "found");
  Times everything;
  for (const QueryKind& kind : query_kinds()) {
    Times times;
    std::size_t found = 0;
    for (int i = 0; i < queries; ++i) {
      const std::string text = kind.make(made, random);
      const auto start = Clock::now();
      found += must(catalogue.names().search({text, {}})).size();
      times.all.push_back(milliseconds_since(start));
    }
    everything.all.insert(everything.all.end(), times.all.begin(), times.all.end());
    print_times(kind.name, times, static_cast<double>(found) / queries);
  }
  print_times("all of them", everything, 0);
}

int run(int names, std::uint32_t seed, int queries) {
  std::string folder = (std::filesystem::temp_directory_path() / "name_bench-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) return 1;
  const std::string path = folder + "/catalogue.db";
  NameMaker maker(seed);
  auto start = Clock::now();
  Made made;
  {
    Catalogue catalogue = must(Catalogue::open(path, Catalogue::Mode::kReadWrite));
    made = fill(catalogue, maker, names);
  }
  fmt::print("{} names, seed {}: stored in {:.1f} s, {:.0f} MB\n", names, seed,
             milliseconds_since(start) / 1000,
             static_cast<double>(std::filesystem::file_size(path)) / 1e6);
  start = Clock::now();
  Catalogue catalogue = must(Catalogue::open(path, Catalogue::Mode::kReadWrite));
  fmt::print("opened in {:.1f} ms\n", milliseconds_since(start));
  measure(catalogue, made, maker.random(), queries);
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  return 0;
}

}  // namespace
}  // namespace needledrop

int main(int argc, char** argv) {
  const int names = argc > 1 ? std::atoi(argv[1]) : 200'000;
  const int seed = argc > 2 ? std::atoi(argv[2]) : 1;
  const int queries = argc > 3 ? std::atoi(argv[3]) : 400;
  if (names < 10 || queries < 1) {
    fmt::print(stderr, "usage: name_bench [NAMES] [SEED] [QUERIES]\n");
    return 2;
  }
  return needledrop::run(names, static_cast<std::uint32_t>(seed), queries);
}
