// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/heldload.h"

#include <rules/evaluate.h>

#include <QTest>

// So that QCOMPARE prints verdicts: tenken::toString, found by argument, gives a QString where Qt Test wants
// a char *.
template <>
inline const char *QTest::Internal::genericToString<tenken::Verdict>(const void *verdict)
{
    return qstrdup(qPrintable(tenken::toString(*static_cast<const tenken::Verdict *>(verdict))));
}

namespace tenken::test
{

/// Evidence from inline YAML: manifests, and a service description (empty: bare manifests).
Evidence evidenceFrom(const QByteArray &manifests, const QByteArray &service = {});

/// What one rule says of it, through the engine: parameters as a checklist would set them.
ItemResult judgeItem(const Evidence &evidence, const QString &rule,
                     const QMap<QString, double> &parameters = {},
                     const QMap<QString, QStringList> &lists = {});

std::vector<Finding> judge(const Evidence &evidence, const QString &rule,
                           const QMap<QString, double> &parameters = {},
                           const QMap<QString, QStringList> &lists = {});

/// The findings as "verdict object container: reason", one a line: what a failing test prints.
QByteArray printed(const std::vector<Finding> &findings);

QString verdictOf(const Evidence &evidence, const QString &rule,
                  const QMap<QString, double> &parameters = {},
                  const QMap<QString, QStringList> &lists = {});

/// The verdicts of all findings in order, as "pass fail unknown".
QString verdictsOf(const std::vector<Finding> &findings);

/// The first finding with this verdict; fails the test by printing all when there is none.
Finding firstWith(Verdict verdict, const std::vector<Finding> &findings);

/// Adds a run as the service would declare it.
void addLoadTest(Evidence &evidence, std::shared_ptr<const LoadTestRun> run, std::optional<int> pods,
                 const QString &purpose = {}, const QString &id = QStringLiteral("step"));

/// Adds a record of readiness/tests, its first line (the format) left out.
void addRecord(Evidence &evidence, const QByteArray &yaml, const QString &file = QStringLiteral("readiness/tests/a.yaml"));

/// A record with every field that all kinds want, of 15 days ago.
QByteArray recordOf(const QByteArray &kind, const QByteArray &outcome, const QByteArray &more = {});

} // namespace tenken::test
