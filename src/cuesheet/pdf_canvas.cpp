#include "cuesheet/pdf_canvas.h"

#include <algorithm>

#include <cairo-pdf.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <pango/pangocairo.h>

#include "cuesheet/line_text.h"
#include "media/unicode_text.h"

namespace needledrop {
namespace {

constexpr const char* kFamily = "Noto Sans CJK KR";

struct SurfaceDeleter {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct ContextDeleter {
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};
struct LayoutDeleter {
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
};
struct IterDeleter {
  void operator()(PangoLayoutIter* line) const { pango_layout_iter_free(line); }
};
struct FontDeleter {
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};
struct OptionsDeleter {
  void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
};

cairo_status_t append(void* bytes, const unsigned char* data, unsigned size) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), size);
  return CAIRO_STATUS_SUCCESS;
}

class CairoCanvas : public PdfCanvas {
 public:
  CairoCanvas(PageSize size, const PdfProperties& properties)
      : surface_(cairo_pdf_surface_create_for_stream(append, &bytes_, size.width, size.height)),
        context_(cairo_create(surface_.get())),
        layout_(pango_cairo_create_layout(context_.get())) {
    cairo_surface_t* surface = surface_.get();
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, properties.title.c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, properties.author.c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "needledrop");
    const std::string created = fmt::format("{:%Y-%m-%dT%H:%M:%S}Z", properties.created);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, created.c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, created.c_str());
    set_unhinted();
    pango_layout_set_wrap(layout_.get(), PANGO_WRAP_WORD_CHAR);
  }

  double text_height(std::string_view text, double width, const TextStyle& style) override {
    if (text.empty()) return 0;
    set(text, width, style);
    int height = 0;
    pango_layout_get_size(layout_.get(), nullptr, &height);
    return pango_units_to_double(height);
  }

  std::size_t bytes_within(std::string_view text, double width, const TextStyle& style,
                           double height) override {
    if (text_height(text, width, style) <= height) return text.size();
    const std::unique_ptr<PangoLayoutIter, IterDeleter> line(pango_layout_get_iter(layout_.get()));
    do {
      PangoRectangle box;
      pango_layout_iter_get_line_extents(line.get(), nullptr, &box);
      if (pango_units_to_double(box.y + box.height) > height) break;
    } while (pango_layout_iter_next_line(line.get()) != 0);
    return static_cast<std::size_t>(pango_layout_iter_get_index(line.get()));
  }

  void draw_text(double x, double y, double width, std::string_view text,
                 const TextStyle& style) override {
    if (text.empty()) return;
    set(text, width, style);
    if (pango_layout_get_unknown_glyphs_count(layout_.get()) > 0) unshown_.emplace_back(text);
    cairo_set_source_rgb(context_.get(), style.grey, style.grey, style.grey);
    cairo_move_to(context_.get(), x, y);
    pango_cairo_show_layout(context_.get(), layout_.get());
  }

  void draw_line(double x1, double y1, double x2, double y2, double thickness,
                 double grey) override {
    cairo_set_source_rgb(context_.get(), grey, grey, grey);
    cairo_set_line_width(context_.get(), thickness);
    cairo_move_to(context_.get(), x1, y1);
    cairo_line_to(context_.get(), x2, y2);
    cairo_stroke(context_.get());
  }

  void fill_box(double x, double y, double width, double height, double grey) override {
    cairo_set_source_rgb(context_.get(), grey, grey, grey);
    cairo_rectangle(context_.get(), x, y, width, height);
    cairo_fill(context_.get());
  }

  void draw_box(double x, double y, double width, double height, double thickness) override {
    cairo_set_source_rgb(context_.get(), 0, 0, 0);
    cairo_set_line_width(context_.get(), thickness);
    cairo_rectangle(context_.get(), x, y, width, height);
    cairo_stroke(context_.get());
  }

  void end_page() override { cairo_show_page(context_.get()); }

  [[nodiscard]] const std::vector<std::string>& unshown() const override { return unshown_; }

  Result<std::string> finish() override {
    cairo_surface_finish(surface_.get());
    const cairo_status_t status = cairo_surface_status(surface_.get());
    if (status != CAIRO_STATUS_SUCCESS) {
      return fail(Error::Kind::kIo,
                  fmt::format("the PDF can't be made: {}", cairo_status_to_string(status)));
    }
    return std::move(bytes_);
  }

 private:
  /// Widths of letters that don't depend on a screen's pixels.
  void set_unhinted() {
    const std::unique_ptr<cairo_font_options_t, OptionsDeleter> options(
        cairo_font_options_create());
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    PangoContext* context = pango_layout_get_context(layout_.get());
    pango_cairo_context_set_font_options(context, options.get());
    pango_context_set_round_glyph_positions(context, FALSE);
  }

  void set(std::string_view text, double width, const TextStyle& style) {
    // Han characters differ in form by language.
    PangoContext* context = pango_layout_get_context(layout_.get());
    pango_context_set_language(context, pango_language_from_string(likely_language(text).data()));
    pango_layout_context_changed(layout_.get());
    const std::unique_ptr<PangoFontDescription, FontDeleter> font(pango_font_description_new());
    pango_font_description_set_family_static(font.get(), kFamily);
    pango_font_description_set_weight(font.get(),
                                      style.is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
    pango_layout_set_font_description(layout_.get(), font.get());
    pango_layout_set_width(layout_.get(), pango_units_from_double(width));
    pango_layout_set_alignment(layout_.get(), style.align == TextAlign::kRight ? PANGO_ALIGN_RIGHT
                                              : style.align == TextAlign::kCenter
                                                  ? PANGO_ALIGN_CENTER
                                                  : PANGO_ALIGN_LEFT);
    const std::string valid = to_utf8(to_code_points(text));
    pango_layout_set_text(layout_.get(), valid.data(), static_cast<int>(valid.size()));
  }

  std::string bytes_;
  std::unique_ptr<cairo_surface_t, SurfaceDeleter> surface_;
  std::unique_ptr<cairo_t, ContextDeleter> context_;
  std::unique_ptr<PangoLayout, LayoutDeleter> layout_;
  std::vector<std::string> unshown_;
};

}  // namespace

std::unique_ptr<PdfCanvas> PdfCanvas::open(PageSize size, const PdfProperties& properties) {
  return std::make_unique<CairoCanvas>(size, properties);
}

}  // namespace needledrop
