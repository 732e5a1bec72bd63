#include "fingerprint/parameters.h"

#include <string>

#include <fmt/format.h>

#include "fingerprint/hash.h"
#include "fingerprint/peak_picker.h"

namespace needledrop {

Digest parameters_digest() {
  std::string text =
      fmt::format("rate {} window {} hop {} bins {}-{}/{} levels {} zone {}-{}x{} floor {:a}",
                  kAnalysisRate, kWindow, kHop, kFirstBin, kLastBin, kBinFractions, kLevelTicks,
                  kZoneFirstTick, kZoneLastTick, kZoneWidth, kFloorPower);
  for (const PeakBox& box : kPeakBoxes) {
    text += fmt::format(" box {}x{}", box.bins, box.ticks);
  }
  Digester digester;
  digester.update({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
  return digester.digest();
}

}  // namespace needledrop
