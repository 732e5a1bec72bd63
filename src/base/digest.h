#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace needledrop {

/// 128 bits that name a run of bytes (XXH3-128). Not proof against forgery; equal only by intent.
struct Digest {
  std::array<std::uint8_t, 16> bytes{};

  /// 32 lower-case hexadecimal digits.
  [[nodiscard]] std::string hex() const;
  static Result<Digest> from_hex(std::string_view text);
  friend constexpr auto operator<=>(const Digest&, const Digest&) = default;
};

/// Digests bytes as they come; how they are cut up does not change the digest. Single-threaded.
class Digester {
 public:
  Digester();
  Digester(Digester&&) noexcept;
  Digester& operator=(Digester&&) noexcept;
  ~Digester();

  void update(std::span<const std::uint8_t> bytes);
  /// The digest of everything so far; more may follow.
  [[nodiscard]] Digest digest() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// 64-bit checksum of a block in a file (XXH3-64).
std::uint64_t checksum(std::span<const std::uint8_t> bytes);

}  // namespace needledrop
