// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/review.h>

#include <span>

namespace tenken {

/// What may stand under a key of review.yaml. Reader and writer share these tables: what the reader cannot
/// take, the writer keeps as it was.
enum class Shape { Line, Note, TeamWord, ReviewWord, Time, Day, Flag, Number, Links, List, Map };

struct Key {
    const char *name;
    Shape shape;
};

inline constexpr Key topKeys[] = {{"format", Shape::Line},
                                  {"service", Shape::Line},
                                  {"checklist", Shape::Line},
                                  {"version", Shape::Line},
                                  {"items", Shape::Map},
                                  {"monitors", Shape::List},
                                  {"stage", Shape::Line}};
inline constexpr Key monitorKeys[] = {{"id", Shape::Line},
                                      {"belongs", Shape::Flag},
                                      {"by", Shape::Line},
                                      {"at", Shape::Time},
                                      {"note", Shape::Note}};
inline constexpr Key itemKeys[] = {{"title", Shape::Line}, {"team", Shape::Map}, {"reviewer", Shape::Map},
                                   {"waivers", Shape::List}, {"actions", Shape::List}};
inline constexpr Key teamKeys[] = {{"answer", Shape::TeamWord},
                                   {"note", Shape::Note},
                                   {"links", Shape::Links},
                                   {"by", Shape::Line},
                                   {"at", Shape::Time},
                                   {"commit", Shape::Line},
                                   {"asked", Shape::Line},
                                   {"relied", Shape::Links}};
inline constexpr Key reviewerKeys[] = {{"answer", Shape::ReviewWord}, {"note", Shape::Note},
                                       {"links", Shape::Links}, {"by", Shape::Line}, {"at", Shape::Time},
                                       {"commit", Shape::Line}, {"asked", Shape::Line}, {"relied", Shape::Links}};
inline constexpr Key waiverKeys[] = {{"reason", Shape::Note},
                                     {"requester", Shape::Line},
                                     {"approver", Shape::Line},
                                     {"control", Shape::Note},
                                     {"expires", Shape::Day},
                                     {"link", Shape::Line},
                                     {"rule", Shape::Line},
                                     {"object", Shape::Line},
                                     {"container", Shape::Line},
                                     {"finding", Shape::Line},
                                     {"parameter", Shape::Line},
                                     {"value", Shape::Number}};
inline constexpr Key actionKeys[] = {{"text", Shape::Note}, {"owner", Shape::Line}, {"due", Shape::Day},
                                     {"done", Shape::Flag}, {"link", Shape::Line}};

QStringList namesOf(std::span<const Key> keys);

/// What is wrong with a value, and what is allowed there; nothing when it can be read.
std::optional<Problem> complaint(Shape shape, Yaml value, const QString &file);

QDateTime timeFrom(const QString &text);  ///< invalid unless ISO 8601 with a zone
QDate dayFrom(const QString &text);
QString inIso(const QDateTime &time);     ///< "2026-11-20T10:15:00+09:00"; empty when invalid

} // namespace tenken
