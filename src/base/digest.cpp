#include "base/digest.h"

#include <algorithm>

#include <xxhash.h>

#include "base/assert.h"

namespace needledrop {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

}  // namespace

std::string Digest::hex() const {
  std::string text;
  for (std::uint8_t byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

Result<Digest> Digest::from_hex(std::string_view text) {
  Digest digest;
  if (text.size() != 2 * digest.bytes.size()) {
    return fail(Error::Kind::kInvalidArgument, "a digest has 32 hexadecimal digits");
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto value = kDigits.find(text[i]);
    if (value == std::string_view::npos) {
      return fail(Error::Kind::kInvalidArgument, "a digest has hexadecimal digits only");
    }
    auto& byte = digest.bytes[i / 2];
    byte = static_cast<std::uint8_t>(byte << 4 | value);
  }
  return digest;
}

struct Digester::State {
  XXH3_state_t* xxh = XXH3_createState();

  State() {
    ND_ASSERT(xxh != nullptr);
    XXH3_128bits_reset(xxh);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { XXH3_freeState(xxh); }
};

Digester::Digester() : state_(std::make_unique<State>()) {}
Digester::Digester(Digester&&) noexcept = default;
Digester& Digester::operator=(Digester&&) noexcept = default;
Digester::~Digester() = default;

void Digester::update(std::span<const std::uint8_t> bytes) {
  XXH3_128bits_update(state_->xxh, bytes.data(), bytes.size());
}

Digest Digester::digest() const {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state_->xxh));
  Digest digest;
  std::copy_n(canonical.digest, digest.bytes.size(), digest.bytes.begin());
  return digest;
}

std::uint64_t checksum(std::span<const std::uint8_t> bytes) {
  return XXH3_64bits(bytes.data(), bytes.size());
}

}  // namespace needledrop
