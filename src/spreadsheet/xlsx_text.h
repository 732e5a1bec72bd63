#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "spreadsheet/xml_reader.h"

// Private to this folder.

namespace needledrop {

/// The text of the element that `reader` stands on (si, is, v, t), of all its runs but without the
/// reading aids of East Asian text (rPh); goes to the element's end. Of what is longer than a cell
/// may be, only so much that it is seen to be too long.
Result<std::string> take_text(XmlReader& reader);

/// Characters that XML can't hold stand in a workbook as _xHHHH_ (ECMA-376 part 1, 22.9.2.19,
/// ST_Xstring). Control characters but tabs and ends of lines are left out.
std::string unescaped_text(std::string_view text);

/// So that text which looks like such an escape stays what it is.
std::string escaped_text(std::string_view text);

}  // namespace needledrop
