#include "spreadsheet/xlsx_workbook.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "spreadsheet/spreadsheet.h"
#include "spreadsheet/xlsx_text.h"
#include "spreadsheet/xml_reader.h"

namespace needledrop {
namespace {

using Node = XmlReader::Node;

constexpr std::size_t kMostSheets = 1'000;
constexpr std::size_t kMostStyles = 100'000;
constexpr std::size_t kMostStrings = 4'000'000;

Result<std::unique_ptr<XmlReader>> open_xml(XlsxArchive& archive, const std::string& name) {
  ND_TRY_ASSIGN(auto part, archive.open_part(name));
  return XmlReader::open(name, std::move(part));
}

/// One line of a .rels part (ECMA-376 part 2, 9.3). Types are told by their last word: the two
/// editions of the standard put different addresses before it.
struct Relation {
  std::string id;
  std::string type;
  std::string target;  // part of the archive
};

/// Where `target`, said by a part in `folder`, leads: "../x" and "/x" included.
std::string resolved(std::string_view folder, std::string_view target) {
  std::string path(target.starts_with('/') ? "" : folder);
  while (!target.empty()) {
    const std::size_t slash = std::min(target.find('/'), target.size());
    const std::string_view step = target.substr(0, slash);
    target.remove_prefix(std::min(target.size(), slash + 1));
    if (step == "..") {
      path.resize(path.find_last_of('/') == std::string::npos ? 0 : path.find_last_of('/'));
    } else if (!step.empty() && step != ".") {
      path += path.empty() ? "" : "/";
      path += step;
    }
  }
  return path;
}

std::string folder_of(const std::string& part) {
  const std::size_t slash = part.find_last_of('/');
  return slash == std::string::npos ? "" : part.substr(0, slash);
}

Result<std::vector<Relation>> relations_of(XlsxArchive& archive, const std::string& part) {
  const std::string folder = folder_of(part);
  const std::string name =
      resolved(folder, fmt::format("_rels/{}.rels", part.substr(part.find_last_of('/') + 1)));
  ND_TRY_ASSIGN(const auto reader, open_xml(archive, name));
  std::vector<Relation> relations;
  while (true) {
    ND_TRY_ASSIGN(const Node node, reader->next());
    if (node == Node::kEnd) break;
    if (node != Node::kElement || reader->name() != "Relationship") continue;
    if (relations.size() == 2 * kMostSheets) break;
    const std::string type = reader->attribute("Type");
    relations.push_back({reader->attribute("Id"), type.substr(type.find_last_of('/') + 1),
                         resolved(folder, reader->attribute("Target"))});
  }
  return relations;
}

const Relation* find_type(const std::vector<Relation>& relations, std::string_view type) {
  const auto found = std::ranges::find(relations, type, &Relation::type);
  return found == relations.end() ? nullptr : &*found;
}

Result<void> read_sheets(XlsxArchive& archive, const std::string& part,
                         const std::vector<Relation>& relations, Workbook& workbook) {
  ND_TRY_ASSIGN(const auto reader, open_xml(archive, part));
  while (workbook.sheets.size() < kMostSheets) {
    ND_TRY_ASSIGN(const Node node, reader->next());
    if (node == Node::kEnd) break;
    if (node != Node::kElement) continue;
    if (reader->name() == "workbookPr") {
      const std::string since_1904 = reader->attribute("date1904");
      workbook.counts_from_1904 = since_1904 == "1" || since_1904 == "true";
    }
    if (reader->name() != "sheet") continue;
    const auto target = std::ranges::find(relations, reader->attribute("id"), &Relation::id);
    if (target == relations.end() || target->type != "worksheet") continue;
    workbook.sheets.push_back({unescaped_text(reader->attribute("name")), target->target});
  }
  return {};
}

Result<void> read_strings(XlsxArchive& archive, const std::string& part, Workbook& workbook) {
  ND_TRY_ASSIGN(const auto reader, open_xml(archive, part));
  std::size_t bytes = 0;
  while (true) {
    ND_TRY_ASSIGN(const Node node, reader->next());
    if (node == Node::kEnd) return {};
    if (node != Node::kElement || reader->name() != "si") continue;
    ND_TRY_ASSIGN(workbook.strings.emplace_back(), take_text(*reader));
    bytes += workbook.strings.back().size();
    if (workbook.strings.size() > kMostStrings || bytes > SpreadsheetLimits::kTextBytes) {
      return fail(Error::Kind::kUnsupported,
                  fmt::format("the workbook has over {} texts or {} MB of text", kMostStrings,
                              SpreadsheetLimits::kTextBytes >> 20));
    }
  }
}

int read_id(const std::string& text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Result<void> read_styles(XlsxArchive& archive, const std::string& part, Workbook& workbook) {
  ND_TRY_ASSIGN(const auto reader, open_xml(archive, part));
  std::map<int, NumberMeaning> declared;
  bool is_of_cells = false;
  while (workbook.meanings.size() < kMostStyles && declared.size() < kMostStyles) {
    ND_TRY_ASSIGN(const Node node, reader->next());
    if (node == Node::kEnd) break;
    if (reader->name() == "cellXfs") is_of_cells = node == Node::kElement;
    if (node != Node::kElement) continue;
    if (reader->name() == "numFmt") {
      declared[read_id(reader->attribute("numFmtId"))] =
          meaning_of_format(reader->attribute("formatCode"));
    } else if (reader->name() == "xf" && is_of_cells) {
      const int format = read_id(reader->attribute("numFmtId"));
      const auto known = declared.find(format);
      workbook.meanings.push_back(known == declared.end() ? meaning_of_built_in_format(format)
                                                          : known->second);
    }
  }
  return {};
}

}  // namespace

Result<Workbook> read_workbook(XlsxArchive& archive) {
  if (!archive.has("_rels/.rels")) {
    return fail(Error::Kind::kUnsupported, archive.has("mimetype")
                                               ? "is an OpenDocument file; save it as XLSX or CSV"
                                               : "is an archive, but no XLSX workbook");
  }
  ND_TRY_ASSIGN(const auto of_package, relations_of(archive, ""));
  const Relation* document = find_type(of_package, "officeDocument");
  if (document == nullptr || !document->target.ends_with(".xml")) {
    return fail(Error::Kind::kUnsupported, "is an archive, but no XLSX workbook");
  }
  ND_TRY_ASSIGN(const auto relations, relations_of(archive, document->target));
  Workbook workbook;
  ND_TRY(read_sheets(archive, document->target, relations, workbook));
  if (const Relation* strings = find_type(relations, "sharedStrings")) {
    ND_TRY(read_strings(archive, strings->target, workbook));
  }
  if (const Relation* styles = find_type(relations, "styles")) {
    ND_TRY(read_styles(archive, styles->target, workbook));
  }
  return workbook;
}

}  // namespace needledrop
