// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/evidence.h>

namespace tenken
{

/// A record of a test that a person is writing: what they typed, by the path of the field.
struct RecordDraft {
    QString kind;
    QMap<QString, QString> answers; ///< "outcome.errors" → "0"; an empty answer leaves the field out
};

/// The fields of a kind, in the order in which they are asked.
std::vector<const TestField *> fieldsOf(const QString &kind);

/// What service.yaml declares that may be meant: environments, dependencies, load tests.
QStringList choicesFor(const Evidence &evidence, const TestField &field);

/// How an answer is typed: "normal=200, users-db=503".
QString exampleOf(const TestField &field, Lang lang);

/// What is wrong with an answer, empty when it may stand. By reading it as it would be written; ids of
/// environments, dependencies and load tests also against what service.yaml declares.
Text complaintAbout(const Evidence &evidence, const QString &kind, const TestField &field, const QString &answer);

/// What can be known before asking: image and limits of the manifests, who, the environment and the dependency
/// where only one is declared.
RecordDraft proposedRecord(const Evidence &evidence, const QString &kind, const QString &author);

/// The wanted fields that are not answered.
std::vector<const TestField *> unanswered(const RecordDraft &draft);

/// The file. Answers that nobody could read are left out.
QByteArray recordText(const RecordDraft &draft);

/// Writes readiness/tests/DATE-KIND.yaml (or NAME.yaml) below the service's folder, "-2" and so on where that name
/// is taken: a file that is there is never touched, and one that is not whole is never seen. Gives its relative path.
Result<QString> writeRecord(const QString &folder, const RecordDraft &draft, const QString &name = {});

} // namespace tenken
