#include "catalogue/check_characters.h"

#include <fmt/format.h>

namespace needledrop {
namespace {

int digit(char c) {
  return c - '0';
}

int digit_or_letter(char c) {
  return c <= '9' ? c - '0' : c - 'A' + 10;
}

}  // namespace

char weighted_check_digit(std::string_view digits, int start) {
  int sum = start;
  int place = 0;
  for (const char c : digits) sum += ++place * digit(c);
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

std::string ipi_check_digits(std::string_view digits) {
  int sum = 0;
  int weight = 10;
  for (const char c : digits) sum += weight-- * digit(c);
  const int rest = sum % 101;
  return fmt::format("{:02}", rest == 0 ? 0 : (101 - rest) % 100);
}

char mod_11_2(std::string_view digits) {
  int sum = 0;
  for (const char c : digits) sum = (sum + digit(c)) * 2 % 11;
  const int check = (12 - sum) % 11;
  return check == 10 ? 'X' : static_cast<char>('0' + check);
}

char mod_37_36(std::string_view characters) {
  int product = 36;
  for (const char c : characters) {
    const int sum = (product + digit_or_letter(c)) % 36;
    product = (sum == 0 ? 36 : sum) * 2 % 37;
  }
  const int check = (37 - product) % 36;
  return static_cast<char>(check < 10 ? '0' + check : 'A' + check - 10);
}

char gtin_check_digit(std::string_view digits) {
  int sum = 0;
  int weight = 3;
  for (auto c = digits.rbegin(); c != digits.rend(); ++c) {
    sum += weight * digit(*c);
    weight = 4 - weight;
  }
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

}  // namespace needledrop
