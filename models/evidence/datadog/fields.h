// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>

#include <optional>

namespace tenken
{

/// Small readings that Datadog's answers share. What is of another kind reads as nothing.
QString idText(const QJsonValue &v); ///< a number above 2^53 must not lose its digits
QStringList stringsOf(const QJsonValue &list);
QStringList tagsFrom(const QJsonValue &v); ///< lists with nulls in them, and maps, as some tools write them
std::optional<double> numberOf(const QJsonValue &v); ///< "0.5" too; never NaN or infinite
QDateTime timeOf(const QJsonValue &v); ///< epoch seconds or ISO, also as text; else invalid
QString scopeText(const QJsonValue &scope); ///< "*" for everything
QJsonArray dataOf(const QJsonObject &body); ///< a single resource reads as a list of one
QJsonObject attributesOf(const QJsonValue &resource); ///< of JSON:API

} // namespace tenken
