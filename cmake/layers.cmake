# SPDX-FileCopyrightText: 2026 The Tenken authors
# SPDX-License-Identifier: GPL-3.0-or-later

# One layer = one folder = one static library named tenken_<folder>. A layer links the ones before it and what it
# is given here; nothing else, so an arrow that runs back does not link.
function(tenken_layer name)
    cmake_parse_arguments(ARG "" "HEADERS_OF" "PUBLIC;PRIVATE;HEADERS" ${ARGN})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS
        ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.h)
    # moc looks again only when a file changes that it knew before: so it knows one that changes with the list.
    string(REPLACE ";" "\n// " list "${sources}")
    file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${name}.sources.h CONTENT "#pragma once\n// ${list}\n")
    add_library(tenken_${name} STATIC ${sources} ${CMAKE_CURRENT_BINARY_DIR}/${name}.sources.h)
    set_target_properties(tenken_${name} PROPERTIES LINKER_LANGUAGE CXX)
    target_include_directories(tenken_${name} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
    target_link_libraries(tenken_${name} PUBLIC ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
    # Parsing Qt's headers is most of what compiling costs; those that nearly every file needs are parsed once, for
    # several layers where they need the same.
    if(ARG_HEADERS_OF)
        target_precompile_headers(tenken_${name} REUSE_FROM ${ARG_HEADERS_OF})
    elseif(ARG_HEADERS)
        target_precompile_headers(tenken_${name} PRIVATE ${ARG_HEADERS})
    endif()
endfunction()
