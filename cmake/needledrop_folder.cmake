# needledrop_folder(NAME DEPENDS lib...): one static library from the folder's sources, and one test
# binary NAME_test from its *_test.cpp files. The target unit_tests builds all of those.
add_custom_target(unit_tests)
function(needledrop_folder name)
  cmake_parse_arguments(arg "" "" "DEPENDS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "(_test|/main)\\.cpp$")
  add_library(needledrop_${name} STATIC ${sources})
  target_link_libraries(needledrop_${name} PUBLIC needledrop_options ${arg_DEPENDS})
  if(tests)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE needledrop_${name} GTest::gmock GTest::gtest_main)
    add_dependencies(unit_tests ${name}_test)
    gtest_discover_tests(${name}_test TEST_PREFIX ${name}. DISCOVERY_TIMEOUT 60
      PROPERTIES LABELS unit TIMEOUT 300
      ENVIRONMENT "LSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/test/leak_suppressions.txt")
  endif()
endfunction()
