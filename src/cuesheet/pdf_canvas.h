#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace needledrop {

enum class TextAlign { kLeft, kRight, kCenter };

/// How a text is set. Lengths on pages are in points, 1/72 inch.
struct TextStyle {
  double size = 8.5;
  bool is_bold = false;
  double grey = 0;  // 0 black, 1 white
  TextAlign align = TextAlign::kLeft;
};

struct PageSize {
  double width = 0;
  double height = 0;
};

struct PdfProperties {
  std::string title;
  std::string author;
  std::chrono::sys_seconds created;  // as the document says of itself
};

/// The pages of a PDF, drawn one after the other from their top left corner. Text is set with Noto
/// Sans CJK, or what the system has nearest to it, each language in its own forms of the
/// characters; the fonts are embedded. The same drawing with the same fonts makes the same bytes.
/// Not thread-safe.
class PdfCanvas {
 public:
  virtual ~PdfCanvas() = default;
  static std::unique_ptr<PdfCanvas> open(PageSize size, const PdfProperties& properties);

  /// How high a text is when it is broken into lines of at most this width.
  virtual double text_height(std::string_view text, double width, const TextStyle& style) = 0;
  /// How many bytes of the text, from its beginning, stand in the lines that fit into this height.
  virtual std::size_t bytes_within(std::string_view text, double width, const TextStyle& style,
                                   double height) = 0;
  virtual void draw_text(double x, double y, double width, std::string_view text,
                         const TextStyle& style) = 0;
  virtual void draw_line(double x1, double y1, double x2, double y2, double thickness,
                         double grey) = 0;
  virtual void fill_box(double x, double y, double width, double height, double grey) = 0;
  virtual void draw_box(double x, double y, double width, double height, double thickness) = 0;
  virtual void end_page() = 0;

  /// Texts of which no font has all characters, in the order drawn: boxes stand in their place.
  [[nodiscard]] virtual const std::vector<std::string>& unshown() const = 0;
  /// The document. No more may be drawn.
  virtual Result<std::string> finish() = 0;
};

}  // namespace needledrop
