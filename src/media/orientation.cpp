#include "media/orientation.h"

#include <cmath>
#include <cstdint>

extern "C" {
#include <libavutil/display.h>
}

namespace needledrop {

int quarter_turns(const AVStream& stream) {
  const auto* matrix = reinterpret_cast<const std::int32_t*>(
      av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, nullptr));
  if (matrix == nullptr) return 0;
  const double degrees = av_display_rotation_get(matrix);  // anticlockwise
  if (std::isnan(degrees)) return 0;
  return static_cast<int>(std::lround(-degrees / 90) % 4 + 4) % 4;
}

int turned_place(int x, int y, int width, int height, int quarter_turns) {
  switch (quarter_turns) {
    case 0:
      return y * width + x;
    case 1:
      return x * height + (height - 1 - y);
    case 2:
      return (height - 1 - y) * width + (width - 1 - x);
    default:
      return (width - 1 - x) * height + y;
  }
}

}  // namespace needledrop
