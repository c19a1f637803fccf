// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/service.h>

#include <QDateTime>

#include <span>

namespace tenken
{

/// Limits that the pods of a test ran with, of one container. A text such as "500m", or "none".
struct RecordedLimits {
    QString container; ///< empty: the application's
    QString cpu, memory; ///< empty: not said
    Span span;
};

/// What one smoke request of a run was answered with.
struct SmokeAnswer {
    QString id; ///< as in service.yaml
    Declared<int> status;
    Declared<double> milliseconds;
    Declared<bool> passed; ///< body and all
    Declared<QString> error; ///< why it was not answered: one of smokeErrors()
    Declared<QDate> certificateExpires; ///< last day of the peer's TLS certificate
    Span span;
};

/// Why a request was not answered, or its answer not taken: "refused", "timeout" …
struct SmokeError {
    const char *name;
    Text what; ///< "the connection was refused"
};
std::span<const SmokeError> smokeErrors();
Text titleOfSmokeError(const QString &name);

/// readiness/tests/*.yaml: a failure test or smoke run that people (or a tool) did. Format:
/// checklists/records.md.
struct TestRecord {
    QString file;
    QString kind; ///< one of testKinds(); empty when it is missing or not known
    Declared<QString> environment, who, commit, image, during, loadTest, notes;
    Declared<QDateTime> started; ///< with the zone it was written in
    Declared<double> durationSeconds;
    Declared<int> pods;
    std::vector<RecordedLimits> limits;
    Declared<bool> passed; ///< result: pass or fail
    Declared<QStringList> links; ///< `links: []` says that there are none

    Declared<QString> zone, dependency;
    Declared<int> errors; ///< failed requests while it lasted
    Declared<double> recoverySeconds;
    Declared<bool> contained; ///< the outage stayed with what needs the dependency
    Declared<bool> balanced, reconnected; ///< load even across pods again; connections renewed
    QMap<QString, Declared<int>> liveness, readiness; ///< status by state: "normal", or a dependency that is down
    QMap<QString, Declared<int>> podsPerZone;
    Declared<std::vector<SmokeAnswer>> smoke;

    QStringList missing; ///< paths of wanted keys that are not there, or could not be read
    Span span; ///< of `kind`, else of the file's first entry
    Span unread; ///< of a further document in the file, which is not read

    bool isReadable() const { return !kind.isEmpty(); }
};

/// One key of a record: what is asked for it, how it is written, which kinds have it.
struct TestField {
    enum class Type {
        Word, ///< one line
        Lines, ///< text of several lines
        Time,
        Seconds,
        Count,
        YesNo,
        PassFail,
        Statuses, ///< HTTP status by state
        Counts, ///< whole numbers by name
        Limits,
        Links,
        Smoke
    };
    const char *path; ///< "outcome.zone"
    Type type;
    Text what; ///< "失ったゾーン" / "Zone that was lost"
    const char *example; ///< "zone: ap-northeast-1a"
    const char *kinds; ///< "zone-loss zone-return"; empty: every kind
    bool wanted; ///< its absence is told

    bool isOf(const QString &kind) const;
    QString key() const; ///< last part of the path
    QString answerExample() const; ///< the example without its key
};
std::span<const TestField> testFields();

struct TestKind {
    const char *name; ///< "zone-loss"
    Text title; ///< "ゾーンの喪失"
};
std::span<const TestKind> testKinds();
Text titleOfTest(const QString &kind);

inline constexpr const char *testFolder = "readiness/tests";
inline constexpr const char *testFormat = "tenken.test/1";

/// A record, with values that were not understood told apart from keys that are only unknown.
struct TestReading {
    TestRecord record;
    std::vector<Problem> errors;
    std::vector<Problem> warnings;
};

/// Reads one record. What cannot be understood is a problem with its place and an example; the rest is kept.
/// A file that cannot be read at all gives a record that is not readable.
TestReading readTestRecord(const YamlFile &file);

} // namespace tenken
