// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/decision.h>
#include <review/reviewfile.h>

#include <QRandomGenerator>
#include <QTimeZone>

/// Hand-made values that the tests of review and items share.
namespace tenken::samples {

Item item(const QString &id, Level level = Level::Must, bool judged = true);

Checklist checklist(std::vector<Item> items);

/// Items a.item-00 …
Checklist bigChecklist(int count);

Service service();

ItemResult result(const QString &id, Verdict verdict, bool machine = true);

Review review(const Checklist &checklist);

QDateTime at(int minutes);

Waiver waiver(const QDate &expires = QDate(2026, 11, 27));

/// Strings that YAML, editors or careless code like to change.
const QStringList &nastyStrings();

QString pick(QRandomGenerator &random, const QStringList &from);

/// Any string of up to 40 characters, all kinds of them.
QString randomString(QRandomGenerator &random);

QString someString(QRandomGenerator &random);

void fillAtRandom(ItemReview &item, QRandomGenerator &random);

} // namespace tenken::samples
