#include "media/picture_scaler.h"

extern "C" {
#include <libavutil/pixdesc.h>
}

namespace needledrop {
namespace {

/// Of some codecs' pictures only their own field says that they use all 256 steps, not the format.
bool says_full_range(const AVFrame& picture) {
  const auto* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(picture.format));
  return picture.color_range == AVCOL_RANGE_JPEG && format != nullptr &&
         (format->flags & AV_PIX_FMT_FLAG_RGB) == 0;
}

void read_in_full_range(SwsContext& scaler, bool is_full) {
  const int* table = sws_getCoefficients(SWS_CS_DEFAULT);
  constexpr int kOne = 1 << 16;
  sws_setColorspaceDetails(&scaler, table, 1, table, is_full ? 1 : 0, 0, kOne, kOne);
}

}  // namespace

bool PictureScaler::scale(const AVFrame& picture, int width, int height, const Planes& planes,
                          const Strides& strides) {
  const bool is_full = says_full_range(picture);
  // libswscale gives the same one again for the same sizes and formats, ranges as they were set.
  if (is_full != reads_full_) scaler_.reset();
  reads_full_ = is_full;
  scaler_.reset(sws_getCachedContext(scaler_.release(), picture.width, picture.height,
                                     static_cast<AVPixelFormat>(picture.format), width, height,
                                     format_, SWS_AREA, nullptr, nullptr, nullptr));
  if (scaler_ == nullptr) return false;
  if (is_full) read_in_full_range(*scaler_, is_full_);
  return sws_scale(scaler_.get(), picture.data, picture.linesize, 0, picture.height, planes.data(),
                   strides.data()) > 0;
}

}  // namespace needledrop
